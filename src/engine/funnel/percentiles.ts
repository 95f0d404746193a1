/**
 * Percentiles by nearest rank: of n days in order, the p-th percentile is the one at place ⌈p × n ÷ 100⌉
 * (PostgreSQL's `percentile_disc`). So it is always a number of days that some lead really took, and
 * it never falls between two.
 */

/** Days of leads, each with its group. */
export interface GroupedDays {
  /** `days[i]` belongs to `groups[i]`; only the first `count` are used. */
  readonly days: Int32Array;
  readonly groups: Int32Array;
  readonly count: number;
  readonly groupCount: number;
}

/** More cells than this and each group is sorted instead of counted (32 MB of counters). */
const mostCells = 8_000_000;

/**
 * @param percents whole numbers, 0 < p ≤ 100
 * @returns by percent, by group; null for a group without days
 */
export function percentilesByGroup(grouped: GroupedDays, percents: readonly number[]): (number | null)[][] {
  const [least, greatest] = rangeOf(grouped);
  const span = greatest - least + 1;
  return span * grouped.groupCount <= mostCells ? byCounting(grouped, percents, least, span) : bySorting(grouped, percents);
}

/** Place, from 1, of a percentile among n. In whole numbers: 0.9 × n has rounding errors. */
const rankOf = (percent: number, n: number): number => Math.max(1, Math.ceil((percent * n) / 100));

function rangeOf({ days, count }: GroupedDays): [number, number] {
  let least = Infinity;
  let greatest = -Infinity;
  for (let i = 0; i < count; i++) {
    const day = days[i]!;
    if (day < least) least = day;
    if (day > greatest) greatest = day;
  }
  return count === 0 ? [0, 0] : [least, greatest];
}

/** Counts how often each number of days occurs in each group. */
function byCounting(
  { days, groups, count, groupCount }: GroupedDays,
  percents: readonly number[],
  least: number,
  span: number,
): (number | null)[][] {
  const cells = new Int32Array(groupCount * span);
  const sizes = new Int32Array(groupCount);
  for (let i = 0; i < count; i++) {
    const group = groups[i]!;
    cells[group * span + days[i]! - least]!++;
    sizes[group]!++;
  }
  return percents.map((percent) =>
    Array.from(sizes, (size, group) => (size === 0 ? null : least + placeOf(cells, group * span, rankOf(percent, size)))),
  );
}

/** How many cells from `start` until `rank` have been counted. */
function placeOf(cells: Int32Array, start: number, rank: number): number {
  let seen = 0;
  for (let cell = start; ; cell++) {
    seen += cells[cell]!;
    if (seen >= rank) return cell - start;
  }
}

function bySorting({ days, groups, count, groupCount }: GroupedDays, percents: readonly number[]): (number | null)[][] {
  const ends = new Int32Array(groupCount + 1);
  for (let i = 0; i < count; i++) ends[groups[i]! + 1]!++;
  for (let group = 0; group < groupCount; group++) ends[group + 1]! += ends[group]!;
  const starts = ends.slice(0, groupCount);
  const next = starts.slice();
  const byGroup = new Int32Array(count);
  for (let i = 0; i < count; i++) byGroup[next[groups[i]!]!++] = days[i]!;
  for (let group = 0; group < groupCount; group++) byGroup.subarray(starts[group], ends[group + 1]).sort();
  return percents.map((percent) =>
    Array.from(starts, (start, group) => {
      const size = ends[group + 1]! - start;
      return size === 0 ? null : byGroup[start + rankOf(percent, size) - 1]!;
    }),
  );
}
