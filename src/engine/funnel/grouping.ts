/** Which group a lead counts in. Group 0 is always "not stated". A lead is in exactly one, so groups add up to the total. */

import { monthOfDay } from '#engine/time/months.ts';
import type { FunnelColumns } from './columns.ts';
import type { FunnelQuestion } from './question.ts';

export interface Grouping {
  readonly count: number;
  /**
   * The group of each row.
   * @param stage by whose day the lead counts; matters to months only
   */
  of(stage: number): Int32Array;
}

/** Everything in one group. */
export function byNothing(columns: FunnelColumns): Grouping {
  return { count: 1, of: () => new Int32Array(columns.count) };
}

export const byCodes = (codes: Int32Array, count: number): Grouping => ({ count, of: () => codes });

/** Several codes can share a group: merged campaigns, owners of one team. `groups` is by code. */
export function byMappedCodes(codes: Int32Array, groups: Int32Array, count: number): Grouping {
  return {
    count,
    of: () => {
      const mapped = new Int32Array(codes.length);
      for (let row = 0; row < mapped.length; row++) mapped[row] = groups[codes[row]!]!;
      return mapped;
    },
  };
}

export interface MonthGrouping extends Grouping {
  /** Month number (year × 12 + month − 1) of group 1. */
  readonly firstMonth: number;
}

/** By month of the day a lead counts by. */
export function byMonths(columns: FunnelColumns, question: FunnelQuestion): MonthGrouping {
  const [first, last] = rangeOfDays(columns, question);
  const firstMonth = monthOfDay(first);
  const groupOfDay = new Int32Array(last - first + 1);
  for (let day = first; day <= last; day++) groupOfDay[day - first] = monthOfDay(day) - firstMonth + 1;
  return { count: monthOfDay(last) - firstMonth + 2, firstMonth, of: (stage) => groupsOfDays(columns.days[stage]!, columns.count, groupOfDay, first) };
}

function groupsOfDays(days: Int32Array, count: number, groupOfDay: Int32Array, first: number): Int32Array {
  const groups = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    const at = days[row]! - first;
    if (at >= 0 && at < groupOfDay.length) groups[row] = groupOfDay[at]!;
  }
  return groups;
}

/** First and last day on which a lead entered a or b within period and as-of; one day when there is none. */
function rangeOfDays(columns: FunnelColumns, question: FunnelQuestion): [number, number] {
  const latest = Math.min(question.endDay, question.asOfDay);
  let first = Infinity;
  let last = -Infinity;
  for (const stage of [question.from, question.to]) {
    const days = columns.days[stage]!;
    for (let row = 0; row < columns.count; row++) {
      const day = days[row]!;
      if (day < question.startDay || day > latest) continue;
      if (day < first) first = day;
      if (day > last) last = day;
    }
  }
  return first <= last ? [first, last] : [0, 0];
}
