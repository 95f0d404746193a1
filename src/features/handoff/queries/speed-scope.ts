/** What a question about speed is about, with nothing left open, and the hand-offs it reads. */

import { sql } from 'kysely';
import { daysToConvert } from '#engine/handoff/curve.ts';
import type { WorkingTime } from '#engine/calendar/working-time.ts';
import { loadCalendars, workingTimes } from '#features/agreement/queries/calendars.ts';
import { inForceAt, signedAgreements, startOfDay } from '#features/agreement/queries/in-force.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { isoOf, periodAsked, timeZoneOf } from './attainment-scope.ts';
import type { Sql } from './attainment-sources.ts';

export interface SpeedScope {
  readonly workspaceId: WorkspaceId;
  readonly timeZone: string;
  readonly start: string;
  readonly end: string;
  /** First moment of the period, and the first one after. Milliseconds. */
  readonly from: number;
  readonly until: number;
  readonly now: number;
  /** T, in working minutes. */
  readonly withinMinutes: number;
  /** The clause whose time T is; null: T was asked for, or no clause names one. */
  readonly withinFrom: string | null;
  /** Whoever's clock started by then, and was not tried, has run out of T. Milliseconds. */
  readonly timeIsUp: number;
}

const otherwiseMinutes = 60;

export async function speedScope(
  tx: Tx,
  workspaceId: WorkspaceId,
  asked: { start?: string | undefined; end?: string | undefined; within?: number | undefined },
): Promise<SpeedScope> {
  const now = Date.now();
  const timeZone = await timeZoneOf(tx, workspaceId);
  const { start, end } = periodAsked(asked, now, timeZone);
  const clause = inForceAt(await signedAgreements(tx, workspaceId), now)?.content.clauses.find(
    ({ metric }) => metric.kind === 'firstAttempt',
  );
  const agreed = clause?.metric.kind === 'firstAttempt' ? clause.metric.withinMinutes : undefined;
  const withinMinutes = asked.within ?? agreed ?? otherwiseMinutes;
  return {
    workspaceId,
    timeZone,
    start: start.toString(),
    end: end.toString(),
    from: startOfDay(start.toString(), timeZone),
    until: startOfDay(end.add({ days: 1 }).toString(), timeZone),
    now,
    withinMinutes,
    withinFrom: clause && withinMinutes === agreed ? clause.title : null,
    timeIsUp: latestStart(workingTimes(await loadCalendars(tx, workspaceId, [])).default, now, withinMinutes * 60_000),
  };
}

const longest = 3 * 366 * 86_400_000;

/** The latest moment from which so much working time has passed by now; the later the moment, the less has passed. */
export function latestStart(time: WorkingTime, now: number, workingMs: number): number {
  let [early, late] = [now - longest, now];
  if (time.elapsed(early, now) < workingMs) return early;
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (time.elapsed(middle, now) >= workingMs) early = middle;
    else late = middle;
  }
  return early;
}

/** Leads whose clock started before this are old enough to have converted. */
export const curveUntil = ({ now }: SpeedScope): number => now - daysToConvert * 86_400_000;

export const fromHandoffs = ({ workspaceId }: SpeedScope): Sql =>
  sql`handoffs h JOIN leads l ON l.workspace_id = ${workspaceId}::uuid AND l.id = h.lead_id`;

export const speedConditions = ({ workspaceId, from, until }: SpeedScope): Sql[] => [
  sql`h.workspace_id = ${workspaceId}::uuid`,
  sql`h.started_at >= ${isoOf(from)}::timestamptz`,
  sql`h.started_at < ${isoOf(until)}::timestamptz`,
  sql`l.archived_at IS NULL`,
];
