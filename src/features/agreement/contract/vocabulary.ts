/** What a rule may ask: which fields each subject has, how each is compared, and why a rule can't be kept. Read by the server and by the rule builder. */

import { z } from 'zod';
import type { RuleType } from '#engine/rules/reading.ts';
import { type Comparison, comparisons, ruleSubjects, type RuleSubject } from '#engine/rules/rule.ts';
import type { RuleLabels } from '#engine/rules/words.ts';
import { type Field, type FieldType, fieldsOf, leadStages } from '#features/records/contract.ts';

/** A company's own field, as `listCustomFields` gives it. */
export interface OwnField {
  readonly kind: string;
  readonly key: string;
  readonly label: string;
  readonly type: string;
}

/** A field that a condition may ask about. */
export interface VocabularyField {
  readonly of: RuleSubject;
  /** As the rule names it: camelCase, or `custom.<key>`. */
  readonly name: string;
  readonly label: string;
  readonly type: FieldType | 'number';
  readonly choices?: readonly string[] | undefined;
  readonly comparisons: readonly Comparison[];
  /** What became of the lead: known only after it was judged. */
  readonly isOutcome: boolean;
}

/** What a rule of a definition may ask. */
export interface Vocabulary {
  readonly fields: readonly VocabularyField[];
  readonly stages: readonly { readonly stage: string; readonly label: string }[];
}

const equality = ['eq', 'ne', 'in', 'notIn', 'blank', 'notBlank'] as const;
const order = ['gte', 'lte', 'between'] as const;
const stated = ['blank', 'notBlank'] as const;

const ruleTypes: Readonly<Record<VocabularyField['type'], RuleType>> = {
  text: 'text',
  email: 'text',
  phone: 'text',
  domain: 'text',
  choice: 'choice',
  currency: 'choice',
  integer: 'integer',
  percent: 'number',
  number: 'number',
  amount: 'amount',
  boolean: 'boolean',
  instant: 'instant',
  day: 'day',
  member: 'id',
  campaign: 'id',
  account: 'id',
  contact: 'id',
  lead: 'id',
  deal: 'id',
};
export const ruleTypeOf = (type: VocabularyField['type']): RuleType => ruleTypes[type];

/** Records that nobody lists in a rule: only whether there is one is asked. */
const onlyStated: readonly FieldType[] = ['account', 'contact', 'lead', 'deal'];

export function comparisonsOf(type: VocabularyField['type']): readonly Comparison[] {
  if ((onlyStated as readonly string[]).includes(type)) return stated;
  switch (ruleTypeOf(type)) {
    case 'text':
      return [...equality, 'contains'];
    case 'boolean':
      return ['eq', 'ne', ...stated];
    case 'integer':
    case 'number':
    case 'amount':
      return [...equality, ...order];
    case 'instant':
    case 'day':
      return ['eq', 'ne', ...order, ...stated];
    default:
      return equality;
  }
}

/** What says how a lead ended, or how far it came: a rule that asks for it judges by what it should foresee. */
const outcomes: readonly string[] = [
  'mqlAt',
  'salAt',
  'sqlAt',
  'dealAt',
  'wonAt',
  'lostAt',
  'rejectedAt',
  'rejectedReason',
  'recycledAt',
  'recycledUntil',
  'disqualifiedAt',
  'disqualifiedReason',
  'lostReason',
  'status',
  'value',
  'currency',
];

const ownTypes: Readonly<Record<string, VocabularyField['type']>> = { text: 'text', number: 'number', boolean: 'boolean', day: 'day' };

/** Every field of a subject, in the order of the record, the company's own last. */
export function subjectFields(of: RuleSubject, ownFields: readonly OwnField[]): VocabularyField[] {
  const built = fieldsOf[of].map((field: Field) => ({
    of,
    name: field.name,
    label: field.label,
    type: field.type,
    choices: field.choices,
    comparisons: comparisonsOf(field.type),
    isOutcome: of === 'lead' && outcomes.includes(field.name),
  }));
  const own = ownFields.flatMap(({ kind, key, label, type }) => {
    const known = kind === of ? ownTypes[type] : undefined;
    return known ? [{ of, name: `custom.${key}`, label, type: known, comparisons: comparisonsOf(known), isOutcome: false }] : [];
  });
  return [...built, ...own];
}

/**
 * What a rule of a subject may ask: of a touch only what a touch says, of a lead all.
 * @param term of whose definition it is; what only becomes known after it is left out
 */
export function vocabularyOf(subject: 'lead' | 'touch', ownFields: readonly OwnField[], term?: string): Vocabulary {
  const subjects: readonly RuleSubject[] = subject === 'touch' ? ['touch'] : ruleSubjects;
  const fields = subjects.flatMap((of) => subjectFields(of, ownFields)).filter((field) => !isForesight(field, term));
  return {
    fields,
    stages:
      subject === 'touch'
        ? []
        : leadStages.filter(({ stage }) => !isForesightStage(stage, term)).map(({ stage, label }) => ({ stage, label })),
  };
}

// ── what is known when ──────────────────────────────────────────────────────

/**
 * The first stage that is known only after a lead was judged by the term. A SAL is an act of the rep, an SQL one of a
 * conversation: their own stage is what they are about. A lead becomes an MQL because the definition says so.
 */
const firstUnknownStage: Readonly<Record<string, string>> = { mql: 'mql', icp: 'mql', sal: 'sql', sql: 'deal' };

const stageNames: readonly string[] = leadStages.map(({ stage }) => stage);

export function isForesightStage(stage: string, term: string | undefined): boolean {
  const unknown = term === undefined ? undefined : firstUnknownStage[term];
  return unknown !== undefined && stageNames.indexOf(stage) >= stageNames.indexOf(unknown);
}

export function isForesight(field: Pick<VocabularyField, 'name' | 'isOutcome'>, term: string | undefined): boolean {
  if (!field.isOutcome || term === undefined || !(term in firstUnknownStage)) return false;
  const stage = leadStages.find((each) => each.field === field.name)?.stage;
  return stage === undefined || isForesightStage(stage, term);
}

// ── labels ──────────────────────────────────────────────────────────────────

/** What sentences need of a vocabulary. */
export function fieldLabels(ownFields: readonly OwnField[]): Required<Pick<RuleLabels, 'fields' | 'stages'>> {
  const all = ruleSubjects.flatMap((of) => subjectFields(of, ownFields));
  return {
    fields: Object.fromEntries(all.map((field) => [`${field.of}.${field.name}`, { label: field.label, type: ruleTypeOf(field.type) }])),
    stages: Object.fromEntries(leadStages.map(({ stage, label }) => [stage, label])),
  };
}

// ── over the API ────────────────────────────────────────────────────────────

export const vocabularyAsk = z.strictObject({
  subject: z.enum(['lead', 'touch']).default('lead'),
  /** Leaves out what only becomes known after a lead was judged by this term. */
  term: z.string().max(40).optional(),
});
export const vocabularyAnswer = z.object({
  fields: z.array(
    z.object({
      of: z.enum(ruleSubjects),
      name: z.string(),
      label: z.string(),
      type: z.string(),
      choices: z.array(z.string()).optional(),
      comparisons: z.array(z.enum(comparisons)),
      isOutcome: z.boolean(),
    }),
  ),
  stages: z.array(z.object({ stage: z.string(), label: z.string() })),
});
