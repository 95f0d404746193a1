/** A rule as one sentence that both sides can read before they sign it. What it says is all that the rule says. */

import { valuesOf } from './question.ts';
import {
  clausesOf,
  type FieldCondition,
  type PointsCondition,
  type RevenueCondition,
  type Rule,
  type Scalar,
  type TouchCondition,
} from './rule.ts';
import { counted, fieldLabel, figures, inSentence, listed, moneyIn, type RuleLabels, stageLabel, typeIn, valueText } from './words.ts';

/**
 * `the account has at least 50 employees, and the segment is Mid-Market or Enterprise, and at least 2 touches of kind
 * webinar or form within 30 days`: without a capital and a full stop, to stand in another sentence.
 */
export function ruleSentence(rule: Rule, labels: RuleLabels = {}): string {
  if ('all' in rule) return rule.all.length === 0 ? 'every lead' : rule.all.map((each) => part(each, labels)).join(', and ');
  if ('any' in rule) return rule.any.length === 0 ? 'no lead' : rule.any.map((each) => part(each, labels)).join(', or ');
  if ('not' in rule) return `not: ${part(rule.not, labels)}`;
  if ('touches' in rule) return touchesSentence(rule, labels);
  if ('stage' in rule) return `the lead has ${rule.is === 'reached' ? '' : 'not '}reached ${stageLabel(rule.stage, labels)}`;
  if ('revenue' in rule) return revenueSentence(rule, labels);
  if ('points' in rule) return pointsSentence(rule, labels);
  return fieldSentence(rule, labels);
}

/** One sentence a clause, by which a rejection names what was not met. */
export const clauseSentences = (rule: Rule, labels: RuleLabels = {}): { path: string; sentence: string }[] =>
  clausesOf(rule).map((clause) => ({ path: clause.path, sentence: ruleSentence(clause.rule, labels) }));

/** A group within a group stands in brackets, so that “and” and “or” can't be misread. */
function part(rule: Rule, labels: RuleLabels): string {
  const isGroup = ('all' in rule && rule.all.length > 1) || ('any' in rule && rule.any.length > 1) || 'points' in rule;
  return isGroup ? `(${ruleSentence(rule, labels)})` : ruleSentence(rule, labels);
}

// ── fields ──────────────────────────────────────────────────────────────────

/** Fields that are a number of something: one has so many of them. */
const numbersOf = new Set(['employees']);

function fieldSentence(condition: FieldCondition, labels: RuleLabels): string {
  const { of, field, is } = condition;
  const label = inSentence(fieldLabel(of, field, labels));
  if (numbersOf.has(field) && (is === 'gte' || is === 'lte' || is === 'between'))
    return `the ${of} has ${amountOf(condition, labels)} ${label}`;
  const owner = of === 'account' || of === 'contact' ? `the ${of}’s` : 'the';
  return `${owner} ${label} ${comparisonText(condition, labels)}`;
}

const amountOf = (condition: FieldCondition, labels: RuleLabels): string => comparisonText(condition, labels).replace(/^is /, '');

/** `is Mid-Market or Enterprise`, `is at least 50`, `is stated`. */
function comparisonText(condition: FieldCondition, labels: RuleLabels): string {
  const type = typeIn(condition.of, condition.field, labels);
  const values = valuesOf(condition).map((value) => valueText(value, type, labels));
  const [first = '', second = ''] = values;
  const isTimely = type === 'instant' || type === 'day' || valuesOf(condition).some(isDay);
  switch (condition.is) {
    case 'eq':
      return `is ${isTimely ? 'on ' : ''}${first}`;
    case 'ne':
      return `is not ${isTimely ? 'on ' : ''}${first}`;
    case 'in':
      return `is ${listed(values, 'or')}`;
    case 'notIn':
      return values.length === 1 ? `is not ${first}` : `is neither ${listed(values, 'nor')}`;
    case 'gte':
      return `is ${isTimely ? 'on or after' : 'at least'} ${first}`;
    case 'lte':
      return `is ${isTimely ? 'on or before' : 'at most'} ${first}`;
    case 'between':
      return isTimely ? `is from ${first} to ${second}` : `is between ${first} and ${second}`;
    case 'contains':
      return `contains “${String(valuesOf(condition)[0] ?? '')}”`;
    case 'blank':
      return 'is not stated';
    case 'notBlank':
      return 'is stated';
  }
}

const isDay = (value: Scalar): boolean => typeof value === 'string' && /^\d{4}-\d\d-\d\d(T|$)/.test(value);

// ── touches ─────────────────────────────────────────────────────────────────

function touchesSentence({ touches, is, value }: TouchCondition, labels: RuleLabels): string {
  const adjectives = touches.where.flatMap((condition) => adjectiveOf(condition) ?? []);
  const phrases = touches.where.filter((condition) => adjectiveOf(condition) === null).map((condition) => touchPhrase(condition, labels));
  const noun = [...adjectives, value === 1 ? 'touch' : 'touches'].join(' ');
  const window = touches.withinDays === null ? '' : `within ${counted(touches.withinDays, 'day')}`;
  return [countText(is, value, noun), ...inTurn(phrases), window].filter(Boolean).join(' ');
}

function countText(is: 'gte' | 'lte', value: number, noun: string): string {
  if (is === 'lte' && value === 0) return `no ${noun}`;
  return `${is === 'gte' ? 'at least' : 'at most'} ${figures(value)} ${noun}`;
}

/** `of kind webinar or form by sales whose subject contains “demo” and whose campaign is X`. */
function inTurn(phrases: readonly string[]): string[] {
  const [whose, plain] = [
    phrases.filter((phrase) => phrase.startsWith('whose ')),
    phrases.filter((phrase) => !phrase.startsWith('whose ')),
  ];
  return [...plain, whose.join(' and ')].filter(Boolean);
}

function adjectiveOf({ of, field, is, value }: FieldCondition): string | null {
  if (of !== 'touch' || is !== 'eq') return null;
  if (field === 'direction' && (value === 'in' || value === 'out')) return value === 'in' ? 'incoming' : 'outgoing';
  return field === 'automated' && value === true ? 'automated' : null;
}

function touchPhrase(condition: FieldCondition, labels: RuleLabels): string {
  const { of, field, is } = condition;
  const values = valuesOf(condition).map((value) => valueText(value, typeIn(of, field, labels), labels));
  if (of === 'touch' && (is === 'eq' || is === 'in')) {
    if (field === 'kind') return `of kind ${listed(values, 'or')}`;
    if (field === 'side')
      return `by ${listed(
        values.map((side) => (side === 'customer' ? 'the customer' : side)),
        'or',
      )}`;
    if (field === 'channel') return `through ${listed(values, 'or')}`;
    if (field === 'outcome') return `with outcome ${listed(values, 'or')}`;
  }
  return `whose ${inSentence(fieldLabel(of, field, labels))} ${comparisonText(condition, labels)}`;
}

// ── sums ────────────────────────────────────────────────────────────────────

function revenueSentence({ revenue, is, value }: RevenueCondition, labels: RuleLabels): string {
  const window = revenue.withinDays === null ? '' : ` within ${counted(revenue.withinDays, 'day')}`;
  return `the account’s revenue${window} is ${is === 'gte' ? 'at least' : 'at most'} ${moneyIn(value, labels)}`;
}

function pointsSentence({ points, is, value }: PointsCondition, labels: RuleLabels): string {
  const score = points.map((each) => `${figures(each.points)} if ${part(each.when, labels)}`).join('; ');
  return `${is === 'gte' ? 'at least' : 'at most'} ${counted(value, 'point')}: ${score}`;
}
