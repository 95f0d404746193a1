/** The diagnosis: the same ten sentences to both sides and leadership, and what each makes of them beside the others. */

import { z } from 'zod';
import { type StepName, stepNames } from '#engine/rollout/steps.ts';
import { count, day, daySchema, idSchema, instant, named, sides, whyNot, words } from './pieces.ts';

interface DiagnosisQuestion {
  readonly key: string;
  readonly text: string;
  /** The step that mends it. */
  readonly step: StepName;
}

/** 1 is “not at all”, 5 “fully”. Keep the wording: a later diagnosis is compared with this one. */
export const diagnosisQuestions = [
  { key: 'numbers', text: 'Both sides look at the same numbers and believe them.', step: 'data' },
  { key: 'words', text: 'We mean the same by a qualified lead.', step: 'language' },
  { key: 'goals', text: 'We win or miss the same goals together.', step: 'goals' },
  { key: 'promises', text: 'I know what the other side owes us, and what we owe them.', step: 'agreement' },
  { key: 'leads', text: 'Leads that are passed are good enough to be worked.', step: 'language' },
  { key: 'followUp', text: 'Leads that are passed are followed up in time.', step: 'handoff' },
  { key: 'meetings', text: 'Our meetings with the other side lead to decisions.', step: 'rhythm' },
  { key: 'criticism', text: 'I can tell the other side what does not work, and something changes.', step: 'criticism' },
  { key: 'campaigns', text: 'We plan and run campaigns together.', step: 'campaigns' },
  { key: 'pay', text: 'What I am paid for does not set me against the other side.', step: 'pay' },
] as const satisfies readonly DiagnosisQuestion[];
const keys = diagnosisQuestions.map(({ key }) => key) as [string, ...string[]];

export const newDiagnosis = z.strictObject({
  /** The last day on which it can be answered; it is open for 3 to 31 days. */
  closesOn: daySchema,
});
export type NewDiagnosis = z.output<typeof newDiagnosis>;
export const madeDiagnosis = z.object({ id: idSchema, pulseId: idSchema });

export const newSheet = z.strictObject({
  side: z.enum(sides),
  /** By the question’s key; every one is answered, from 1 to 5. */
  scores: z.strictObject(
    Object.fromEntries(diagnosisQuestions.map(({ key }) => [key, z.number().int().min(1, 'From 1 to 5.').max(5, 'From 1 to 5.')])),
  ),
  note: words(2_000).default(''),
});
export type NewSheet = z.output<typeof newSheet>;

/** What a side says. `answers`: a closed diagnosis that may be told; `sheet`: written openly, as one. */
export const sideTold = z.object({
  side: z.enum(sides),
  from: z.enum(['answers', 'sheet']).nullable(),
  /** People who answered; null for a sheet. */
  answers: count.nullable(),
  /** Who wrote the sheet, and whether they are of that side. */
  by: named.extend({ ofSide: z.boolean() }).nullable(),
  at: instant.nullable(),
  note: z.string(),
  /** Why nothing is told; null where something is. */
  whyNot,
});
export type SideTold = z.output<typeof sideTold>;

const score = z.number().nullable();
export const diagnosisRow = z.object({
  key: z.enum(keys),
  text: z.string(),
  step: z.enum(stepNames),
  marketing: score,
  sales: score,
  leadership: score,
  /** Between marketing and sales, to a hundredth; null where one is not told. */
  gap: score,
});
export type DiagnosisRow = z.output<typeof diagnosisRow>;

export const diagnosis = z.object({
  /** Where they disagree most first; without two sides in the order asked. */
  rows: z.array(diagnosisRow),
  /** In a sentence, once both sides are told. */
  sentence: z.string().nullable(),
  sides: z.array(sideTold),
  /** The one that is open now. */
  open: z.object({ pulseId: idSchema, closesOn: day, answered: z.boolean() }).nullable(),
  rules: z.array(z.string()),
  can: z.object({ open: whyNot, sheet: z.object({ marketing: whyNot, sales: whyNot, leadership: whyNot }) }),
});
export type Diagnosis = z.output<typeof diagnosis>;
