/** Why a rule can't be kept: told at the very condition, by the server and, before it is sent, by the builder. */

import { askedOf, valuesOf } from '#engine/rules/question.ts';
import type { RuleReading } from '#engine/rules/reading.ts';
import { type FieldCondition, type Rule, ruleLimits } from '#engine/rules/rule.ts';
import { leadStages } from '#features/records/contract.ts';
import {
  comparisonsOf,
  isForesight,
  isForesightStage,
  type OwnField,
  ruleTypeOf,
  subjectFields,
  type VocabularyField,
} from './vocabulary.ts';

export interface RuleProblem {
  /** Where: `all.1.touches.where.0`; empty for the rule itself. */
  readonly path: string;
  readonly reason: string;
}

export interface RuleScope {
  readonly subject: 'lead' | 'touch';
  /** The company's own fields, of all kinds. */
  readonly customFields: readonly OwnField[];
  /** Of whose definition it is; null for a rule that defines nothing, such as one of routing. */
  readonly term?: string | null | undefined;
}

/** Everything that keeps a rule from being kept; empty when it is fine. */
export function checkRule(rule: Rule, scope: RuleScope): RuleProblem[] {
  return isTooDeep(rule)
    ? [{ path: '', reason: `groups are nested at most ${ruleLimits.depth} deep` }]
    : [...tooMany(rule), ...problemsIn(rule, '', scope)];
}

// ── size ────────────────────────────────────────────────────────────────────

/** Goes no deeper than the limit, however deep the rule is. */
const isTooDeep = (rule: Rule, depth = 1): boolean =>
  depth > ruleLimits.depth || membersOf(rule).some((each) => isTooDeep(each, depth + 1));

function membersOf(rule: Rule): readonly Rule[] {
  if ('all' in rule) return rule.all;
  if ('any' in rule) return rule.any;
  if ('not' in rule) return [rule.not];
  return 'points' in rule ? rule.points.map(({ when }) => when) : [];
}

function tooMany(rule: Rule): RuleProblem[] {
  const count = countConditions(rule);
  return count > ruleLimits.conditions
    ? [{ path: '', reason: `${count} conditions are too many: a rule has at most ${ruleLimits.conditions}` }]
    : [];
}

/** Conditions in all, those within scorecards and counts of touches included. */
export function countConditions(rule: Rule): number {
  const within = membersOf(rule).reduce((sum, each) => sum + countConditions(each), 0);
  if ('all' in rule || 'any' in rule || 'not' in rule) return within;
  return 1 + within + ('touches' in rule ? rule.touches.where.length : 0);
}

// ── conditions ──────────────────────────────────────────────────────────────

const below = (path: string, step: string): string => (path === '' ? step : `${path}.${step}`);

function problemsIn(rule: Rule, path: string, scope: RuleScope): RuleProblem[] {
  if ('all' in rule) return rule.all.flatMap((each, at) => problemsIn(each, below(path, `all.${at}`), scope));
  if ('any' in rule) return emptyAny(rule.any, path) ?? rule.any.flatMap((each, at) => problemsIn(each, below(path, `any.${at}`), scope));
  if ('not' in rule) return problemsIn(rule.not, below(path, 'not'), scope);
  if ('points' in rule) return rule.points.flatMap(({ when }, at) => problemsIn(when, below(path, `points.${at}.when`), scope));
  if ('of' in rule) return fieldProblem(rule, path, scope);
  if (scope.subject === 'touch') return [{ path, reason: 'a rule about a touch asks only what the touch itself says' }];
  if ('touches' in rule) return rule.touches.where.flatMap((each, at) => touchProblem(each, below(path, `touches.where.${at}`), scope));
  return 'stage' in rule ? stageProblem(rule.stage, path, scope) : [];
}

const emptyAny = (members: readonly Rule[], path: string): RuleProblem[] | null =>
  members.length === 0 ? [{ path, reason: 'a group of which one has to hold needs at least one condition' }] : null;

function stageProblem(stage: string, path: string, { term }: RuleScope): RuleProblem[] {
  const known = leadStages.find((each) => each.stage === stage);
  if (!known) return [{ path, reason: `“${stage}” is no stage; there are ${leadStages.map((each) => each.stage).join(', ')}` }];
  return isForesightStage(stage, term ?? undefined) ? [{ path, reason: foresight(`whether a lead reached ${known.label}`) }] : [];
}

const foresight = (what: string): string => `${what} is known only afterwards, so nobody can be judged by it`;

const touchProblem = (condition: FieldCondition, path: string, scope: RuleScope): RuleProblem[] =>
  condition.of === 'touch'
    ? fieldProblem(condition, path, { ...scope, subject: 'touch' })
    : [{ path, reason: 'touches are told apart by what they say themselves' }];

function fieldProblem(condition: FieldCondition, path: string, scope: RuleScope): RuleProblem[] {
  const reason = misfit(condition, scope);
  return reason === null ? [] : [{ path, reason }];
}

function misfit(condition: FieldCondition, { subject, customFields, term }: RuleScope): string | null {
  const { of, field, is } = condition;
  if ((of === 'touch') !== (subject === 'touch'))
    return of === 'touch'
      ? 'what a touch says is asked of counted touches: “at least 1 touch of …”'
      : 'a rule about a touch asks only what the touch itself says';
  const known = subjectFields(of, customFields).find(({ name }) => name === field);
  if (!known) return `a ${of} has no field “${field}”`;
  if (isForesight(known, term ?? undefined)) return foresight(`“${known.label}”`);
  if (!known.comparisons.includes(is))
    return `“${known.label}” can’t be compared by “${is}”; it can by ${comparisonsOf(known.type).join(', ')}`;
  return valueProblem(condition, known);
}

/** Days and ids depend on no workspace here: whether they can be read is all that is asked. */
const anyReading = (field: VocabularyField): RuleReading => ({
  timeZone: 'UTC',
  currency: 'EUR',
  typeOf: () => ruleTypeOf(field.type),
  sameAs: (id) => [id],
});

function valueProblem(condition: FieldCondition, field: VocabularyField): string | null {
  const values = valuesOf(condition);
  if (values.some((value) => typeof value === 'string' && (!value.isWellFormed() || value.includes('\0'))))
    return 'the text holds characters that no text can have';
  if (condition.is === 'contains' && String(values[0] ?? '').trim() === '') return 'say what it contains';
  for (const value of values) {
    const single: FieldCondition = { ...condition, is: condition.is === 'between' ? 'gte' : condition.is, value };
    if (askedOf(single, anyReading(field)).question.ask === 'impossible')
      return `“${String(value)}” is no ${wanted[ruleTypeOf(field.type)]}`;
    if (field.choices && !field.choices.includes(String(value))) return `“${String(value)}” is none of ${field.choices.join(', ')}`;
  }
  return condition.is === 'between' && isReversed(values, field)
    ? 'the second value is smaller than the first: nothing lies between them'
    : null;
}

const wanted: Readonly<Record<ReturnType<typeof ruleTypeOf>, string>> = {
  text: 'text',
  choice: 'text',
  id: 'id of a record',
  integer: 'whole number',
  number: 'number',
  amount: 'amount in minor units, such as "1200050" for 12,000.50',
  boolean: 'yes or no (true or false)',
  instant: 'day like 2026-03-27 or time like 2026-03-27T20:00:00Z',
  day: 'day like 2026-03-27',
};

function isReversed([low, high]: readonly unknown[], { type }: VocabularyField): boolean {
  if (ruleTypeOf(type) === 'amount') return BigInt(String(low)) > BigInt(String(high));
  if (type === 'instant' || type === 'day') return String(low).slice(0, 10) > String(high).slice(0, 10);
  return Number(low) > Number(high);
}
