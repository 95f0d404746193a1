/** Leads opened in the period, by slice: old enough to have had the whole window, of them won, and too young to tell. */

import type { FunnelColumns } from '#engine/funnel/columns.ts';
import { convert } from '#engine/funnel/conversion.ts';
import { byNothing, type Grouping } from '#engine/funnel/grouping.ts';
import type { FunnelQuestion } from '#engine/funnel/question.ts';
import { type LeadPlace, pageOfRecords, type RecordsPage } from '#engine/funnel/records.ts';
import type { LeadCohort } from '#engine/returns/rates.ts';
import { leadStages, type LeadStage } from '#features/records/contract.ts';
import { groupingOfLeads } from './figure-groups.ts';
import type { Days } from './figure-scope.ts';
import { dimensionOf, type Slices } from './slices.ts';

export const cohortParts = ['cohort', 'cohortWon', 'cohortYoung'] as const;
export type CohortPart = (typeof cohortParts)[number];

export interface CohortAsk {
  readonly leads: FunnelColumns;
  readonly slices: Slices;
  readonly windowDays: number;
  /** The last day on record. */
  readonly asOf: number;
}

const stage = (name: LeadStage): number => leadStages.findIndex((one) => one.stage === name);

/** Cohort inquiry → won of the days. */
export function cohortQuestion({ windowDays, asOf }: CohortAsk, { start, end }: Days): FunnelQuestion {
  return { mode: 'cohort', from: stage('inquiry'), to: stage('won'), startDay: start, endDay: end, windowDays, asOfDay: asOf };
}

/** Days of the period whose leads are old enough, and the rest. Either may be empty (end before start). */
const oldDays = ({ slices: { days }, asOf, windowDays }: CohortAsk): Days => ({
  start: days.start,
  end: Math.min(days.end, asOf - windowDays),
});
const youngDays = (ask: CohortAsk): Days => ({ start: Math.max(ask.slices.days.start, oldDays(ask).end + 1), end: ask.slices.days.end });

/** Registers groups: ask before counting slices. Null: leads aren't kept by this grouping. */
export function groupingOfCohort({ leads, slices }: CohortAsk): Grouping | null {
  if (!slices.arePeriods) return groupingOfLeads(dimensionOf(slices), leads, slices.surroundings, slices.names);
  const { ofDays, days, periods } = slices;
  return { count: periods.length, by: (at) => ({ keys: leads.days[at]!, first: days.start, groups: ofDays }) };
}

/** By slice. */
export function tallyCohort(ask: CohortAsk, grouping: Grouping, count: number): LeadCohort[] {
  const tallies = Array.from({ length: count }, () => ({ leads: 0, won: 0, tooYoung: 0 }));
  const each = (
    days: Days,
    add: (tally: { leads: number; won: number; tooYoung: number }, entered: number, reached: number) => void,
  ): void => {
    if (days.end < days.start) return;
    for (const { group, entered, reached } of convert(ask.leads, cohortQuestion(ask, days), grouping).groups)
      add(tallies[group]!, entered, reached);
  };
  each(oldDays(ask), (tally, entered, reached) => {
    tally.leads += entered;
    tally.won += reached;
  });
  each(youngDays(ask), (tally, entered) => void (tally.tooYoung += entered));
  return tallies;
}

/** The very leads of a part; `group` null: of all slices. */
export function pageOfCohort(
  ask: CohortAsk,
  asked: { part: CohortPart; group: number | null; limit: number; after: LeadPlace | null },
): RecordsPage {
  const days = asked.part === 'cohortYoung' ? youngDays(ask) : oldDays(ask);
  const grouping = groupingOfCohort(ask) ?? byNothing(ask.leads);
  if (days.end < days.start) return { leads: [], total: 0, hasMore: false };
  const which = asked.part === 'cohortWon' ? 'reached' : 'entered';
  return pageOfRecords(ask.leads, {
    question: cohortQuestion(ask, days),
    which,
    grouping,
    group: asked.group,
    limit: asked.limit,
    after: asked.after,
  });
}
