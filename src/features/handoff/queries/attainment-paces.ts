/** Marketing's paces: so many leads, or so much value, by each working day of a period. */

import { sql } from 'kysely';
import type { PaceMetric } from '#engine/agreement/clause.ts';
import {
  decimalOf,
  type PaceCourse,
  paceCourse,
  type PaceDay,
  type PacePart,
  paceParts,
  periodLabel,
  periodOf,
} from '#engine/agreement/pace.ts';
import { compileCalendar } from '#engine/calendar/working-time.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import type { ClauseAttainment } from '#features/agreement/contract.ts';
import { startOfDay } from '#features/agreement/queries/in-force.ts';
import type { Tx } from '#platform/db/database.ts';
import { excuseOfDay, type MarketingExcuse } from './attainment-excuses.ts';
import { numberOfDay } from './attainment-groups.ts';
import { inScope } from './attainment-leads.ts';
import { type AttainmentScope, dayAt, isoOf, isPace, type OwedClause } from './attainment-scope.ts';
import type { Sources } from './attainment-sources.ts';

/** A part of a period under one version. */
export interface PaceRun {
  readonly owed: OwedClause;
  readonly metric: PaceMetric;
  readonly part: PacePart;
  readonly course: PaceCourse;
  /** Of the part, up to the moment asked about. */
  readonly actual: bigint;
}

/** The last day that is over at the moment asked about. */
export const lastFullDay = ({ asOf, timeZone }: AttainmentScope): number => numberOfDay(dayAt(asOf, timeZone).toString()) - 1;

/**
 * Every period that the days touch, whole, under each version that counted in it. A version that took effect
 * within a day counts from the next.
 */
export async function paceRuns(
  tx: Tx,
  scope: AttainmentScope,
  sources: Sources,
  owed: readonly OwedClause[],
  days: { start: string; end: string },
): Promise<PaceRun[]> {
  const runs: PaceRun[] = [];
  for (const each of owed) {
    const { metric } = each.clause;
    if (!isPace(metric)) continue;
    const parts = partsUnder(metric, each, scope, days);
    if (parts.length === 0) continue;
    const came = await whatCame(tx, scope, sources, each, metric, { from: parts[0]!.from, until: parts.at(-1)!.until });
    const isWorkingDay = workingDays(each);
    for (const part of parts) {
      const course = paceCourse(part, promised(metric), isWorkingDay, came);
      runs.push({ owed: each, metric, part, course, actual: sumBetween(came, part) });
    }
  }
  return runs;
}

export const promised = (metric: PaceMetric) => ({
  amount: metric.kind === 'volume' ? BigInt(metric.leads) : BigInt(metric.amount),
  tolerancePercent: metric.tolerancePercent,
});

function partsUnder(
  metric: PaceMetric,
  { reign }: OwedClause,
  { timeZone }: AttainmentScope,
  days: { start: string; end: string },
): PacePart[] {
  const from = Math.max(periodOf(metric.period, numberOfDay(days.start)).from, firstWholeDay(reign.from, timeZone));
  const until = Math.min(periodOf(metric.period, numberOfDay(days.end)).until, firstWholeDay(reign.until, timeZone) - 1);
  return paceParts(metric.period, { from, until });
}

/** The first day that begins at this moment or later. */
function firstWholeDay(milliseconds: number, timeZone: string): number {
  if (Math.abs(milliseconds) >= 8.64e15) return milliseconds < 0 ? -1e8 : 1e8;
  const day = dayAt(milliseconds, timeZone).toString();
  return startOfDay(day, timeZone) === milliseconds ? numberOfDay(day) : numberOfDay(day) + 1;
}

/** Working days of the workspace's calendar as it was signed. */
function workingDays({ reign }: OwedClause): (day: number) => boolean {
  const calendar = reign.version.calendars['default'];
  if (!calendar) return () => false;
  const time = compileCalendar(calendar);
  const kept = new Map<number, boolean>();
  return (day) => {
    let isWorkingDay = kept.get(day);
    if (isWorkingDay === undefined) kept.set(day, (isWorkingDay = time.isWorkingDay(dayText(day))));
    return isWorkingDay;
  };
}

/** Leads, or their value as agreed at signing, by the day they were passed. */
async function whatCame(
  tx: Tx,
  scope: AttainmentScope,
  sources: Sources,
  { clause }: OwedClause,
  metric: PaceMetric,
  days: { from: number; until: number },
): Promise<Map<number, bigint>> {
  const from = startOfDay(dayText(days.from), scope.timeZone);
  const until = startOfDay(dayText(days.until + 1), scope.timeZone);
  const conditions = [
    sql`l.workspace_id = ${scope.workspaceId}::uuid`,
    sql`l.archived_at IS NULL`,
    sql`l.mql_at >= ${isoOf(from)}::timestamptz`,
    sql`l.mql_at < ${isoOf(until)}::timestamptz`,
    sql`l.mql_at <= ${isoOf(scope.asOf)}::timestamptz`,
    ...inScope(scope, clause.scope),
  ];
  const { rows } = await sql<{ day: string; segment: string | null; leads: bigint }>`
    SELECT (l.mql_at AT TIME ZONE ${scope.timeZone})::date AS day, l.segment, count(*) AS leads
    FROM ${sources.leads} l WHERE ${sql.join(conditions, sql` AND `)} GROUP BY 1, 2`.execute(tx);
  const worth = worthOf(metric);
  const came = new Map<number, bigint>();
  for (const { day, segment, leads } of rows) {
    const number = numberOfDay(day);
    came.set(number, (came.get(number) ?? 0n) + leads * worth(segment));
  }
  return came;
}

/** What one lead counts: 1, or its value in minor units. */
export function worthOf(metric: PaceMetric): (segment: string | null) => bigint {
  if (metric.kind === 'volume') return () => 1n;
  const bySegment = new Map(metric.valueOfLead.map(({ segment, amount }) => [segment, BigInt(amount)]));
  return (segment) => (segment === null ? undefined : bySegment.get(segment)) ?? bySegment.get(null) ?? 0n;
}

function sumBetween(came: ReadonlyMap<number, bigint>, { from, until }: PacePart): bigint {
  let sum = 0n;
  for (const [day, amount] of came) if (day >= from && day <= until) sum += amount;
  return sum;
}

/** A working day of a pace as something that falls due at its end. */
export interface JudgedDay {
  readonly run: PaceRun;
  readonly at: PaceDay;
  readonly outcome: 'compliant' | 'missed' | 'excused' | 'open';
  readonly excuse: MarketingExcuse | null;
}

/** The working days from `start` to `end`, each once. */
export function judgedDays(scope: AttainmentScope, runs: readonly PaceRun[], { start, end }: { start: string; end: string }): JudgedDay[] {
  const [first, last, over] = [numberOfDay(start), numberOfDay(end), lastFullDay(scope)];
  return runs.flatMap((run) =>
    run.course.days.filter(({ day }) => day >= first && day <= last).map((at) => judgedDay(scope, run, at, at.day <= over)),
  );
}

function judgedDay({ excuses, timeZone }: AttainmentScope, run: PaceRun, at: PaceDay, isOver: boolean): JudgedDay {
  if (!isOver) return { run, at, outcome: 'open', excuse: null };
  if (at.withinTolerance) return { run, at, outcome: 'compliant', excuse: null };
  const moments = { from: startOfDay(dayText(at.day), timeZone), until: startOfDay(dayText(at.day + 1), timeZone) };
  const excuse = excuseOfDay(excuses, run.owed.clause, moments);
  return { run, at, outcome: excuse ? 'excused' : 'missed', excuse };
}

/** As the answer shows it: whole periods, their working days up to the moment asked about. */
export function shownPace(runs: readonly PaceRun[], lastDay: number): ClauseAttainment['pace'] {
  const metric = runs.at(-1)?.metric;
  if (!metric) return null;
  const decimals = metric.kind === 'volume' ? 1 : 0;
  return {
    unit: metric.kind === 'volume' ? 'leads' : 'amount',
    currency: metric.kind === 'volume' ? null : metric.currency,
    periods: runs.map(({ part, course, actual }) => ({
      label: periodLabel(metric.period, part.period),
      start: dayText(part.from),
      end: dayText(part.until),
      target: decimalOf(course.target, decimals),
      actual: String(actual),
      days: course.days
        .filter(({ day }) => day <= lastDay)
        .map(({ day, ideal, actual: byThen, withinTolerance }) => ({
          day: dayText(day),
          ideal: decimalOf(ideal, decimals),
          actual: String(byThen),
          withinTolerance,
        })),
    })),
  };
}
