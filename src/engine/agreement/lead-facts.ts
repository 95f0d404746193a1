/**
 * What is known of one lead, as far as its clocks and its place between the sides rest on it. All times are
 * epoch milliseconds. Order does not matter, and the same fact may stand there twice.
 */

import type { ExcuseKind } from './clause.ts';

export interface StageTimes {
  readonly mqlAt: number | null;
  readonly salAt: number | null;
  readonly sqlAt: number | null;
  readonly dealAt: number | null;
  readonly wonAt: number | null;
  readonly lostAt: number | null;
  readonly rejectedAt: number | null;
  readonly recycledAt: number | null;
  readonly disqualifiedAt: number | null;
}

export const routingKinds = ['routed', 'claimed', 'reassigned', 'corrected', 'returned', 'restarted'] as const;
export interface Routing {
  readonly id: string;
  readonly kind: (typeof routingKinds)[number];
  readonly at: number;
  readonly recordedAt: number;
  /** Null: it went to nobody. */
  readonly memberId: string | null;
}

/** From this moment until the next the lead was with this member; null: with nobody. */
export interface Holder {
  readonly from: number;
  readonly memberId: string | null;
}

/** A touch that isn't void. */
export interface EvidenceTouch {
  readonly id: string;
  readonly at: number;
  readonly recordedAt: number;
  readonly memberId: string | null;
  /**
   * `attempt`: of sales, met by the definition of an attempt and sent by no machine. `answer`: sent by the lead
   * itself, by no machine. `other`: of sales, but no attempt; it can have reached the lead all the same.
   */
  readonly as: 'attempt' | 'answer' | 'other';
  readonly outcome: string | null;
}

/** A rejection by clause and what became of it. */
export interface RejectionCase {
  readonly id: string;
  readonly at: number;
  readonly answer: 'agreed' | 'mended' | 'contested' | null;
  readonly answeredAt: number | null;
  readonly ruling: 'upheld' | 'overturned' | null;
  readonly ruledAt: number | null;
}

/** An excuse that was granted: for one lead, or for a stretch of time (`from` included, `until` not). */
export interface GrantedExcuse {
  readonly id: string;
  readonly kind: Exclude<ExcuseKind, 'overVolume'>;
  readonly decidedAt: number;
  /** Null: every clause. */
  readonly clauseKey: string | null;
  readonly leadId: string | null;
  /** Null: everybody. */
  readonly memberId: string | null;
  readonly from: number | null;
  readonly until: number | null;
}

export interface LeadFacts {
  readonly leadId: string;
  readonly segment: string | null;
  readonly channel: string | null;
  readonly origin: string | null;
  readonly stages: StageTimes;
  readonly routings: readonly Routing[];
  /** In order; the first holds before its beginning too. */
  readonly holders: readonly Holder[];
  readonly touches: readonly EvidenceTouch[];
  readonly rejections: readonly RejectionCase[];
  /** Of this lead, and of stretches of time. */
  readonly excuses: readonly GrantedExcuse[];
  /** Passed beyond the volume that marketing agreed to pass in the period, tolerance included. */
  readonly beyondVolume: boolean;
}

/** Once each, in the order in which they happened; of two at the same moment the one with the smaller id first. */
export function inOrder<Fact extends { readonly id: string; readonly at: number }>(facts: readonly Fact[]): readonly Fact[] {
  if (facts.every((fact, index) => index === 0 || isBefore(facts[index - 1]!, fact))) return facts;
  const once = new Map(facts.map((fact) => [fact.id, fact]));
  return [...once.values()].sort((one, other) => (isBefore(one, other) ? -1 : 1));
}

const isBefore = (one: { readonly id: string; readonly at: number }, other: typeof one): boolean =>
  one.at < other.at || (one.at === other.at && one.id < other.id);

/**
 * Who had the lead when. A lead that was never routed here is its present rep's for all its time: a source tells
 * of one owner only. An owner it had before its first routing had it from the beginning.
 * @param owners changes of the owner by other ways than routing (a field edited by hand), as far as they are known
 */
export function holdersOf(
  routings: readonly Routing[],
  owners: readonly { readonly at: number; readonly memberId: string | null }[],
  presentOwner: string | null,
): Holder[] {
  const routed = inOrder(routings);
  if (routed.length === 0) return [{ from: -Infinity, memberId: presentOwner }];
  const changes = [...routed, ...owners].map(({ at, memberId }) => ({ from: at, memberId })).sort((one, other) => one.from - other.from);
  const first = changes[0]!;
  const ownedBefore = owners.length > 0 && first.from < routed[0]!.at;
  return ownedBefore
    ? [{ from: -Infinity, memberId: first.memberId }, ...changes.slice(1)]
    : [{ from: -Infinity, memberId: null }, ...changes];
}

/** Who had the lead at a moment. */
export function holderAt(holders: readonly Holder[], at: number): string | null {
  return (holders.findLast((holder) => holder.from <= at) ?? holders[0])?.memberId ?? null;
}

/**
 * The facts as they were known at a moment: what had happened by then and was recorded by then. The stage times
 * must be those that were stated then; later ones are left out here.
 */
export function asKnownAt(facts: LeadFacts, at: number): LeadFacts {
  const known = (fact: { at: number; recordedAt: number }) => fact.at <= at && fact.recordedAt <= at;
  const until = (time: number | null) => (time !== null && time <= at ? time : null);
  return {
    ...facts,
    stages: Object.fromEntries(Object.entries(facts.stages).map(([stage, time]) => [stage, until(time)])) as unknown as StageTimes,
    routings: facts.routings.filter(known),
    holders: facts.holders.filter(({ from }, index) => index === 0 || from <= at),
    touches: facts.touches.filter(known),
    rejections: facts.rejections.filter((rejection) => rejection.at <= at).map((rejection) => rejectionAsKnown(rejection, until)),
    excuses: facts.excuses.filter(({ decidedAt }) => decidedAt <= at),
  };
}

function rejectionAsKnown(rejection: RejectionCase, until: (time: number | null) => number | null): RejectionCase {
  const [answeredAt, ruledAt] = [until(rejection.answeredAt), until(rejection.ruledAt)];
  return {
    ...rejection,
    answer: answeredAt === null ? null : rejection.answer,
    answeredAt,
    ruling: ruledAt === null ? null : rejection.ruling,
    ruledAt,
  };
}
