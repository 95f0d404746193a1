/** What came of meetings: actions that stay open until somebody closes them, and decisions with what they led to. */

import { z } from 'zod';
import { actionStates, actionVerbs, type ActionVerb, decisionKinds } from '#engine/cadence/states.ts';
import { clauseSchema } from '#features/agreement/contract/clauses.ts';
import { ruleSchema } from '#features/agreement/contract/rules.ts';
import { termKeySchema } from '#features/agreement/contract.ts';
import {
  count,
  day,
  daySchema,
  idSchema,
  instant,
  list,
  named,
  paging,
  saidWords,
  sides,
  whyNot,
  words,
} from '#features/feedback/contract/pieces.ts';

export const meetingNamed = z.object({ id: idSchema, title: z.string(), startsAt: instant });

// ── actions ─────────────────────────────────────────────────────────────────

export const newAction = z.strictObject({
  title: saidWords(500, 'Say what will be done.'),
  ownerId: idSchema,
  dueOn: daySchema,
  /** The item it came from; only within a meeting. */
  itemId: idSchema.nullable().default(null),
});
export type NewAction = z.output<typeof newAction>;
export const actionChange = z.strictObject({
  title: saidWords(500, 'Say what will be done.').optional(),
  ownerId: idSchema.optional(),
  /** A later day is counted: how often an action was put off is shown. */
  dueOn: daySchema.optional(),
});
export type ActionChange = z.output<typeof actionChange>;
/** What was done; may be left out. */
export const actionDone = z.strictObject({ text: words(1_000).default('') });
export const actionDropped = z.strictObject({ because: saidWords(1_000, 'Say why it is dropped.') });
export const nothing = z.strictObject({});

const can = z.object(Object.fromEntries(actionVerbs.map((verb) => [verb, whyNot])) as Record<ActionVerb, typeof whyNot>);
export const actionItem = z.object({
  id: idSchema,
  title: z.string(),
  status: z.enum(actionStates),
  owner: named.extend({ side: z.enum(sides) }),
  dueOn: day,
  firstDueOn: day,
  /** How often it was put off. */
  moves: count,
  late: z.boolean(),
  daysLate: count,
  /** Where it was agreed, and at which item. */
  meeting: meetingNamed.nullable(),
  item: z.string().nullable(),
  /** Address in the app of what it is about. */
  opens: z.string().nullable(),
  /** Later meetings on whose agenda it stood. */
  carried: count,
  madeBy: named,
  madeAt: instant,
  closedBy: named.nullable(),
  closedAt: instant.nullable(),
  /** What was done, or why it was dropped. */
  closing: z.string().nullable(),
  closedInTime: z.boolean().nullable(),
  can,
});
export type ActionItem = z.output<typeof actionItem>;
export const actionViews = ['open', 'late', 'closed', 'all'] as const;
export const actionsAsk = z.strictObject({
  /** open, late: soonest due first. closed, all: newest first. */
  view: z.enum(actionViews).default('open'),
  mine: z.stringbool().default(false),
  ownerId: idSchema.optional(),
  meetingId: idSchema.optional(),
  seriesId: idSchema.optional(),
  ...paging,
});
export type ActionsAsk = z.output<typeof actionsAsk>;
export const actionPage = list(actionItem).extend({ total: count, counts: z.object({ open: count, late: count, mine: count }) });
export type ActionPage = z.output<typeof actionPage>;

// ── decisions ───────────────────────────────────────────────────────────────

const decided = { itemId: idSchema.nullable().default(null), text: saidWords(2_000, 'Say what was decided.') };
/** Unsaid: it stays a draft; a day: put before both sides at once, to count from then. */
const effectiveFrom = daySchema.optional();
export const newDecision = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('logged'), ...decided }),
  z.strictObject({
    kind: z.literal('definition'),
    ...decided,
    term: termKeySchema,
    /** Unsaid: as in force, to be edited. */
    rule: ruleSchema.optional(),
    wording: words(5_000).optional(),
    effectiveFrom,
  }),
  z.strictObject({
    kind: z.literal('contract'),
    ...decided,
    /** Takes the place of the clause with its key, or is added. Unsaid: the contract as in force, to be edited. */
    clause: clauseSchema.optional(),
    effectiveFrom,
  }),
  /** One side’s verdict on a contested rejection: the other side gives its own. */
  z.strictObject({
    kind: z.literal('ruling'),
    itemId: idSchema.nullable().default(null),
    rejectionId: idSchema,
    verdict: z.enum(['upheld', 'overturned']),
    reason: saidWords(2_000, 'Say why.'),
  }),
]);
export type NewDecision = z.input<typeof newDecision>;
export type DecisionMade = z.output<typeof newDecision>;

export const decision = z.object({
  id: idSchema,
  kind: z.enum(decisionKinds),
  text: z.string(),
  meeting: meetingNamed,
  itemId: idSchema.nullable(),
  /** The item’s sentence. */
  item: z.string().nullable(),
  decidedBy: named,
  decidedAt: instant,
  ledTo: z
    .object({
      kind: z.enum(['definition', 'agreement', 'rejection']),
      id: idSchema,
      name: z.string(),
      /** draft, proposed, signed, withdrawn; of a rejection toJudge, upheld, overturned. */
      status: z.string(),
      opens: z.string(),
    })
    .nullable(),
  withdrawnAt: instant.nullable(),
  can: z.object({ withdraw: whyNot }),
});
export type Decision = z.output<typeof decision>;
export const decisionsAsk = z.strictObject({ seriesId: idSchema.optional(), kind: z.enum(decisionKinds).optional(), ...paging });
export type DecisionsAsk = z.output<typeof decisionsAsk>;
/** Newest first. */
export const decisionPage = list(decision);
export type DecisionPage = z.output<typeof decisionPage>;
