/** Which group a lead counts in. Group 0 is always "not stated". A lead is in exactly one, so groups add up to the total. */

import { monthOfDay } from '#engine/time/months.ts';
import type { FunnelColumns } from './columns.ts';
import type { FunnelQuestion } from './question.ts';

export interface Grouping {
  readonly count: number;
  /** @param stage by whose day a lead counts; matters to months only */
  by(stage: number): GroupKeys;
}

/** A lead's group is `groups[keys[row] - first]`: looked up only for the leads that count. */
export interface GroupKeys {
  readonly keys: Int32Array;
  readonly first: number;
  readonly groups: Int32Array;
}

export function groupOf({ keys, first, groups }: GroupKeys, row: number): number {
  const at = keys[row]! - first;
  return at >= 0 && at < groups.length ? groups[at]! : 0;
}

/** Everything in one group. */
export function byNothing(columns: FunnelColumns): Grouping {
  const keys = { keys: columns.codes.currency, first: 0, groups: new Int32Array(0) };
  return { count: 1, by: () => keys };
}

export function byCodes(codes: Int32Array, count: number): Grouping {
  return byMappedCodes(
    codes,
    Int32Array.from({ length: count }, (_, code) => code),
    count,
  );
}

/** Several codes can share a group: merged campaigns, owners of one team. `groups` is by code. */
export function byMappedCodes(codes: Int32Array, groups: Int32Array, count: number): Grouping {
  return { count, by: () => ({ keys: codes, first: 0, groups }) };
}

export interface MonthGrouping extends Grouping {
  /** Month number (year × 12 + month − 1) of group 1. */
  readonly firstMonth: number;
}

/** By month of the day a lead counts by. */
export function byMonths(columns: FunnelColumns, question: FunnelQuestion): MonthGrouping {
  const first = Math.max(question.startDay, columns.firstDay);
  const last = Math.max(first, Math.min(question.endDay, question.asOfDay, columns.lastDay));
  const firstMonth = monthOfDay(first);
  const groups = new Int32Array(last - first + 1);
  for (let day = first; day <= last; day++) groups[day - first] = monthOfDay(day) - firstMonth + 1;
  return { count: monthOfDay(last) - firstMonth + 2, firstMonth, by: (stage) => ({ keys: columns.days[stage]!, first, groups }) };
}
