/** What sales asks of marketing: a campaign, content, an answer to an objection; votes, cases behind it, and marketing's answer. */

import { z } from 'zod';
import { proposalKinds, proposalStates, proposalVerbs } from '#engine/campaigns/proposal-states.ts';
import { idSchema, named } from '#features/agreement/contract.ts';

const instant = z.string().describe('ISO 8601 in UTC');
const day = z.iso.date('is a day like 2026-03-31');
const count = z.number().int();
const text = (most: number) => z.string().trim().max(most);
const saidWhy = text(2_000).min(1, 'Say why.');

export const byProposal = z.strictObject({ id: idSchema });
export const byCase = z.strictObject({ id: idSchema, caseId: idSchema });

// ── asking ──────────────────────────────────────────────────────────────────

export const proposalSorts = ['votes', 'value', 'due', 'newest'] as const;
export const proposalsAsk = z.strictObject({
  /** `live`: open and planned; `late`: open past its due moment, or planned past its day. */
  state: z.enum([...proposalStates, 'live', 'late', 'all']).default('live'),
  kind: z.enum(proposalKinds).optional(),
  /** Only those the asker proposed. */
  mine: z.stringbool().default(false),
  /** Words of title and text, in any order. */
  search: text(200).optional(),
  /** A title being written: those whose titles share telling words with it, the most alike first, whatever the sort. */
  like: text(200).optional(),
  sort: z.enum(proposalSorts).default('votes'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: text(200).optional(),
});
export type ProposalsAsk = z.output<typeof proposalsAsk>;

// ── saying ──────────────────────────────────────────────────────────────────

const title = text(200).min(3, 'Give it a title that says what is asked for.');
const about = text(5_000).default('');
export const newProposal = z.strictObject({
  kind: z.enum(proposalKinds),
  title,
  text: about,
  /** Real leads and deals behind it. */
  cases: z
    .array(z.strictObject({ kind: z.enum(['lead', 'deal']), id: idSchema, note: text(2_000).default('') }))
    .max(50)
    .default([]),
});
export type NewProposal = z.output<typeof newProposal>;
export const proposalMade = z.object({ id: idSchema });
export const proposalEdit = z.strictObject({
  kind: z.enum(proposalKinds).optional(),
  title: title.optional(),
  text: text(5_000).optional(),
});
export type ProposalEdit = z.output<typeof proposalEdit>;
export const newCase = z.strictObject({ kind: z.enum(['lead', 'deal']), id: idSchema, note: text(2_000).default('') });
export type NewCase = z.output<typeof newCase>;

/** `version` of the detail that was answered: one that changed meanwhile answers 409. */
const version = z.string().max(60).optional();
export const proposalAnswer = z
  .strictObject({
    answer: z.enum(['planned', 'done', 'declined']),
    /** Needed to decline; what is planned or where it is, otherwise. */
    comment: text(2_000).default(''),
    /** Planned: the day by which it is there. */
    plannedOn: day.optional(),
    /** The campaign or the content that answers it. */
    campaignId: idSchema.optional(),
    assetId: idSchema.optional(),
    version,
  })
  .superRefine((answer, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (answer.answer === 'declined' && answer.comment === '') refuse('comment', 'Say why it is declined.');
    if (answer.answer === 'planned' && !answer.plannedOn) refuse('plannedOn', 'Name the day by which it will be there.');
    if (answer.answer === 'done' && !answer.campaignId && !answer.assetId && answer.comment === '')
      refuse('comment', 'Name the campaign or the content, or say where it is.');
    if (answer.answer !== 'planned' && answer.plannedOn) refuse('plannedOn', 'Only what is planned has a day.');
    if (answer.answer === 'declined' && (answer.campaignId || answer.assetId)) refuse('answer', 'What is declined leads to nothing.');
  });
export type ProposalAnswer = z.output<typeof proposalAnswer>;
export const proposalWithdrawal = z.strictObject({ reason: text(2_000).default(''), version });
export const proposalReopening = z.strictObject({ reason: saidWhy, version });
export const proposalSettings = z.strictObject({
  /** Working days within which marketing answers, by the workspace's calendar. */
  answerDays: z.int().min(1, 'at least one working day').max(60, 'at most 60 working days'),
});
export const proposalSettingsAnswer = z.object({ answerDays: count, setBy: named.nullable(), setAt: instant.nullable() });

// ── answers ─────────────────────────────────────────────────────────────────

const behind = {
  deals: count,
  /** In the workspace's currency, minor units. Deals whose amount is not known, or has no rate, count among `deals` only. */
  amount: z.string(),
  /** The deals behind it. */
  recordsUrl: z.string(),
};
export const valueBehind = z.object({
  currency: z.string(),
  open: z.object(behind),
  won: z.object(behind),
  lost: z.object(behind),
  /** Open, won or lost deals without an amount, or in a currency without a rate. */
  withoutAmount: count,
  /** Cases that are leads without a deal. */
  leadsWithoutDeal: count,
});

const dueState = z.enum(['inTime', 'late', 'open', 'overdue', 'none']);
export const proposalItem = z.object({
  id: idSchema,
  kind: z.enum(proposalKinds),
  title: z.string(),
  text: z.string(),
  state: z.enum(proposalStates),
  proposedBy: named,
  side: z.enum(['marketing', 'sales', 'leadership']),
  proposedAt: instant,
  votes: count,
  /** Whether the asker voted. */
  voted: z.boolean(),
  /** Why the asker can’t vote now; null: can. */
  mayNotVote: z.string().nullable(),
  cases: count,
  value: valueBehind,
  /** The last moment of an answer in time, by the workspace's calendar; the day it falls on there. */
  dueAt: instant.nullable(),
  dueOn: z.string().nullable(),
  /** Answered in time or late; not answered, and still in time or overdue; `none`: withdrawn before an answer. */
  answered: dueState,
  /** Working days between the due moment and the answer, or now; 0 when in time. */
  lateDays: count,
  /** Planned for a day that has passed without being done. */
  promiseBroken: z.boolean(),
  plannedOn: z.string().nullable(),
  campaign: named.nullable(),
  asset: named.nullable(),
  /** Of the latest answer. */
  comment: z.string().nullable(),
  answeredAt: instant.nullable(),
  answeredBy: named.nullable(),
  version: z.string(),
});
export type ProposalItem = z.output<typeof proposalItem>;

export const proposalsPage = z.object({
  items: z.array(proposalItem),
  next: z.string().nullable(),
  total: count,
  /** Of all proposals, whatever was asked. */
  counts: z.object({
    open: count,
    planned: count,
    done: count,
    declined: count,
    withdrawn: count,
    late: count,
    /** First answers that fell due: in time ÷ due is how marketing keeps its word. */
    answersDue: count,
    answersInTime: count,
  }),
  currency: z.string(),
  answerDays: count,
  /** Why the asker may not propose; null: may. */
  mayNotPropose: z.string().nullable(),
});
export type ProposalsPage = z.output<typeof proposalsPage>;

export const proposalCase = z.object({
  id: idSchema,
  kind: z.enum(['lead', 'deal']),
  recordId: idSchema,
  name: z.string(),
  company: z.string().nullable(),
  /** Of the lead its stage, of the deal open, won or lost. */
  stage: z.string(),
  /** Of a deal, or of the lead's deals, in their own currency; null: not known. */
  amount: z.object({ amount: z.string(), currency: z.string() }).nullable(),
  note: z.string(),
  addedBy: named,
  addedAt: instant,
  /** Why the asker may not take it out; null: may. */
  mayNotRemove: z.string().nullable(),
});

const can = z.record(z.enum(proposalVerbs), z.string().nullable());
export const proposalDetail = proposalItem.extend({
  voters: z.array(named.extend({ at: instant })),
  /** The latest 100 cases. */
  caseList: z.array(proposalCase),
  /** Everything that happened, oldest first. */
  history: z.array(
    z.object({
      at: instant,
      what: z.enum(['proposed', 'edited', 'planned', 'done', 'declined', 'withdrawn', 'reopened']),
      by: named.nullable(),
      comment: z.string(),
      plannedOn: z.string().nullable(),
      campaign: named.nullable(),
      asset: named.nullable(),
      /** Of an answer: whether it came in time. */
      inTime: z.boolean().nullable(),
    }),
  ),
  /** By verb: why the asker can't; null: can. */
  can,
});
export type ProposalDetail = z.output<typeof proposalDetail>;

export const valueAsk = z.strictObject({
  which: z.enum(['open', 'won', 'lost']).default('open'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: text(200).optional(),
});
export const valueDeals = z.object({
  items: z.array(
    z.object({
      id: idSchema,
      name: z.string(),
      account: named.nullable(),
      owner: named.nullable(),
      status: z.enum(['open', 'won', 'lost']),
      amount: z.string().nullable(),
      currency: z.string().nullable(),
      /** In the workspace's currency; null: not known, or no rate. */
      booked: z.string().nullable(),
      /** The case that names it, itself or by its lead. */
      caseId: idSchema,
    }),
  ),
  next: z.string().nullable(),
  total: count,
});

/** What waits for the asker: answers due, for marketing; answers given since, for who proposed. */
export const proposalsWaiting = z.object({
  toAnswer: z.array(proposalItem),
  /** Of all that is open; `toAnswer` shows the first few, due first. */
  open: count,
  overdue: count,
  brokenPromises: count,
  /** The asker's own that were answered in the last seven days. */
  answered: z.array(proposalItem),
});
export type ProposalsWaiting = z.output<typeof proposalsWaiting>;
