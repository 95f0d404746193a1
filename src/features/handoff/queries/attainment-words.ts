/** What attainment says in words: how each number is made, what it can't tell, what a clock's evidence was. */

import type { Metric } from '#engine/agreement/clause.ts';
import type { AttainmentScope } from './attainment-scope.ts';
import { isPace } from './attainment-scope.ts';

/** Changes whenever a formula of attainment changes, so that an old number can be told from a new one. */
export const rulesVersion = 'attainment-1';

const clockFormula =
  'attainment = compliant ÷ due: clocks that fell due in the period and were met in time ÷ all that fell due, without those excused. A late answer stays a miss; what is not due yet is not counted.';
const formulas: Readonly<Record<Metric['kind'], string>> = {
  decision: clockFormula,
  firstAttempt: clockFormula,
  persistence: clockFormula,
  disposition: clockFormula,
  volume: paceFormula('leads passed'),
  value: paceFormula('value of the leads passed, as agreed at signing,'),
  completeness: 'attainment = leads with every agreed field stated ÷ leads passed in the period',
  context: 'attainment = leads with enough touches on record before they were passed ÷ leads passed in the period',
  quality:
    'attainment = leads not rejected ÷ leads passed in the period on which sales decided; a rejection that was mended or overturned is none',
};

function paceFormula(what: string): string {
  return `attainment = working days on which the ${what} up to then lay within the tolerance ÷ working days of the period that are over; ideal(d) = V × workingdays(1..d) ÷ workingdays(period), broken when |actual(d) − ideal(d)| ÷ V exceeds the tolerance, too early as well as too late`;
}

export const formulaOf = ({ kind }: Metric): string => formulas[kind];

export function notesOf(scope: AttainmentScope, metrics: readonly Metric[]): string[] {
  const { versions, filters, reigns } = scope;
  if (versions.length === 0) return ['No agreement was signed by then: nothing is owed.'];
  const notes = [
    'A clock belongs to the period in which it falls due, a lead to the one in which marketing passed it, a working day of a pace to its day.',
    'Who is in several teams counts in the first by name. For marketing’s clauses a person is the owner of the lead’s campaign.',
  ];
  if (scope.as === 'now') notes.push(`Every lead is measured by version ${reigns[0]?.version.number ?? '–'}, whenever its clock started.`);
  else if (reigns.filter((reign) => reign.from < scope.until && reign.until > scope.from).length > 1)
    notes.push('Several versions counted in this period: each lead is measured by its own; titles and targets are those of the latest.');
  if (reigns[0] && scope.as === 'then' && reigns[0].from > scope.from) notes.push('Before the first version took effect nothing was owed.');
  if (scope.isPast) notes.push('As known at that moment: what was recorded later does not count.');
  if (metrics.some(isPace))
    notes.push(
      filters.teamId || filters.memberId || filters.segment
        ? 'A pace is a promise of the whole side: it is left out where one person, team or segment is asked about.'
        : 'A side’s share adds up its leads and clocks; a pace, counted in working days, stands apart there.',
    );
  return notes;
}
