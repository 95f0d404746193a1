/** Feedback looked at together: what recurs, how it goes between the sides, what is agreed about it, what waits today. */

import { z } from 'zod';
import { feedbackStates } from '#engine/feedback/states.ts';
import { feedbackItem, subjectKind } from './feedback.ts';
import { count, day, daySchema, idSchema, instant, named, towards, whyNot } from './pieces.ts';

// ── what recurs ─────────────────────────────────────────────────────────────

export const themesAsk = z.strictObject({ toSide: z.enum(towards).optional() });
export const theme = z.object({
  /** The id of its earliest feedback. */
  id: idSchema,
  title: z.string(),
  toSide: z.enum(towards),
  subjectKind,
  count,
  /** Given within the last 30 days. */
  recent: count,
  /** Three or more within 30 days: offered to the next agenda. */
  recurs: z.boolean(),
  open: count,
  tags: z.array(z.string()),
  clauses: z.array(z.string()),
  /** Words its feedback has in common. */
  words: z.array(z.string()),
  firstOn: day,
  lastOn: day,
  /** Only what the asker may read; the counts are of all. */
  feedback: z.array(z.object({ id: idSchema, behaviour: z.string(), givenOn: day, state: z.enum(feedbackStates) })),
});
export type Theme = z.output<typeof theme>;
export const themes = z.object({ items: z.array(theme), days: count, whyNotMerge: whyNot });
/** Two belong together, or don’t: what people say goes before what words say. */
export const newLink = z.strictObject({ oneId: idSchema, otherId: idSchema, together: z.boolean() });

// ── health ──────────────────────────────────────────────────────────────────

export const healthAsk = z.strictObject({ start: daySchema.optional(), end: daySchema.optional() });
const share = z.object({ of: count, count, percent: z.number().nullable() });
export const sideHealth = z.object({
  side: z.enum(towards),
  /** By name; anonymous feedback has no side. */
  given: count,
  received: count,
  praise: count,
  criticism: count,
  anonymous: count,
  /** Criticism whose due moment has passed or that was answered. */
  answeredInTime: share,
  /** Criticism that was answered, and of it what its giver settled. */
  settled: share,
  /** Criticism that stands in a theme which recurs. */
  recurring: share,
  openLate: count,
  medianAnswerHours: z.number().nullable(),
  feedbackUrl: z.string(),
});
export type SideHealth = z.output<typeof sideHealth>;
export const health = z.object({
  start: day,
  end: day,
  sides: z.array(sideHealth),
  /** By month, for the picture. */
  months: z.array(z.object({ month: z.string(), side: z.enum(towards), praise: count, criticism: count })),
  notes: z.array(z.string()),
});
export type Health = z.output<typeof health>;

// ── what the workspace agreed ───────────────────────────────────────────────

export const feedbackSettings = z.object({
  /** Working days for an answer. */
  answerDays: count,
  /** Whether feedback may be given anonymously. */
  anonymous: z.boolean(),
  /** How often a pulse opens by itself, and for how many days. Null: only by hand. */
  pulse: z.object({ every: z.enum(['month', 'quarter']), openDays: count }).nullable(),
  setAt: instant.nullable(),
  setBy: named.nullable(),
  whyNotSet: whyNot,
});
export type FeedbackSettings = z.output<typeof feedbackSettings>;
export const feedbackSettingsChange = z.strictObject({
  answerDays: z.number().int().min(1).max(30).optional(),
  anonymous: z.boolean().optional(),
  pulse: z
    .strictObject({ every: z.enum(['month', 'quarter']), openDays: z.number().int().min(3).max(21) })
    .nullable()
    .optional(),
});
export type FeedbackSettingsChange = z.output<typeof feedbackSettingsChange>;

// ── today ───────────────────────────────────────────────────────────────────

export const feedbackToday = z.object({
  /** Mine to answer, the soonest due first; at most 20. */
  toAnswer: z.array(feedbackItem),
  /** Answered, mine to settle. */
  toSettle: z.array(feedbackItem),
  /** For heads: open and late on their side. */
  lateOnMySide: count,
  /** Praise that came in the last seven days. */
  praise: z.array(feedbackItem),
  /** A pulse I have not answered. */
  pulse: z.object({ id: idSchema, title: z.string(), closesOn: day }).nullable(),
  /** Numbers of this month that I have neither guessed nor passed. */
  toGuess: count,
});
export type FeedbackToday = z.output<typeof feedbackToday>;
