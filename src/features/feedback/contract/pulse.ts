/** Pulses: a few questions to both sides and leadership, of which only closed ones are told, and only of groups that are large enough. */

import { z } from 'zod';
import { count, day, daySchema, idSchema, list, paging, saidWords, sides, standings, whyNot, words } from './pieces.ts';

/** Asked unless a pulse says otherwise; 1 is “not at all”, 5 “fully”. */
export const usualQuestions = [
  { key: 'share', text: 'I get from the other side the information I need to do my work.' },
  { key: 'collaborate', text: 'We plan and run campaigns together, not past each other.' },
  { key: 'goals', text: 'Both sides work toward the same goals.' },
  { key: 'communicate', text: 'Our meetings with the other side lead to decisions.' },
  { key: 'criticism', text: 'I can tell the other side what does not work, and something changes.' },
  { key: 'trust', text: 'The other side keeps what it promises.' },
] as const;

const question = z.strictObject({
  key: z.string().regex(/^[a-z][a-zA-Z0-9-]{0,39}$/, 'Small letters and digits, such as trust.'),
  text: saidWords(300, 'Ask something.'),
});
export type PulseQuestion = z.output<typeof question>;

export const newPulse = z
  .strictObject({
    title: saidWords(120, 'Say what it is called.'),
    /** The last day on which it can be answered; it is open for 3 to 31 days. */
    closesOn: daySchema,
    questions: z.array(question).min(1, 'Ask at least one question.').max(10).optional(),
    /** Whether a sentence in one’s own words is asked for too. */
    asksText: z.boolean().default(true),
  })
  .refine(({ questions = [] }) => new Set(questions.map(({ key }) => key)).size === questions.length, {
    path: ['questions'],
    message: 'Each question needs a key of its own.',
  });
export type NewPulse = z.output<typeof newPulse>;
export const madePulse = z.object({ id: idSchema });

export const pulse = z.object({
  id: idSchema,
  number: count,
  title: z.string(),
  questions: z.array(question),
  asksText: z.boolean(),
  opensOn: day,
  closesOn: day,
  state: z.enum(['open', 'closed']),
  /** Only the asker’s own; nobody is told how many or who. */
  answered: z.boolean(),
  can: z.object({ answer: whyNot, results: whyNot }),
});
export type Pulse = z.output<typeof pulse>;
export const pulses = list(pulse).extend({ can: z.object({ open: whyNot }) });
export type Pulses = z.output<typeof pulses>;
export const pulsesAsk = z.strictObject(paging);

export const newAnswer = z.strictObject({
  /** By the question’s key; every question is answered. */
  scores: z.record(z.string().max(40), z.number().int().min(1, 'From 1 to 5.').max(5, 'From 1 to 5.')),
  text: words(2_000).default(''),
});
export type NewAnswer = z.output<typeof newAnswer>;
/** `counted` false: the asker had answered before, and this one was not taken. */
export const answerTaken = z.object({ counted: z.boolean() });

export const resultsAsk = z
  .strictObject({ side: z.enum(sides).optional(), teamId: idSchema.optional(), standing: z.enum(standings).optional() })
  .refine(({ side, teamId, standing }) => [side, teamId, standing].filter((each) => each !== undefined).length <= 2, {
    message: 'At most two filters at once: three would leave too few people to hide among.',
  });
export type ResultsAsk = z.output<typeof resultsAsk>;

/** One group of people in one closed pulse. */
export const pulseCell = z.object({
  /** Null: everybody. */
  side: z.enum(sides).nullable(),
  teamId: idSchema.nullable(),
  standing: z.enum(standings).nullable(),
  /** Null: too few answered, here or among the others, to be told. */
  answers: count.nullable(),
  /** Mean by the question’s key, to a hundredth; null where `answers` is. */
  means: z.record(z.string(), z.number()).nullable(),
});
export type PulseCell = z.output<typeof pulseCell>;
export const pulseResults = z.object({
  pulse: z.object({ id: idSchema, number: count, title: z.string(), questions: z.array(question), opensOn: day, closesOn: day }),
  /** The group that was asked for. */
  cell: pulseCell,
  /** Why it is not told; null: it is. */
  whyNotShown: whyNot,
  /** The three sides, for the picture. */
  sides: z.array(pulseCell),
  /** Teams that can be asked for. */
  teams: z.array(z.object({ id: idSchema, name: z.string() })),
  /** In everybody’s own words, in no order; never by group. */
  texts: z.array(z.string()),
  rules: z.array(z.string()),
});
export type PulseResults = z.output<typeof pulseResults>;

export const pulseTrend = z.object({
  /** Oldest first, at most twelve. */
  pulses: z.array(
    z.object({ id: idSchema, number: count, title: z.string(), closesOn: day, everybody: pulseCell, sides: z.array(pulseCell) }),
  ),
  questions: z.array(question),
});
export type PulseTrend = z.output<typeof pulseTrend>;
