/** What an attainment question is about, with nothing left open: days, moments, which version counts when, whom it is narrowed to. */

import { sql } from 'kysely';
import type { Clause, Metric } from '#engine/agreement/clause.ts';
import { clockMetrics, leadMetrics, paceMetrics } from '#engine/agreement/clause.ts';
import type { AttainmentAsk } from '#features/agreement/contract.ts';
import { inForceAt, signedAgreements, startOfDay, type SignedAgreement } from '#features/agreement/queries/in-force.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { grantedToMarketing, type MarketingExcuse } from './attainment-excuses.ts';

/** From when until when (excluded) a version counts. Milliseconds. */
export interface Reign {
  readonly version: SignedAgreement;
  readonly from: number;
  readonly until: number;
}

export interface AttainmentScope {
  readonly workspaceId: WorkspaceId;
  readonly timeZone: string;
  /** First and last day of the period. */
  readonly start: string;
  readonly end: string;
  /** Their first moment, and the first one after. Milliseconds. */
  readonly from: number;
  readonly until: number;
  readonly asOf: number;
  /** `asOf` was asked for and is past: what was recorded later does not count. */
  readonly isPast: boolean;
  readonly as: AttainmentAsk['as'];
  /** Signed by then, in the order in which they take effect. */
  readonly versions: readonly SignedAgreement[];
  readonly reigns: readonly Reign[];
  /** Granted to marketing by then; those of sales stand with its clocks. */
  readonly excuses: readonly MarketingExcuse[];
  readonly filters: Pick<AttainmentAsk, 'clause' | 'side' | 'teamId' | 'memberId' | 'segment'>;
}

/** A clause as one version has it, for as long as that version counts. */
export interface OwedClause {
  readonly clause: Clause;
  readonly reign: Reign;
}

const oneOf =
  <K extends Metric['kind']>(kinds: readonly K[]) =>
  (metric: Metric): metric is Metric & { kind: K } =>
    (kinds as readonly string[]).includes(metric.kind);
export const isClock = oneOf(clockMetrics);
export const isPace = oneOf(paceMetrics);
export const isLeadMetric = oneOf(leadMetrics);

/**
 * @throws Problem bad-input for a period that ends before it starts
 */
export async function attainmentScope(tx: Tx, workspaceId: WorkspaceId, asked: Omit<AttainmentAsk, 'by'>): Promise<AttainmentScope> {
  const now = Date.now();
  const asOf = asked.asOf === undefined ? now : Math.min(Date.parse(asked.asOf), now);
  const timeZone = await timeZoneOf(tx, workspaceId);
  const { start, end } = periodAsked(asked, asOf, timeZone);
  const versions = (await signedAgreements(tx, workspaceId)).filter(({ signedAt }) => signedAt <= asOf);
  return {
    workspaceId,
    timeZone,
    start: start.toString(),
    end: end.toString(),
    from: startOfDay(start.toString(), timeZone),
    until: startOfDay(end.add({ days: 1 }).toString(), timeZone),
    asOf,
    isPast: asked.asOf !== undefined && asOf < now,
    as: asked.as,
    versions,
    reigns: asked.as === 'now' ? presentReign(versions, asOf) : reignsOf(versions),
    excuses: await grantedToMarketing(tx, workspaceId, asOf),
    filters: asked,
  };
}

export async function timeZoneOf(tx: Tx, workspaceId: WorkspaceId): Promise<string> {
  const { rows } = await sql<{ time_zone: string }>`SELECT time_zone FROM workspaces WHERE id = ${workspaceId}::uuid`.execute(tx);
  return rows[0]!.time_zone;
}

export const isoOf = (milliseconds: number): string => new Date(milliseconds).toISOString();
/** The day of a moment in a zone. */
export const dayAt = (milliseconds: number, timeZone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(milliseconds).toZonedDateTimeISO(timeZone).toPlainDate();

/** Unsaid: this month and the two before, up to today. */
export function periodAsked(
  { start, end }: { start?: string | undefined; end?: string | undefined },
  asOf: number,
  timeZone: string,
): { start: Temporal.PlainDate; end: Temporal.PlainDate } {
  const last = end === undefined ? dayAt(asOf, timeZone) : Temporal.PlainDate.from(end);
  const first = start === undefined ? last.with({ day: 1 }).subtract({ months: 2 }) : Temporal.PlainDate.from(start);
  if (Temporal.PlainDate.compare(first, last) <= 0) return { start: first, end: last };
  throw new Problem('bad-input', `The period ends on ${last.toString()}, before it starts on ${first.toString()}.`, {
    fields: [{ at: 'end', reason: 'is before the start' }],
  });
}

const forever = 8.64e15;

/** Each version counts from its day until that of the next; of two with the same day the one signed later counts. */
function reignsOf(versions: readonly SignedAgreement[]): Reign[] {
  const days = [...new Set(versions.map(({ effectiveAt }) => effectiveAt))].sort((one, other) => one - other);
  return days.map((from, at) => ({ version: inForceAt(versions, from)!, from, until: days[at + 1] ?? forever }));
}

function presentReign(versions: readonly SignedAgreement[], asOf: number): Reign[] {
  const version = inForceAt(versions, asOf);
  return version ? [{ version, from: -forever, until: forever }] : [];
}

/** The clauses owed at any moment from `from` until `until`, oldest version first. */
export function clausesOwed({ reigns, filters }: AttainmentScope, from: number, until: number): OwedClause[] {
  return reigns
    .filter((reign) => reign.from < until && reign.until > from)
    .flatMap((reign) => reign.version.content.clauses.map((clause) => ({ clause, reign })))
    .filter(
      ({ clause }) => (filters.clause === undefined || clause.key === filters.clause) && (!filters.side || clause.side === filters.side),
    );
}

/** By key, as the youngest version that has it words it; in the order of the youngest version. */
export function clausesByKey(owed: readonly OwedClause[]): Map<string, OwedClause> {
  const youngestFirst = owed.toSorted((one, other) => other.reign.from - one.reign.from);
  const byKey = new Map<string, OwedClause>();
  for (const each of youngestFirst) if (!byKey.has(each.clause.key)) byKey.set(each.clause.key, each);
  return byKey;
}

/** To a person, a team, a segment: a pace is owed by a whole side and is left out then. */
export const isNarrowed = ({ filters: { memberId, teamId, segment } }: AttainmentScope): boolean =>
  memberId !== undefined || teamId !== undefined || segment !== undefined;
