/** Praise and criticism about real things, answered in the agreed time and settled by who gave it. */

import { z } from 'zod';
import { feedbackStates, feedbackSubjects, feedbackVerbs, tones } from '#engine/feedback/states.ts';
import {
  count,
  day,
  daySchema,
  idSchema,
  instant,
  list,
  named,
  paging,
  recordKinds,
  saidWords,
  secret,
  sides,
  towards,
  whyNot,
  words,
} from './pieces.ts';

export const subjectKind = z.enum(feedbackSubjects);
const tag = words(60).min(1, 'A tag has at least one character.');

// ── the thing it is about ───────────────────────────────────────────────────

export const subjectAsk = z.strictObject({ kind: subjectKind, id: idSchema });
const responsible = z.object({
  side: z.enum(towards),
  /** Who answers for it; null: nobody alone, then the team or the side. */
  member: named.nullable(),
  team: named.nullable(),
  /** Why it is theirs, in a sentence. */
  why: z.string(),
});
export const shownSubject = z.object({
  kind: subjectKind,
  id: idSchema,
  /** As it is called: `Call, out, 3 Mar 2026: Ada Lind`. */
  name: z.string(),
  /** On whose page it stands. */
  record: z.object({ kind: z.enum(recordKinds), id: idSchema }),
});
/** Everything a form for giving feedback needs to know of the thing. */
export const subjectAnswer = shownSubject.extend({
  responsible: z.array(responsible),
  /** Sides the asker can give feedback to: the other one; leadership both. */
  toSides: z.array(z.enum(towards)),
  /** Clauses of a rejection, to name what it is about. */
  clauses: z.array(z.string()),
  /** Names of people, so that the help while writing can tell a person from a behaviour. */
  people: z.array(z.string()),
  /** Working days within which it is answered. */
  answerDays: count,
  /** Why it can’t be given anonymously; null: it can. */
  whyNotAnonymous: whyNot,
});
export type SubjectAnswer = z.output<typeof subjectAnswer>;

// ── giving it ───────────────────────────────────────────────────────────────

export const feedbackTexts = ['situation', 'behaviour', 'impact', 'nextTime'] as const;
export type FeedbackText = (typeof feedbackTexts)[number];

export const newFeedback = z
  .strictObject({
    tone: z.enum(tones),
    subjectKind,
    subjectId: idSchema,
    /** Unsaid: the side that is not the giver’s. Leadership says it. */
    toSide: z.enum(towards).optional(),
    situation: words(2_000).default(''),
    behaviour: saidWords(2_000, 'Say what was done.'),
    impact: words(2_000).default(''),
    nextTime: words(2_000).default(''),
    tags: z.array(tag).max(5).default([]),
    /** Nothing that is kept says who gave it; it is shown later, together with others. */
    anonymous: z.boolean().default(false),
    /**
     * Only with `anonymous`: made by the giver’s own program and kept there. Whoever holds it reads the thread and
     * answers in it; sending the same one again has no second effect.
     */
    receipt: secret.optional(),
  })
  .superRefine((given, context) => {
    if (given.anonymous === (given.receipt !== undefined)) return;
    const message = given.anonymous
      ? 'Anonymous feedback needs a receipt: 32 random bytes in base64url.'
      : 'Only anonymous feedback has a receipt.';
    context.addIssue({ code: 'custom', path: ['receipt'], message });
  });
export type NewFeedback = z.output<typeof newFeedback>;
/** `id` null: it waits to be shown together with others. */
export const givenFeedback = z.object({ id: idSchema.nullable() });

// ── reading it ──────────────────────────────────────────────────────────────

export const feedbackViews = ['toAnswer', 'toSettle', 'received', 'given', 'all'] as const;
export const feedbackAsk = z.strictObject({
  /** toAnswer: mine to answer, oldest due first. toSettle: answered, mine to settle. received, given: mine, newest first. all: what I may read. */
  view: z.enum(feedbackViews).default('toAnswer'),
  tone: z.enum(tones).optional(),
  state: z.enum(feedbackStates).optional(),
  toSide: z.enum(towards).optional(),
  /** Only what is past its due moment without an answer. */
  late: z.stringbool().default(false),
  subjectKind: subjectKind.optional(),
  subjectId: idSchema.optional(),
  /** First and last day it was given on. */
  start: daySchema.optional(),
  end: daySchema.optional(),
  ...paging,
});
export type FeedbackAsk = z.output<typeof feedbackAsk>;

const can = z.object(
  Object.fromEntries(feedbackVerbs.map((verb) => [verb, whyNot])) as Record<(typeof feedbackVerbs)[number], typeof whyNot>,
);

export const feedbackItem = z.object({
  id: idSchema,
  tone: z.enum(tones),
  state: z.enum(feedbackStates),
  subject: shownSubject,
  /** Null: anonymous. */
  from: named.extend({ side: z.enum(sides) }).nullable(),
  to: z.object({ side: z.enum(towards), member: named.nullable(), team: named.nullable() }),
  situation: z.string(),
  behaviour: z.string(),
  impact: z.string(),
  nextTime: z.string(),
  tags: z.array(z.string()),
  clauses: z.array(z.string()),
  /** The day it was shown first, in the workspace’s zone; anonymous feedback has nothing more exact. */
  givenOn: day,
  givenAt: instant.nullable(),
  /** Last moment of an answer in time; null: praise, which needs none. */
  dueAt: instant.nullable(),
  /** Open and past its due moment. */
  late: z.boolean(),
  /** Of the latest answer. */
  action: z.object({ text: z.string(), dueOn: day, owner: named.nullable() }).nullable(),
  answeredAt: instant.nullable(),
  answeredInTime: z.boolean().nullable(),
});
export type FeedbackItem = z.output<typeof feedbackItem>;

export const entryKinds = ['said', 'accepted', 'explained', 'disagreed', 'thanked', 'confirmed', 'reopened', 'withdrawn'] as const;
export type EntryKind = (typeof entryKinds)[number];
export const entry = z.object({
  id: idSchema,
  kind: z.enum(entryKinds),
  /** Null: who gave it, anonymously. */
  by: named.extend({ side: z.enum(sides) }).nullable(),
  text: z.string(),
  on: day,
  at: instant.nullable(),
});
export type FeedbackEntry = z.output<typeof entry>;

export const feedbackDetail = feedbackItem.extend({ thread: z.array(entry), can });
export type FeedbackDetail = z.output<typeof feedbackDetail>;
export const feedbackPage = list(feedbackItem.extend({ can })).extend({ total: count.nullable() });
export type FeedbackPage = z.output<typeof feedbackPage>;

// ── answering and settling it ───────────────────────────────────────────────

const text = words(2_000);
const saidWhy = saidWords(2_000, 'Say it in a sentence.');
export const acceptance = z.strictObject({ text: text.default(''), action: saidWords(500, 'Say what will be done.'), dueOn: daySchema });
export const explanation = z.strictObject({ text: saidWhy });
export const disagreement = z.strictObject({ text: saidWhy });
export const thanks = z.strictObject({ text: text.default('') });
export const confirmation = z.strictObject({ text: text.default('') });
export const reopening = z.strictObject({ text: saidWhy });
export const withdrawal = z.strictObject({ text: text.default('') });
export const saying = z.strictObject({ text: saidWhy });
