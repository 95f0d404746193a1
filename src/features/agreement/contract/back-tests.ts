/** What a back-test assumes: said beside its numbers. */

import type { backTestRecordsAsk } from '../contract.ts';
import type { z } from 'zod';

export type BackTestGrouping = 'segment' | 'channel' | 'origin' | 'campaign' | 'month';
export type BackTestSet = z.output<typeof backTestRecordsAsk>['which'];

/** `whenQualified`: as of the moment it became MQL, else some days after it was opened. `asItStands`: as of the back-test. */
export type Judging = 'whenQualified' | 'asItStands';

/** Days after its opening at which a lead is judged that never became an MQL. */
export const daysUntilJudged = 30;

/** Terms that are about what happened to a lead after it was passed. */
const aboutTheCourse: readonly string[] = ['sal', 'sql', 'customer', 'churned'];
export const judgingOf = (term: string): Judging => (aboutTheCourse.includes(term) ? 'asItStands' : 'whenQualified');

const statedStages: Readonly<Record<string, string | null>> = { sal: 'sal', sql: 'sql', customer: 'won', churned: null };
/** The stage in which the source states what the term means, to compare with where no version is in force; null where none does. */
export const statedStageOf = (term: string): string | null => (term in statedStages ? statedStages[term]! : 'mql');

/**
 * Minutes that an attempt takes a rep, all in, with preparing and writing up: assumptions, to weigh definitions against
 * each other and not to measure people. Kinds that are not named take none.
 */
export const attemptMinutes: Readonly<Record<string, number>> = {
  call: 9,
  email: 6,
  meeting: 30,
  event: 30,
  chat: 5,
  message: 3,
  social: 3,
  other: 5,
};
