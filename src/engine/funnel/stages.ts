/** How many leads entered each stage: the funnel chart. */

import { noDay, type FunnelColumns } from './columns.ts';
import { standing, standingsOf, type FunnelQuestion } from './question.ts';

/**
 * Cohort: of the leads that entered stage a in the period, those with a time for each stage, within the
 * window where there is one. Period: leads that entered each stage in the period.
 * @returns by stage
 */
export function countStages(columns: FunnelColumns, question: FunnelQuestion): number[] {
  return question.mode === 'period' ? columns.days.map((days) => countEntries(days, columns.count, question)) : countCohort(columns, question);
}

function countEntries(days: Int32Array, count: number, question: FunnelQuestion): number {
  let entries = 0;
  for (let row = 0; row < count; row++) if (isEntry(question, days[row]!)) entries++;
  return entries;
}

const isEntry = (question: FunnelQuestion, day: number): boolean => day !== noDay && day >= question.startDay && day <= question.endDay && day <= question.asOfDay;

function countCohort(columns: FunnelColumns, question: FunnelQuestion): number[] {
  return columns.days.map((_, stage) => {
    const bit = stage === question.from ? standing.entered : standing.reached;
    const standings = standingsOf(columns, question, stage);
    let count = 0;
    for (let row = 0; row < standings.length; row++) if (standings[row]! & bit) count++;
    return count;
  });
}
