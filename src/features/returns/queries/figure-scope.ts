/** A question of figures with nothing left open: days as numbers, the last day on record, whose pay is in. */

import { sql } from 'kysely';
import { periodOf, firstDayOf, type Step } from '#engine/returns/cohorts.ts';
import { dayReader } from '#engine/time/zone-days.ts';
import { monthText } from '#engine/time/months.ts';
import { dayNumber, dayText } from '#engine/values/calendarDay.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { FigureSettings } from '../contract/figures.ts';
import type { PayVisible } from '../contract/pay.ts';
import { dealsOf, type FreshDeals } from './deal-columns.ts';
import { readSurroundings, type Surroundings } from './figure-groups.ts';
import { readFigureSettings } from './figure-settings.ts';
import { bringCoursesTo, type FreshRevenue, lastRevenueDay, revenueOf } from './revenue-columns.ts';

/** Both ends included, days since 1970-01-01. */
export interface Days {
  readonly start: number;
  readonly end: number;
}

/** Everything figures are counted over, as of one request. */
export interface Ground {
  readonly database: Database;
  readonly workspaceId: WorkspaceId;
  readonly timeZone: string;
  readonly currency: string;
  readonly today: number;
  /** The last day on record, today at most. */
  readonly asOf: number;
  readonly fresh: FreshDeals;
  readonly revenue: FreshRevenue;
  readonly settings: FigureSettings;
  readonly surroundings: Surroundings;
  /** What of pay is in costs: of both sides, or of none. */
  readonly pay: PayVisible;
  readonly costBasis: 'whole' | 'programme';
}

/**
 * What stands beside the columns is read first, then the columns.
 * @param pay what the asker may see; figures hold the pay of both sides or, where one is hidden, of none
 */
export async function readGround(database: Database, workspaceId: WorkspaceId, pay: PayVisible): Promise<Ground> {
  const beside = await database.inWorkspace(workspaceId, async (tx) => ({
    settings: await readFigureSettings(tx, workspaceId),
    surroundings: await readSurroundings(tx, workspaceId),
    lastOpened: await lastOpened(tx, workspaceId),
  }));
  const [fresh, revenue] = [await dealsOf(database).fresh(workspaceId), await revenueOf(database).fresh(workspaceId)];
  const dayOf = dayReader(fresh.timeZone);
  const today = dayOf(Date.now() * 1000);
  const leads = beside.lastOpened === null ? -Infinity : dayOf(Date.parse(beside.lastOpened) * 1000);
  const asOf = lastOnRecord(fresh, revenue, leads, today);
  bringCoursesTo(revenue, asOf);
  const whole = pay.marketing && pay.sales;
  return {
    ...{
      database,
      workspaceId,
      timeZone: fresh.timeZone,
      currency: fresh.currency,
      today,
      asOf,
      fresh,
      revenue,
      settings: beside.settings,
      surroundings: beside.surroundings,
    },
    pay: { marketing: whole, sales: whole },
    costBasis: whole ? 'whole' : 'programme',
  };
}

/** Of a lead or a deal. */
async function lastOpened(tx: Tx, workspaceId: WorkspaceId): Promise<string | null> {
  const newest = (table: 'leads' | 'deals') => sql`(SELECT opened_at FROM ${sql.table(table)}
    WHERE workspace_id = ${workspaceId}::uuid AND opened_at <= now() ORDER BY opened_at DESC LIMIT 1)`;
  const { rows } = await sql<{ at: string | null }>`SELECT greatest(${newest('leads')}, ${newest('deals')}) AS at`.execute(tx);
  return rows[0]!.at;
}

function lastOnRecord({ deals }: FreshDeals, { revenue }: FreshRevenue, leads: number, today: number): number {
  let last = leads;
  const { closed } = deals.numbers;
  for (let row = 0; row < deals.count; row++) if (closed[row]! <= today && closed[row]! > last) last = closed[row]!;
  const billed = revenue.count === 0 ? -Infinity : lastRevenueDay(revenue, today);
  last = Math.max(last, billed);
  return last === -Infinity ? today : Math.min(last, today);
}

export function numberOfDay(text: string): number {
  const [year, month, day] = text.split('-').map(Number);
  return dayNumber(year!, month!, day!);
}

/** The asked days; left out: so many months up to the last one that is complete on record, or from a later start up to now. */
export function daysAsked(asked: { start?: string | undefined; end?: string | undefined }, asOf: number, months = 12): Days {
  const complete = firstDayOf(periodOf(asOf + 1, 'month'), 'month') - 1;
  const start = asked.start === undefined ? null : numberOfDay(asked.start);
  const end = asked.end === undefined ? (start === null || start <= complete ? complete : Math.max(start, asOf)) : numberOfDay(asked.end);
  return { start: start ?? Math.min(end, firstDayOf(periodOf(end, 'month') - (months - 1), 'month')), end };
}

export const textOfDays = ({ start, end }: Days): { start: string; end: string } => ({ start: dayText(start), end: dayText(end) });

/** As many whole months right before, where these are whole months; else as many days. */
export function daysBefore({ start, end }: Days): Days {
  const [first, after] = [periodOf(start, 'month'), periodOf(end + 1, 'month')];
  const whole = firstDayOf(first, 'month') === start && firstDayOf(after, 'month') === end + 1;
  return { start: whole ? firstDayOf(first - (after - first), 'month') : start - (end - start + 1), end: start - 1 };
}

export interface NamedDays extends Days {
  /** `2026-03`, `2026-Q1`. */
  readonly name: string;
  /** Cut by the asked days, or not over on record. */
  readonly partial: boolean;
}

/** No page shows more. */
const mostPeriods = 600;

/** The months or quarters that the days touch, cut by them. @throws Problem bad-input for more than fit a page */
export function periodsWithin({ start, end }: Days, step: Step, asOf: number): NamedDays[] {
  const count = periodOf(end, step) - periodOf(start, step) + 1;
  if (count > mostPeriods)
    throw new Problem('bad-input', `These are ${count.toLocaleString('en')} ${step}s: ask for a period of up to ${mostPeriods}.`, {
      fields: [{ at: 'start', reason: 'is too early' }],
    });
  return Array.from({ length: count }, (_, at) => {
    const period = periodOf(start, step) + at;
    const [first, last] = [firstDayOf(period, step), firstDayOf(period + 1, step) - 1];
    const days = { start: Math.max(first, start), end: Math.min(last, end) };
    return { ...days, name: periodName(period, step), partial: days.start > first || days.end < last || last > asOf };
  });
}

export const periodName = (period: number, step: Step): string =>
  step === 'month' ? monthText(period) : `${monthText(period * 3).slice(0, -3)}-Q${(((period % 4) + 4) % 4) + 1}`;

/** The other way; null for what is no such period. */
export function periodNamed(name: string, step: Step): number | null {
  const match = step === 'month' ? /^(\d{4})-(0[1-9]|1[0-2])$/.exec(name) : /^(\d{4})-Q([1-4])$/.exec(name);
  return match ? Number(match[1]) * (step === 'month' ? 12 : 4) + Number(match[2]) - 1 : null;
}

/** A length of time in months, exact: whole ones where the days are whole months, else days ÷ the mean month's. */
export function monthsOf({ start, end }: Days): { readonly numerator: bigint; readonly denominator: bigint } {
  const [first, after] = [periodOf(start, 'month'), periodOf(end + 1, 'month')];
  if (firstDayOf(first, 'month') === start && firstDayOf(after, 'month') === end + 1)
    return { numerator: BigInt(after - first), denominator: 1n };
  return { numerator: BigInt(end - start + 1) * 120_000n, denominator: 3_652_425n };
}
