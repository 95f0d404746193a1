/** What the two sides agreed: terms and their definitions, the clauses, who signed, and whether each side keeps it. */

import { z } from 'zod';
import { agreementContentSchema, clauseSchema } from './contract/clauses.ts';
import { ruleSchema } from './contract/rules.ts';

export const idSchema = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'is an id like 0197a0c0-1111-7abc-8def-0123456789ab');
export const byId = z.strictObject({ id: idSchema });
const instant = z.string();
export const daySchema = z.iso.date('is a day like 2026-03-31');
export const named = z.object({ id: idSchema, name: z.string() });
const plainText = (most: number) => z.string().trim().max(most);

// ── terms ───────────────────────────────────────────────────────────────────

/** The field's terms that every agreement needs; `subject` is what their rule is asked about. */
export const builtInTerms = [
  { key: 'mql', name: 'MQL', subject: 'lead', about: 'A lead that marketing passes to sales.' },
  { key: 'sal', name: 'SAL', subject: 'lead', about: 'A lead that sales looked at and agreed to work.' },
  { key: 'sql', name: 'SQL', subject: 'lead', about: 'A lead in which a conversation confirmed a real opportunity.' },
  { key: 'icp', name: 'ICP', subject: 'lead', about: 'Companies we want as customers: the ideal customer profile.' },
  {
    key: 'attempt',
    name: 'Attempt',
    subject: 'touch',
    about: 'A touch by a rep that tries to reach the lead. Automatic messages never are.',
  },
  { key: 'sourced', name: 'Marketing-sourced', subject: 'lead', about: 'A lead that exists because of marketing.' },
  { key: 'customer', name: 'Customer', subject: 'lead', about: 'A lead whose company bought.' },
  { key: 'churned', name: 'Churned', subject: 'lead', about: 'A customer that left.' },
] as const;

export const termKeySchema = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, 'Small letters, digits and hyphens, such as key-account.');
export const versionStates = ['draft', 'proposed', 'signed', 'withdrawn'] as const;
export const versionState = z.enum(versionStates);
export type VersionState = z.output<typeof versionState>;

/** What may be done with a version in which state, and why not: read by server, screens and docs. */
export const versionCan = {
  edit: { from: ['draft'], otherwise: 'Only a draft is edited: a proposal stays as it was read. Make a new version from it.' },
  propose: { from: ['draft'], otherwise: 'It was proposed already.' },
  sign: { from: ['proposed'], otherwise: 'Only a proposal can be signed.' },
  withdraw: { from: ['draft', 'proposed'], otherwise: 'What both sides signed is replaced by a new version, not withdrawn.' },
  backTest: { from: ['draft', 'proposed', 'signed', 'withdrawn'], otherwise: '' },
} as const satisfies Record<string, { from: readonly (typeof versionStates)[number][]; otherwise: string }>;

export const signature = z.object({
  side: z.enum(['marketing', 'sales']),
  member: named,
  onBehalf: z.boolean(),
  signedAt: instant,
  contentHash: z.string(),
});
const comment = z.object({ id: idSchema, member: named, side: z.string(), text: z.string(), saidAt: instant });
/** Who signs says what was read: the version's `contentHash`, and, to be sure, for which side. */
export const newSignature = z.strictObject({
  contentHash: z.string().regex(/^[0-9a-f]{64}$/, 'is the content hash of the version that was read'),
  side: z.enum(['marketing', 'sales']).optional(),
});
/** Whether the asker may sign, for which side, and if not, why. */
export const signing = z.object({ side: z.enum(['marketing', 'sales']).nullable(), onBehalf: z.boolean(), whyNot: z.string().nullable() });

const example = z.strictObject({ text: plainText(500).min(1), meets: z.boolean() });
export const definitionDraft = z.strictObject({
  text: plainText(5_000).min(1, 'Say in words what is meant.'),
  rule: ruleSchema,
  examples: z.array(example).max(50).default([]),
});
export const newDefinition = definitionDraft.extend({ term: termKeySchema });
export const proposal = z.strictObject({ effectiveFrom: daySchema });
export const newTerm = z.strictObject({
  key: termKeySchema,
  name: plainText(80).min(1),
  about: plainText(500).default(''),
  subject: z.enum(['lead', 'touch']),
});

export const definitionVersion = z.object({
  id: idSchema,
  term: z.string(),
  number: z.number().int(),
  status: versionState,
  text: z.string(),
  rule: ruleSchema,
  examples: z.array(z.object({ text: z.string(), meets: z.boolean() })),
  /** The rule as a sentence, and its clauses by path, by which a rejection names what was not met. */
  sentence: z.string(),
  clauses: z.array(z.object({ path: z.string(), sentence: z.string() })),
  /** The day that was signed. */
  effectiveFrom: z.string().nullable(),
  /** Signed: when it began or will begin to count. A first version counts from its day; a later one never before both had signed. */
  effectiveAt: instant.nullable(),
  /** Signed, in effect now, and not followed by another. */
  inForce: z.boolean(),
  contentHash: z.string().nullable(),
  madeBy: named.nullable(),
  madeAt: instant,
  proposedAt: instant.nullable(),
  signedAt: instant.nullable(),
  withdrawnAt: instant.nullable(),
  signatures: z.array(signature),
  comments: z.array(comment),
  signing,
  /** What this version changes, in clause sentences: while open, against the last one signed; then against the one signed before it. */
  diff: z
    .object({ against: z.number().int(), added: z.array(z.string()), removed: z.array(z.string()), kept: z.array(z.string()) })
    .nullable(),
});
export type DefinitionVersion = z.output<typeof definitionVersion>;

export const term = z.object({
  key: z.string(),
  name: z.string(),
  about: z.string(),
  subject: z.enum(['lead', 'touch']),
  builtIn: z.boolean(),
  inForce: z
    .object({ id: idSchema, number: z.number().int(), sentence: z.string(), text: z.string(), effectiveFrom: z.string() })
    .nullable(),
  /** Drafts and proposals waiting for somebody. */
  open: z.array(
    z.object({ id: idSchema, number: z.number().int(), status: versionState, missing: z.array(z.enum(['marketing', 'sales'])) }),
  ),
});
export type Term = z.output<typeof term>;
export const termDetail = term.extend({
  /** Newest first. */
  versions: z.array(
    z.object({
      id: idSchema,
      number: z.number().int(),
      status: versionState,
      sentence: z.string(),
      effectiveFrom: z.string().nullable(),
      signedAt: instant.nullable(),
      inForce: z.boolean(),
      missing: z.array(z.enum(['marketing', 'sales'])),
      madeBy: named.nullable(),
      madeAt: instant,
    }),
  ),
});
export type TermDetail = z.output<typeof termDetail>;

// ── back-test ───────────────────────────────────────────────────────────────

export const backTestAsk = z.strictObject({
  /** Leads opened in these days, both included; unsaid: the last twelve months. */
  start: daySchema.optional(),
  end: daySchema.optional(),
  by: z.enum(['segment', 'channel', 'origin', 'campaign', 'month']).default('segment'),
});
const sideBySide = z.object({
  /** All leads of the period. */
  leads: z.number().int(),
  /** Passed by the version in force (or, without one, those the source calls MQLs), and by the proposed one. */
  passedNow: z.number().int(),
  passedThen: z.number().int(),
  /** Passed by both, by the proposed one only, by the present one only. */
  both: z.number().int(),
  added: z.number().int(),
  dropped: z.number().int(),
  /** Won leads among those passed now that the proposed version would pass as well, and would not; and won leads that only it would pass. */
  customersKept: z.number().int(),
  customersLost: z.number().int(),
  customersGained: z.number().int(),
  /** Minor units of the workspace's currency: value of the customers lost and kept. */
  valueKept: z.string(),
  valueLost: z.string(),
  /** Working time of reps saved (positive) or added (negative): attempts that leads dropped and added took, or would take at the mean. Minutes. */
  repMinutesSaved: z.number().int(),
  /** Won ÷ passed, null where none passed. */
  closeRateNow: z.number().nullable(),
  closeRateThen: z.number().nullable(),
});
export type SideBySide = z.output<typeof sideBySide>;
export const backTest = z.object({
  id: idSchema,
  versionId: idSchema,
  against: z.object({ id: idSchema, number: z.number().int() }).nullable(),
  start: z.string(),
  end: z.string(),
  by: z.string(),
  runAt: instant,
  member: named.nullable(),
  total: sideBySide,
  rows: z.array(sideBySide.extend({ group: z.string().nullable(), label: z.string() })),
  /** How it was counted, and what it can't tell. */
  notes: z.array(z.string()),
});
export type BackTest = z.output<typeof backTest>;
export const backTestRecordsAsk = z.strictObject({
  /** A back-test that was run: its period, groups, moment and comparison. Without it, as one run now would count. */
  backTest: idSchema.optional(),
  which: z.enum(['leads', 'passedNow', 'passedThen', 'both', 'added', 'dropped', 'customersKept', 'customersLost', 'customersGained']),
  start: daySchema.optional(),
  end: daySchema.optional(),
  by: z.enum(['segment', 'channel', 'origin', 'campaign', 'month']).optional(),
  /** JSON: a group's value, `null` for not stated. */
  group: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
/** Leads as lists show them. */
export const leadPage = z.object({
  items: z.array(z.looseObject({ id: z.string() })),
  next: z.string().nullable(),
  total: z.number().int().nullable(),
});

/** One lead, or one stated by hand, put to a rule: what of it holds. */
export const tryRule = z.strictObject({ rule: ruleSchema, leadId: idSchema.optional() });
export const tried = z.object({
  lead: named.nullable(),
  passed: z.boolean(),
  clauses: z.array(z.object({ path: z.string(), sentence: z.string(), met: z.boolean(), found: z.string() })),
});

// ── the contract ────────────────────────────────────────────────────────────

export const agreementDraft = z.strictObject({ content: agreementContentSchema });
const capacity = z.object({
  /** Leads a month the reps can work as the clauses ask, and how many are promised or came. */
  leadsPerMonth: z.number(),
  expectedPerMonth: z.number(),
  /** Leads expected × attempts × minutes, in hours a month. */
  neededHours: z.number(),
  /** Reps × selling hours × utilisation: hours a month that may go into leads. */
  availableHours: z.number(),
  /** needed ÷ available, in percent: above 100 it can't be kept. Null when there are no hours. */
  loadPercent: z.number().nullable(),
  /** As assumed or asked: the share of selling hours that may go into leads. */
  utilisationPercent: z.number(),
  reps: z.number().int(),
  sellingHoursPerMonth: z.number(),
  attemptsPerLead: z.number().int(),
  minutesPerAttempt: z.number(),
  minutesPerLead: z.number(),
  holds: z.boolean(),
  formula: z.string(),
  assumptions: z.array(z.string()),
});
export const capacityAsk = z.strictObject({
  content: agreementContentSchema.optional(),
  reps: z.coerce.number().int().min(0).max(100_000).optional(),
  sellingHoursPerMonth: z.coerce.number().min(0).max(744).optional(),
  minutesPerAttempt: z.coerce.number().min(0).max(600).optional(),
  utilisation: z.coerce.number().min(0.05).max(1).optional(),
});
export const capacityAnswer = capacity;

export const agreementVersion = z.object({
  id: idSchema,
  number: z.number().int(),
  status: versionState,
  content: agreementContentSchema,
  /** Each clause as a sentence, in order. */
  sentences: z.array(z.object({ key: z.string(), side: z.enum(['marketing', 'sales']), sentence: z.string() })),
  /** The calendars it counts in, each as a sentence: as they stood when it was proposed, else as they stand. */
  calendars: z.array(z.object({ id: z.string(), sentence: z.string() })),
  effectiveFrom: z.string().nullable(),
  /** Signed: when it began or will begin to count. */
  effectiveAt: instant.nullable(),
  inForce: z.boolean(),
  /** It counts from a day before it was signed: a baseline without consequences up to then. */
  retroactiveUntil: z.string().nullable(),
  contentHash: z.string().nullable(),
  madeBy: named.nullable(),
  madeAt: instant,
  proposedAt: instant.nullable(),
  signedAt: instant.nullable(),
  withdrawnAt: instant.nullable(),
  signatures: z.array(signature),
  comments: z.array(comment),
  signing,
  /** Clause by clause, in sentences; `general`: preamble, review sample, what reached a lead means, calendars. */
  diff: z
    .object({
      against: z.number().int(),
      general: z.array(z.object({ what: z.string(), before: z.string(), after: z.string() })),
      added: z.array(z.string()),
      removed: z.array(z.string()),
      changed: z.array(z.object({ key: z.string(), before: z.string(), after: z.string() })),
    })
    .nullable(),
});
export type AgreementVersion = z.output<typeof agreementVersion>;
/** Where a suggestion comes from: the company's own numbers, good practice, or a blank to fill. */
const suggestedFrom = z.enum(['own', 'practice', 'blank']);
export const agreementTemplates = z.object({
  /** All clauses together, ready to be drafted. */
  content: agreementContentSchema,
  /** The same clauses one by one: as a sentence, and why these numbers. */
  clauses: z.array(z.object({ clause: clauseSchema, sentence: z.string(), from: suggestedFrom, why: z.string() })),
  definitions: z.array(
    z.object({
      term: termKeySchema,
      text: z.string(),
      rule: ruleSchema,
      examples: z.array(z.object({ text: z.string(), meets: z.boolean() })),
      sentence: z.string(),
      from: suggestedFrom,
      why: z.string(),
    }),
  ),
  notes: z.array(z.string()),
});
export type AgreementTemplates = z.output<typeof agreementTemplates>;
export const agreementSummary = z.object({
  inForce: agreementVersion.nullable(),
  versions: z.array(
    z.object({
      id: idSchema,
      number: z.number().int(),
      status: versionState,
      effectiveFrom: z.string().nullable(),
      signedAt: instant.nullable(),
      inForce: z.boolean(),
      missing: z.array(z.enum(['marketing', 'sales'])),
    }),
  ),
  terms: z.array(term),
});

// ── attainment ──────────────────────────────────────────────────────────────

export const attainmentGroupings = ['none', 'side', 'clause', 'team', 'person', 'segment', 'channel', 'origin', 'month', 'week'] as const;
const attainmentScope = {
  start: daySchema.optional(),
  end: daySchema.optional(),
  /** Counted as of this moment, by what was recorded up to then; unsaid: now. */
  asOf: z.iso.datetime({ offset: true }).optional(),
  /** `then`: each lead under the version in force when its clock started. `now`: all under the present version. */
  as: z.enum(['then', 'now']).default('then'),
  clause: z.string().max(80).optional(),
  side: z.enum(['marketing', 'sales']).optional(),
  teamId: idSchema.optional(),
  memberId: idSchema.optional(),
  segment: z.string().max(200).optional(),
};
export const attainmentAsk = z.strictObject({ ...attainmentScope, by: z.enum(attainmentGroupings).default('none') });
export type AttainmentAsk = z.output<typeof attainmentAsk>;
export const evidenceAsk = z.strictObject(attainmentScope);

const counts = {
  /** What fell due, without what was excused: leads, or working days of a pace. */
  due: z.number().int(),
  compliant: z.number().int(),
  late: z.number().int(),
  missed: z.number().int(),
  excused: z.number().int(),
  /** Not due yet. */
  open: z.number().int(),
  /** compliant ÷ due; null when nothing was due. */
  attainment: z.number().nullable(),
};
export const attainmentCounts = z.object(counts);
export type AttainmentCounts = z.output<typeof attainmentCounts>;
export const clauseAttainment = z.object({
  key: z.string(),
  side: z.enum(['marketing', 'sales']),
  title: z.string(),
  sentence: z.string(),
  metric: z.string(),
  targetPercent: z.number(),
  ...counts,
  /** attainment at or above the target; null when nothing was due. */
  kept: z.boolean().nullable(),
  formula: z.string(),
  recordsUrl: z.string(),
  rows: z.array(z.object({ group: z.string().nullable(), label: z.string(), ...counts, recordsUrl: z.string() })),
  /** By month, oldest first. */
  trend: z.array(z.object({ month: z.string(), ...counts })),
  /** Of a pace: where it stood at the end of each working day. Amounts are minor units or leads, as decimal strings. */
  pace: z
    .object({
      unit: z.enum(['leads', 'amount']),
      currency: z.string().nullable(),
      periods: z.array(
        z.object({
          label: z.string(),
          start: z.string(),
          end: z.string(),
          target: z.string(),
          actual: z.string(),
          days: z.array(z.object({ day: z.string(), ideal: z.string(), actual: z.string(), withinTolerance: z.boolean() })),
        }),
      ),
    })
    .nullable(),
});
export type ClauseAttainment = z.output<typeof clauseAttainment>;
export const attainmentAnswer = z.object({
  start: z.string(),
  end: z.string(),
  asOf: z.string(),
  as: z.enum(['then', 'now']),
  by: z.enum(attainmentGroupings),
  timeZone: z.string(),
  rulesVersion: z.string(),
  sides: z.array(z.object({ side: z.enum(['marketing', 'sales']), kept: z.number().int(), broken: z.number().int(), ...counts })),
  clauses: z.array(clauseAttainment),
  notes: z.array(z.string()),
});
export type AttainmentAnswer = z.output<typeof attainmentAnswer>;

export const clockStates = ['open', 'met', 'late', 'missed', 'excused'] as const;
export const attainmentRecordsAsk = z.strictObject({
  ...attainmentScope,
  clause: z.string().max(80),
  by: z.enum(attainmentGroupings).optional(),
  /** JSON: a group's value, `null` for not stated. */
  group: z.string().max(500).optional(),
  which: z.enum(['due', 'compliant', 'late', 'missed', 'excused', 'open', 'all']).default('due'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(300).optional(),
});
/** One lead under one clause: its clock, its evidence, its excuse. Of a pace: one lead that counted. */
export const clauseRecord = z.object({
  leadId: idSchema,
  leadName: z.string(),
  company: z.string().nullable(),
  segment: z.string().nullable(),
  member: named.nullable(),
  versionNumber: z.number().int().nullable(),
  startedAt: instant.nullable(),
  dueAt: instant.nullable(),
  metAt: instant.nullable(),
  state: z.enum(clockStates),
  workingMinutes: z.number().nullable(),
  wallMinutes: z.number().nullable(),
  evidence: z.object({ kind: z.string(), id: z.string().nullable(), says: z.string() }).nullable(),
  excuse: z.string().nullable(),
  /** Of a lead metric: what was missing. */
  missing: z.array(z.string()),
});
export type ClauseRecord = z.output<typeof clauseRecord>;
export const clauseRecords = z.object({ items: z.array(clauseRecord), next: z.string().nullable(), total: z.number().int().nullable() });

/** The state of every clock of one lead, as of a moment. */
export const leadClocksAsk = z.strictObject({ asOf: z.iso.datetime({ offset: true }).optional() });
export const leadClock = clauseRecord.extend({
  clause: z.string(),
  title: z.string(),
  sentence: z.string(),
  side: z.enum(['marketing', 'sales']),
});
export const leadClocks = z.object({ asOf: instant, items: z.array(leadClock) });
export type LeadClock = z.output<typeof leadClock>;

// ── excuses ─────────────────────────────────────────────────────────────────

export const newExcuse = z
  .strictObject({
    kind: z.enum(['outage', 'wrongRouting', 'leave', 'other']),
    side: z.enum(['marketing', 'sales']),
    clauseKey: z.string().max(80).nullable().default(null),
    leadId: idSchema.nullable().default(null),
    memberId: idSchema.nullable().default(null),
    startsAt: z.iso.datetime({ offset: true }).nullable().default(null),
    endsAt: z.iso.datetime({ offset: true }).nullable().default(null),
    reason: plainText(2_000).min(1, 'Say why.'),
  })
  .refine((excuse) => excuse.leadId !== null || excuse.startsAt !== null, 'Name a lead, or from when until when.')
  .refine(
    ({ startsAt, endsAt }) => (startsAt === null ? endsAt === null : endsAt !== null && Date.parse(endsAt) > Date.parse(startsAt)),
    'Say from when until when: both, and the end after the beginning.',
  );
export const excuseDecision = z.strictObject({ decision: z.enum(['granted', 'refused']), reason: plainText(2_000).default('') });
export const excuse = z.object({
  id: idSchema,
  kind: z.string(),
  side: z.enum(['marketing', 'sales']),
  clauseKey: z.string().nullable(),
  lead: named.nullable(),
  member: named.nullable(),
  startsAt: instant.nullable(),
  endsAt: instant.nullable(),
  reason: z.string(),
  askedBy: named,
  askedAt: instant,
  decision: z.enum(['granted', 'refused']).nullable(),
  decidedBy: named.nullable(),
  decidedAt: instant.nullable(),
  decisionReason: z.string().nullable(),
  /** Whether the asker may decide it. */
  mayDecide: z.boolean(),
});

export const list = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable(), total: z.number().int().nullable() });
export const made = z.object({ id: idSchema });
