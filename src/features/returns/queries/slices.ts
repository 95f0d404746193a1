/** What an answer is cut into: groups of one period, or periods of everything. Each slice is counted by itself. */

import type { FigureBy } from '../contract/figure-table.ts';
import type { Days, Ground, NamedDays } from './figure-scope.ts';
import { periodsWithin } from './figure-scope.ts';
import { type Dimension, groupsOfDeals, type GroupNames, isPeriod, makeGroupNames, type Surroundings } from './figure-groups.ts';

export interface Slices {
  readonly by: FigureBy;
  readonly days: Days;
  /** By slice, where they are periods; else the one period of all groups. */
  readonly periods: readonly NamedDays[];
  readonly arePeriods: boolean;
  /** Groups by slice, where they are groups. May grow until everything that is counted is known. */
  readonly names: GroupNames;
  readonly surroundings: Surroundings;
  /** By row of the deals as they are now. */
  readonly ofDeals: Int32Array;
  /** By day from `days.start`: the period. */
  readonly ofDays: Int32Array;
}

/** The grouping of slices that are groups. */
export const dimensionOf = ({ by }: Slices): Dimension => (isPeriod(by) ? 'none' : by);

export function slicesOf(ground: Ground, by: FigureBy, days: Days): Slices {
  const { surroundings } = ground;
  const names = makeGroupNames();
  const arePeriods = isPeriod(by);
  const periods = arePeriods ? periodsWithin(days, by, ground.asOf) : [{ ...days, name: '', partial: days.end > ground.asOf }];
  const ofDays = new Int32Array(arePeriods ? days.end - days.start + 1 : 0);
  for (const [at, period] of periods.entries()) ofDays.fill(at, period.start - days.start, period.end - days.start + 1);
  const ofDeals = groupsOfDeals(arePeriods ? 'none' : by, ground.fresh.deals, surroundings, names);
  return { by, days, periods, arePeriods, names, surroundings, ofDeals, ofDays };
}

export const countOf = ({ arePeriods, periods, names }: Slices): number => (arePeriods ? periods.length : names.values.length);

/** The value a slice goes by: a group's, or the name of a period. */
export const valueOf = ({ arePeriods, periods, names }: Slices, slice: number): string | null =>
  arePeriods ? periods[slice]!.name : names.values[slice]!;

/** Null: there is no such slice. */
export function sliceOf({ arePeriods, periods, names }: Slices, value: string | null): number | null {
  if (!arePeriods) return names.numbers.get(value) ?? null;
  const at = periods.findIndex(({ name }) => name === value);
  return at < 0 ? null : at;
}

/** The slice of something that happened on a day within the period; −1 outside. */
export function sliceOn({ arePeriods, days, ofDays }: Slices, day: number, group: number): number {
  if (day < days.start || day > days.end) return -1;
  return arePeriods ? ofDays[day - days.start]! : group;
}

/**
 * The slices at whose last day a thing is there that lasts from one day until before another.
 * @param from and until may be infinite
 */
export function slicesAtEnd(slices: Slices, group: number, from: number, until: number, visit: (slice: number) => void): void {
  const { arePeriods, days, periods, ofDays } = slices;
  if (!arePeriods) {
    if (from <= days.end && days.end < until) visit(group);
    return;
  }
  const first = from <= days.start ? 0 : from > days.end ? periods.length : ofDays[from - days.start]!;
  const after = until > days.end ? periods.length : until <= days.start ? 0 : ofDays[until - days.start]!;
  for (let period = first; period < after; period++) visit(period);
}
