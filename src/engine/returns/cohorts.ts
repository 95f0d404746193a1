/**
 * The retention triangle: accounts grouped by the period of their first revenue or win, followed from period to period.
 * A period that isn't wholly on record is censored: its accounts may still become active, so it is neither a zero nor a fall.
 */

import { civilOf, dayNumber } from '#engine/values/calendarDay.ts';
import { type Figure, untold } from './figure.ts';
import { shareOf } from './ratio.ts';

export const steps = { month: 1, quarter: 3 } as const;
export type Step = keyof typeof steps;

/** A month or quarter as a number, so that neighbours differ by one: (year × 12 + month − 1) ÷ 1 or 3, whole. */
export function periodOf(day: number, step: Step): number {
  const { year, month } = civilOf(day);
  return Math.floor((year * 12 + month - 1) / steps[step]);
}

/** Its first day, days since 1970-01-01. */
export function firstDayOf(period: number, step: Step): number {
  const month = period * steps[step];
  return dayNumber(Math.floor(month / 12), (((month % 12) + 12) % 12) + 1, 1);
}

export interface CohortsAsked {
  readonly step: Step;
  /** The last day that revenue is on record for, days since 1970-01-01. */
  readonly asOf: number;
  /** Account → period of its first revenue or win; also accounts that never had any revenue. */
  readonly starts: ReadonlyMap<string, number>;
  /** Account → period → amount in minor units. In a period that is missing or not above 0 it wasn't active. */
  readonly amounts: ReadonlyMap<string, ReadonlyMap<number, bigint>>;
}

export interface CohortCell {
  /** Periods since the first; 0 is the first itself, which for most accounts is shorter than a whole one. */
  readonly age: number;
  readonly period: number;
  /** The period isn't wholly on record: what is seen is so far, and share is not a number. */
  readonly censored: boolean;
  readonly active: number;
  readonly revenue: bigint;
  /** active ÷ customers of the cohort. */
  readonly share: Figure<number>;
}

export interface Cohort {
  readonly period: number;
  readonly customers: number;
  /** The first period isn't wholly on record: more may come. */
  readonly growing: boolean;
  /** By age from 0 to the period of the last day on record; what lies after it has no cell, but every cohort has its first. */
  readonly cells: readonly CohortCell[];
}

export interface Triangle {
  /** By period; one in which nobody became a customer is not among them. */
  readonly cohorts: readonly Cohort[];
  /** By age, all cohorts together whose cell is not censored: active ÷ customers. */
  readonly together: readonly Figure<number>[];
}

export function cohortTriangle(asked: CohortsAsked): Triangle {
  const running = periodOf(asked.asOf + 1, asked.step);
  const members = new Map<number, string[]>();
  for (const [account, period] of asked.starts) {
    const list = members.get(period);
    if (list) list.push(account);
    else members.set(period, [account]);
  }
  const cohorts = [...members].sort(([a], [b]) => a - b).map(([period, accounts]) => cohortOf(asked, period, accounts, running));
  return { cohorts, together: togetherByAge(cohorts) };
}

/** @param running the first period that isn't wholly on record */
function cohortOf({ asOf, step, amounts }: CohortsAsked, period: number, accounts: readonly string[], running: number): Cohort {
  const last = Math.max(period, periodOf(asOf, step));
  const seen = Array.from({ length: last - period + 1 }, () => ({ active: 0, revenue: 0n }));
  for (const account of accounts)
    for (const [at, amount] of amounts.get(account) ?? []) {
      const cell = seen[at - period];
      if (cell && amount > 0n) {
        cell.active++;
        cell.revenue += amount;
      }
    }
  const cells = seen.map(({ active, revenue }, age) => {
    const censored = period + age >= running;
    const share = censored
      ? untold<number>('the period is not wholly on record yet', accounts.length)
      : shareOf(active, accounts.length, '');
    return { age, period: period + age, censored, active, revenue, share };
  });
  return { period, customers: accounts.length, growing: period >= running, cells };
}

function togetherByAge(cohorts: readonly Cohort[]): Figure<number>[] {
  const ages = Math.max(0, ...cohorts.map(({ cells }) => cells.length));
  return Array.from({ length: ages }, (_, age) => {
    const complete = cohorts.filter(({ cells }) => cells[age]?.censored === false);
    const active = complete.reduce((sum, { cells }) => sum + cells[age]!.active, 0);
    return shareOf(
      active,
      complete.reduce((sum, { customers }) => sum + customers, 0),
      'no cohort is so old',
    );
  });
}

/** Amounts by period as `cohortTriangle` takes them, from the amounts of each period by account. */
export function byAccount(
  periods: Iterable<readonly [period: number, amounts: ReadonlyMap<string, bigint>]>,
): Map<string, Map<number, bigint>> {
  const accounts = new Map<string, Map<number, bigint>>();
  for (const [period, amounts] of periods)
    for (const [account, amount] of amounts) {
      const own = accounts.get(account);
      if (own) own.set(period, amount);
      else accounts.set(account, new Map([[period, amount]]));
    }
  return accounts;
}
