/** How many leads entered each stage: the funnel chart. */

import type { FunnelColumns } from './columns.ts';
import type { FunnelQuestion } from './question.ts';

/**
 * Cohort: of the leads that entered stage a in the period, those with a time for each stage, within the
 * window where there is one. Period: leads that entered each stage in the period.
 * @returns of stage a and each later one
 */
export function countStages(columns: FunnelColumns, question: FunnelQuestion): number[] {
  const stages = columns.days.slice(question.from);
  if (question.mode === 'period') return stages.map((days) => countEntries(days, columns.count, question));
  return countCohort(stages, columns.count, question);
}

function countEntries(days: Int32Array, count: number, { startDay, endDay, asOfDay }: FunnelQuestion): number {
  const last = Math.min(endDay, asOfDay);
  let entries = 0;
  for (let row = 0; row < count; row++) if (days[row]! >= startDay && days[row]! <= last) entries++;
  return entries;
}

/** Leads looked at together, so that what is known of them stays near the processor: 64 KB. */
const blockSize = 16_384;

/** Says the same as the classifier, for all stages at once. */
function countCohort(stages: readonly Int32Array[], count: number, question: FunnelQuestion): number[] {
  const counts = stages.map(() => 0);
  const latest = new Int32Array(blockSize);
  for (let start = 0; start < count; start += blockSize) {
    const end = Math.min(count, start + blockSize);
    findLatestDays(latest, stages[0]!, start, end, question);
    for (let stage = 0; stage < stages.length; stage++) counts[stage]! += countBy(stages[stage]!, latest, start, end);
  }
  return counts;
}

/** Before any day: of leads that are not in the cohort. */
const noLead = -0x3fffffff;

/** For each lead of the cohort the last day on which another stage still counts. */
function findLatestDays(
  latest: Int32Array,
  from: Int32Array,
  start: number,
  end: number,
  { startDay, endDay, asOfDay, windowDays }: FunnelQuestion,
): void {
  const last = Math.min(endDay, asOfDay);
  const window = Math.min(windowDays ?? Infinity, 0x1fffffff);
  for (let row = start; row < end; row++) {
    const day = from[row]!;
    latest[row - start] = day < startDay || day > last ? noLead : Math.min(asOfDay, day + window);
  }
}

/** How many days lie no later than the row's latest: by the sign of the difference, as a branch would be guessed wrong half the time. */
function countBy(days: Int32Array, latest: Int32Array, start: number, end: number): number {
  let count = 0;
  for (let row = start; row < end; row++) count += 1 - ((latest[row - start]! - days[row]!) >>> 31);
  return count;
}
