/**
 * The course of a lead's clocks before any clause is asked: when they start, from when evidence counts, when they
 * stand still, and which acts stand.
 */

import type { Span } from '../calendar/spans.ts';
import { inOrder, type LeadFacts, type RejectionCase } from './lead-facts.ts';

export const acts = ['accepted', 'rejected', 'recycled', 'disqualified', 'sql', 'deal', 'won', 'lost'] as const;
export type ActKind = (typeof acts)[number];
export interface Act {
  readonly kind: ActKind;
  readonly at: number;
  /** Of the rejection, where there is one. */
  readonly id: string | null;
}

export interface Course {
  readonly startAt: number;
  /** Touches count from here: what was tried before the lead was passed, or before it came back mended, was tried on another footing. */
  readonly touchesFrom: number;
  /** Acts count from here. A source may date an acceptance before the MQL it accepts; it still stands. */
  readonly actsFrom: number;
  /** What the lead's stage says now, in order of time. A rejection that was mended or overturned is not among them. */
  readonly standing: readonly Act[];
  /** Every rejection since, also those that did not stand: to reject is to decide. */
  readonly rejected: readonly Act[];
  readonly pauses: readonly Span[];
  /** From here on nothing runs: rejected, and nobody has said otherwise. Null: it runs. */
  readonly stoppedFrom: number | null;
}

/**
 * Where the clocks of a lead start:
 *
 * - A lead that is no MQL has none.
 * - They start when the lead is first routed to a rep, but not before it was passed (`mqlAt`).
 * - A lead that lay unrouted until somebody claimed it, or a head gave it away, started when it was passed: the
 *   company owed it an answer, whoever gives it. The same where no routing is known at all, as in imported history.
 * - Giving it to another rep (`reassigned`, `claimed`) starts nothing anew: the lead still waits.
 * - `corrected`: it had been routed wrongly. The time before does not count; what was tried in it does.
 * - `returned` (marketing mended it) and `restarted` start anew, and only what happens from then on counts.
 *
 * While a rejection waits for marketing's answer, or is contested and not judged, nothing runs.
 * @returns null when there is no clock
 */
export function courseOf(facts: Pick<LeadFacts, 'stages' | 'routings' | 'rejections'>): Course | null {
  const { mqlAt } = facts.stages;
  if (mqlAt === null) return null;
  let [startAt, touchesFrom, actsFrom, hadRep] = [mqlAt, mqlAt, -Infinity, false];
  for (const { kind, at, memberId } of inOrder(facts.routings)) {
    const anew = (kind === 'returned' || kind === 'restarted') && at > mqlAt;
    if (anew) [touchesFrom, actsFrom] = [at, at];
    if (anew || kind === 'corrected' || (kind === 'routed' && memberId !== null && !hadRep)) startAt = Math.max(startAt, at);
    hadRep ||= memberId !== null;
  }
  const rejections = inOrder(facts.rejections).filter(({ at }) => at >= actsFrom);
  const rejection = standingRejection(facts, rejections);
  return {
    startAt,
    touchesFrom,
    actsFrom,
    standing: standingActs(facts, rejection).filter(({ at }) => at >= actsFrom),
    rejected: rejections.map(({ id, at }) => ({ kind: 'rejected', at, id })),
    pauses: rejections.flatMap(pauseOf),
    stoppedFrom: rejection === null || rejection.at < actsFrom ? null : rejection.at,
  };
}

/** The lead's own rejection, unless it is one that was taken back. */
function standingRejection({ stages }: Pick<LeadFacts, 'stages'>, rejections: readonly RejectionCase[]): Act | null {
  if (stages.rejectedAt === null) return null;
  const rejection = rejections.find(({ at }) => at === stages.rejectedAt);
  if (rejection && takenBackAt(rejection) !== null) return null;
  return { kind: 'rejected', at: stages.rejectedAt, id: rejection?.id ?? null };
}

function standingActs({ stages }: Pick<LeadFacts, 'stages'>, rejection: Act | null): Act[] {
  const standing: Act[] = rejection ? [rejection] : [];
  const add = (kind: ActKind, at: number | null) => at !== null && standing.push({ kind, at, id: null });
  add('accepted', stages.salAt);
  add('recycled', stages.recycledAt);
  add('disqualified', stages.disqualifiedAt);
  add('sql', stages.sqlAt);
  add('deal', stages.dealAt);
  add('won', stages.wonAt);
  add('lost', stages.lostAt);
  return standing.sort((one, other) => one.at - other.at);
}

const takenBackAt = ({ answer, answeredAt, ruling, ruledAt }: RejectionCase): number | null =>
  ruling === 'overturned' ? ruledAt : answer === 'mended' ? answeredAt : null;

/** The time a rejection took that did not stand in the end; one that stands ends the lead and is no pause. */
function pauseOf(rejection: RejectionCase): Span[] {
  const until = takenBackAt(rejection);
  return until === null ? [] : [{ from: rejection.at, until }];
}
