/** What happens to a lead between the sides: to whom it goes, by when, what sales decides, and due process for what it rejects. */

import { z } from 'zod';
import { handoffStates, verbs } from '#engine/handoff/states.ts';
import { idSchema, leadClock, named } from '#features/agreement/contract.ts';
import { ruleSchema } from '#features/agreement/contract/rules.ts';

export const byId = z.strictObject({ id: idSchema });
const instant = z.string();
const day = z.iso.date('is a day like 2026-03-31');
const comment = z.string().trim().max(5_000);
const saidWhy = comment.min(1, 'Say why.');
const money = z.object({ amount: z.string(), currency: z.string().nullable() });

/** A clause of a definition: its path within the version, and what it says. */
const namedClause = z.object({ path: z.string(), sentence: z.string() });

// ── the inbox ───────────────────────────────────────────────────────────────

export const inboxAsk = z.strictObject({
  /** Whose inbox: a member's id, `me` (default), or `all` for a manager. */
  of: z.union([z.enum(['me', 'all']), idSchema]).default('me'),
  state: z.enum(['open', 'waiting', 'accepted', 'unrouted']).default('open'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
export const inboxItem = z.object({
  leadId: idSchema,
  name: z.string(),
  company: z.string().nullable(),
  title: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  country: z.string().nullable(),
  segment: z.string().nullable(),
  origin: z.string().nullable(),
  channel: z.string().nullable(),
  campaign: named.nullable(),
  account: named.nullable(),
  owner: named.nullable(),
  /** Who in marketing is on it: the campaign's owner. */
  marketer: named.nullable(),
  state: z.enum(handoffStates),
  mqlAt: instant.nullable(),
  routedAt: instant.nullable(),
  /** The next thing due and when; null when nothing is. */
  next: z.object({ clause: z.string(), title: z.string(), dueAt: instant, overdue: z.boolean() }).nullable(),
  attempts: z.number().int(),
  lastAttemptAt: instant.nullable(),
  /** As `version` of the detail: send it with a verb. */
  version: z.string(),
});
export type InboxItem = z.output<typeof inboxItem>;
export const inboxPage = z.object({
  items: z.array(inboxItem),
  next: z.string().nullable(),
  /** Of the same inbox, each exact up to 10,000. */
  counts: z.object({ waiting: z.number().int(), accepted: z.number().int(), overdue: z.number().int(), unrouted: z.number().int() }),
});
export type InboxPage = z.output<typeof inboxPage>;

/** Everything about one lead's hand-off: the panel on its page and in the inbox. */
export const handoffDetail = z.object({
  leadId: idSchema,
  /** Null: not an MQL, so not between the sides. */
  state: z.enum(handoffStates).nullable(),
  owner: named.nullable(),
  marketer: named.nullable(),
  campaign: named.nullable(),
  mqlAt: instant.nullable(),
  routedAt: instant.nullable(),
  /** The version of the MQL definition that judged it, and which of its clauses were met. */
  judgement: z
    .object({
      versionId: idSchema,
      number: z.number().int(),
      at: instant,
      passed: z.boolean(),
      clauses: z.array(z.object({ path: z.string(), sentence: z.string(), met: z.boolean() })),
    })
    .nullable(),
  /**
   * The clauses a rejection can name: those of the version that judged it, else of the one in force when it was
   * passed. Null: no definition of MQL is signed, so nothing can be rejected by clause.
   */
  rejectBy: z.object({ versionId: idSchema, number: z.number().int(), clauses: z.array(namedClause) }).nullable(),
  /** What the lead saw and did before it was passed, newest first. */
  seen: z.array(
    z.object({
      at: instant,
      kind: z.string(),
      channel: z.string().nullable(),
      subject: z.string().nullable(),
      campaign: z.string().nullable(),
    }),
  ),
  routing: z.array(
    z.object({
      id: idSchema,
      at: instant,
      kind: z.string(),
      member: named.nullable(),
      team: named.nullable(),
      why: z.array(z.string()),
      by: named.nullable(),
    }),
  ),
  clocks: z.array(leadClock),
  escalations: z.array(z.object({ at: instant, kind: z.string(), clause: z.string(), told: z.array(named), outcome: z.string() })),
  rejections: z.array(z.lazy(() => rejection)),
  /** What the asker can do, and why not. */
  can: z.array(z.object({ verb: z.enum(verbs), label: z.string(), may: z.boolean(), whyNot: z.string().nullable() })),
  /** Changes with every move: send it back as `version` so that nobody acts on what has changed. */
  version: z.string(),
  nextCycleId: idSchema.nullable(),
});
export type HandoffDetail = z.output<typeof handoffDetail>;

// ── verbs ───────────────────────────────────────────────────────────────────

/** Of the detail that was looked at; a lead that moved meanwhile answers 409. */
const version = z.string().max(40).optional();
export const claim = z.strictObject({ version });
export const acceptance = z.strictObject({ version });
export const newRejection = z.strictObject({
  /** Paths of the definition's clauses that were not met. */
  clauses: z.array(z.string().max(40)).min(1, 'Name the clause of the definition that was not met.').max(60),
  comment: saidWhy,
  version,
});
export const recycling = z.strictObject({ until: day, reason: saidWhy, version });
export const disqualification = z.strictObject({ reason: saidWhy, version });
export const qualification = z.strictObject({ comment: comment.default(''), version });
export const reassignment = z.strictObject({
  memberId: idSchema,
  /** `corrected`: it was routed wrongly; the clock of the first does not count and starts anew. */
  wrongRouting: z.boolean().default(false),
  reason: saidWhy,
  version,
});
export const restart = z.strictObject({ reason: comment.default('') });
/** `mended`: what was changed stands in `sets`, fields of the lead by name. */
export const rejectionAnswer = z.strictObject({
  answer: z.enum(['agreed', 'mended', 'contested']),
  comment: saidWhy,
  sets: z.record(z.string().max(80), z.union([z.string().max(20_000), z.number(), z.boolean(), z.null()])).optional(),
});
export const newRuling = z.strictObject({ verdict: z.enum(['upheld', 'overturned']), reason: saidWhy });

// ── rejections ──────────────────────────────────────────────────────────────

export const rejectionStates = ['unanswered', 'agreed', 'mended', 'toJudge', 'upheld', 'overturned'] as const;
export const rejection = z.object({
  id: idSchema,
  lead: z.object({ id: idSchema, name: z.string(), company: z.string().nullable() }),
  campaign: named.nullable(),
  /** Of which definition, and the clauses named, as sentences. */
  versionId: idSchema,
  versionNumber: z.number().int(),
  clauses: z.array(namedClause),
  comment: z.string(),
  rejectedBy: named,
  rejectedAt: instant,
  marketer: named.nullable(),
  state: z.enum(rejectionStates),
  answer: z.object({ answer: z.enum(['agreed', 'mended', 'contested']), by: named, at: instant, comment: z.string() }).nullable(),
  /** Drawn by chance to be judged although marketing agreed. */
  inSample: z.boolean(),
  rulings: z.array(
    z.object({ side: z.string(), member: named, verdict: z.enum(['upheld', 'overturned']), reason: z.string(), at: instant }),
  ),
  ruling: z.enum(['upheld', 'overturned']).nullable(),
  /** Whose verdict is missing. */
  missing: z.array(z.enum(['marketing', 'sales', 'leadership'])),
  mayAnswer: z.boolean(),
  /** Why the asker may not judge it; null: may. */
  mayNotJudge: z.string().nullable(),
});
export type Rejection = z.output<typeof rejection>;
export const rejectionsAsk = z.strictObject({
  state: z.enum([...rejectionStates, 'all']).default('unanswered'),
  /** Only what is mine to answer or to judge. */
  mine: z.stringbool().default(false),
  leadId: idSchema.optional(),
  start: day.optional(),
  end: day.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
export const rejectionPage = z.object({ items: z.array(rejection), next: z.string().nullable(), total: z.number().int().nullable() });

export const qualityAsk = z.strictObject({
  start: day.optional(),
  end: day.optional(),
  by: z.enum(['none', 'segment', 'channel', 'origin', 'campaign', 'person', 'clause', 'month']).default('none'),
});
const qualityCounts = z.object({
  /** Leads passed to sales in the period, those sales decided on, those it rejected. */
  passed: z.number().int(),
  decided: z.number().int(),
  rejected: z.number().int(),
  mended: z.number().int(),
  overturned: z.number().int(),
  /** Decided, and rejected for good: neither mended nor overturned. */
  lost: z.number().int(),
  /** Lead quality: (decided − lost) ÷ decided. */
  leadQuality: z.number().nullable(),
  /** Rejections of these leads that were judged, and those upheld; reject accuracy = upheld ÷ judged. */
  judged: z.number().int(),
  upheld: z.number().int(),
  rejectAccuracy: z.number().nullable(),
  /** The same over the random sample alone, which is not biased by what gets contested. */
  sampled: z.number().int(),
  sampledUpheld: z.number().int(),
  sampleAccuracy: z.number().nullable(),
  /** Where the leads behind these numbers are; `which` says behind which of them. */
  recordsUrl: z.string(),
});
export const qualityAnswer = z.object({
  start: z.string(),
  end: z.string(),
  by: z.string(),
  total: qualityCounts,
  rows: z.array(qualityCounts.extend({ group: z.string().nullable(), label: z.string() })),
  notes: z.array(z.string()),
});

export const qualityCountsNamed = [
  'passed',
  'decided',
  'rejected',
  'mended',
  'overturned',
  'lost',
  'judged',
  'upheld',
  'sampled',
  'sampledUpheld',
] as const;
/** The leads behind a number of `qualityAnswer`; of those that count rejections, a lead stands there once for each. */
export const qualityRecordsAsk = qualityAsk.extend({
  /** JSON: a group's value, `null` for not stated. */
  group: z.string().max(2_000).optional(),
  which: z.enum(qualityCountsNamed).default('passed'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
export const qualityRecords = z.object({
  items: z.array(
    z.object({
      leadId: idSchema,
      leadName: z.string(),
      company: z.string().nullable(),
      segment: z.string().nullable(),
      owner: named.nullable(),
      campaign: named.nullable(),
      mqlAt: instant,
      decidedAt: instant.nullable(),
      state: z.enum(handoffStates),
      /** The rejection that counts here, or the lead's latest; null: none. */
      rejection: z.object({ id: idSchema, state: z.enum(rejectionStates), clauses: z.array(z.string()) }).nullable(),
    }),
  ),
  next: z.string().nullable(),
  total: z.number().int().nullable(),
});

// ── routing ─────────────────────────────────────────────────────────────────

export const routingTarget = z.strictObject({
  /** A team's rotation, or one member. */
  teamId: idSchema.nullable().default(null),
  memberId: idSchema.nullable().default(null),
});
export const routingContent = z.strictObject({
  on: z.boolean().default(true),
  /** An account's owner, if a rep at work, keeps its leads. */
  accountOwnerKeeps: z.boolean().default(true),
  /** In order; the first that holds decides. */
  rules: z
    .array(z.strictObject({ name: z.string().trim().min(1).max(200), when: ruleSchema, to: routingTarget }))
    .max(200)
    .default([]),
  /** When no rule holds. */
  otherwise: routingTarget.default({ teamId: null, memberId: null }),
  /** By member: share in the rotation and the most leads open at a time (null: no limit). Unnamed members weigh 1. */
  members: z
    .array(
      z.strictObject({
        memberId: idSchema,
        weight: z.number().min(0).max(100).default(1),
        capacity: z.int().min(0).max(100_000).nullable().default(null),
      }),
    )
    .max(5_000)
    .default([]),
  /** Only to reps whose calendar says they work now; else to those who are back first. */
  workingHoursOnly: z.boolean().default(true),
  /** Leads the one who comes back may be given ahead of the others to catch up. */
  catchUpLeads: z.number().min(0).max(100).default(2),
});
export type RoutingContent = z.output<typeof routingContent>;
/** `after`: the number of the version it was made from (0: none); one made by somebody else meanwhile answers 409. */
export const routingChange = routingContent.extend({ after: z.int().min(0).optional() });
export const routingMade = z.object({ id: idSchema, number: z.number().int() });
export const routingVersion = z.object({
  id: idSchema,
  number: z.number().int(),
  content: routingContent,
  effectiveAt: instant,
  madeBy: named.nullable(),
});
export const routingAnswer = z.object({
  current: routingVersion.nullable(),
  versions: z.array(z.object({ id: idSchema, number: z.number().int(), effectiveAt: instant, madeBy: named.nullable() })),
  rotation: z.array(
    z.object({
      member: named,
      team: named.nullable(),
      weight: z.number(),
      capacity: z.number().int().nullable(),
      /** Leads waiting or being worked. */
      open: z.number().int(),
      /** Leads given by the team's rotation so far. */
      given: z.number().int(),
      lastGivenAt: instant.nullable(),
      /** Why no lead goes there by rotation now; null: takes part. */
      out: z.string().nullable(),
      /** Whose turn it is in this team. */
      next: z.boolean(),
      /** Taken out by a person or the ladder, until put back. */
      removal: z.object({ since: instant, reason: z.string().nullable() }).nullable(),
    }),
  ),
});
export type RoutingAnswer = z.output<typeof routingAnswer>;
export const byMember = z.strictObject({ memberId: idSchema });
export const rotationRemoval = z.strictObject({ reason: saidWhy });
/** Where would this lead go? By id, or by stated fields. Changes nothing. */
export const routingTry = z.strictObject({
  leadId: idSchema.optional(),
  sets: z.record(z.string().max(80), z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()])).optional(),
  content: routingContent.optional(),
  at: z.iso.datetime({ offset: true }).optional(),
});
export const routingTried = z.object({ member: named.nullable(), team: named.nullable(), why: z.array(z.string()) });
export type RoutingTried = z.output<typeof routingTried>;

// ── speed to lead ───────────────────────────────────────────────────────────

export const speedGroupings = ['none', 'origin', 'channel', 'campaign', 'segment', 'person', 'team', 'hour', 'weekday', 'month'] as const;
export const speedAsk = z.strictObject({
  start: day.optional(),
  end: day.optional(),
  by: z.enum(speedGroupings).default('none'),
  /** Minutes for “% within T”: working minutes. Unsaid: those of the first-attempt clause in force, else 60. */
  within: z.coerce.number().int().min(1).max(100_000).optional(),
});
const speedCounts = {
  leads: z.number().int(),
  /** With an evidenced attempt. */
  attempted: z.number().int(),
  /** Minutes, nearest rank, over the attempted. */
  medianWorking: z.number().nullable(),
  p90Working: z.number().nullable(),
  medianWall: z.number().nullable(),
  p90Wall: z.number().nullable(),
  /** Of all leads whose time is up or who were attempted: attempted within T ÷ those. */
  within: z.number().int(),
  judged: z.number().int(),
  withinShare: z.number().nullable(),
};
export const speedAnswer = z.object({
  start: z.string(),
  end: z.string(),
  by: z.enum(speedGroupings),
  withinMinutes: z.number().int(),
  timeZone: z.string(),
  formula: z.string(),
  total: z.object({ ...speedCounts, recordsUrl: z.string() }),
  rows: z.array(z.object({ group: z.string().nullable(), label: z.string(), ...speedCounts, recordsUrl: z.string() })),
  /** Conversion to SQL by wall time to the first attempt, the company's own, with 95 % Wilson intervals. */
  curve: z.object({
    to: z.string(),
    buckets: z.array(
      z.object({
        fromMinutes: z.number(),
        toMinutes: z.number().nullable(),
        label: z.string(),
        leads: z.number().int(),
        converted: z.number().int(),
        rate: z.number().nullable(),
        low: z.number().nullable(),
        high: z.number().nullable(),
        enough: z.boolean(),
        recordsUrl: z.string(),
      }),
    ),
    /** Leads too young to have converted, left out. */
    censored: z.number().int(),
    enough: z.boolean(),
    says: z.string(),
  }),
  notes: z.array(z.string()),
});
export type SpeedAnswer = z.output<typeof speedAnswer>;
export const speedRecordsAsk = z.strictObject({
  start: day.optional(),
  end: day.optional(),
  by: z.enum(speedGroupings).default('none'),
  group: z.string().max(500).optional(),
  within: z.coerce.number().int().min(1).max(100_000).optional(),
  /**
   * `bucket`, `converted`: of the leads the curve rests on, tried above `fromMinutes` and at most `toMinutes` after the
   * start; `bucketNever`, `convertedNever`: those never tried.
   */
  which: z.enum(['leads', 'attempted', 'within', 'late', 'never', 'bucket', 'converted', 'bucketNever', 'convertedNever']).default('leads'),
  fromMinutes: z.coerce.number().min(0).optional(),
  toMinutes: z.coerce.number().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(300).optional(),
});
export const speedRecords = z.object({
  items: z.array(
    z.object({
      leadId: idSchema,
      leadName: z.string(),
      company: z.string().nullable(),
      owner: named.nullable(),
      startedAt: instant.nullable(),
      firstAttemptAt: instant.nullable(),
      workingMinutes: z.number().nullable(),
      wallMinutes: z.number().nullable(),
      stage: z.string(),
    }),
  ),
  next: z.string().nullable(),
  total: z.number().int().nullable(),
});

/** Who hands to whom: SDR by rep, with what became of it. */
export const matrixAsk = z.strictObject({ start: day.optional(), end: day.optional() });
const matrixCounts = {
  leads: z.number().int(),
  sql: z.number().int(),
  deals: z.number().int(),
  won: z.number().int(),
  /** Calendar days from MQL (first contact) to won, nearest rank. */
  medianDaysToWon: z.number().int().nullable(),
  negativeCycles: z.number().int(),
  /** Of the leads won. */
  values: z.array(money),
  /** The leads of each number. */
  recordsUrl: z.string(),
  sqlUrl: z.string(),
  dealsUrl: z.string(),
  wonUrl: z.string(),
  negativeUrl: z.string(),
};
export const matrixAnswer = z.object({
  sdrs: z.array(z.object({ member: named.nullable(), ...matrixCounts })),
  reps: z.array(z.object({ member: named.nullable(), ...matrixCounts })),
  cells: z.array(z.object({ sdr: named.nullable(), rep: named.nullable(), ...matrixCounts })),
  notes: z.array(z.string()),
});
/** JSON: an id in quotes, or `null` for nobody. */
const memberOrNobody = z
  .string()
  .max(40)
  .transform((text, check): string | null => {
    if (text === 'null') return null;
    const id = idSchema.safeParse(text.replace(/^"(.*)"$/, '$1'));
    if (id.success) return id.data;
    check.addIssue({ code: 'custom', message: 'is an id in quotes, or null for nobody' });
    return z.NEVER;
  });
/** The leads behind a number of the matrix that no filter of the list of leads can say. */
export const matrixRecordsAsk = matrixAsk.extend({
  sdr: memberOrNobody.optional(),
  rep: memberOrNobody.optional(),
  which: z.enum(['leads', 'won', 'negative']).default('negative'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
export const matrixRecords = z.object({
  items: z.array(z.looseObject({ id: z.string() })),
  next: z.string().nullable(),
  total: z.number().int().nullable(),
});
