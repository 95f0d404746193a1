import type { Comparison, FieldCondition, RuleSubject, Scalar } from '#engine/rules/rule.ts';
import type { Vocabulary, VocabularyField } from '#features/agreement/contract/vocabulary.ts';
import { touchTitle } from '#features/records/contract/wording.ts';
import { capitalised } from '#ui/formats.ts';
import { stageLabel } from '#ui/records.ts';

export type RuleField = VocabularyField;
export type RuleVocabulary = Vocabulary;

/** What is wrong at a place of the rule, as the server or the builder says it. */
export interface RuleError {
  readonly path: string;
  readonly reason: string;
}

export const subjectWords: Readonly<Record<RuleSubject, string>> = { lead: 'Lead', account: 'Account', contact: 'Contact', touch: 'Touch' };

export const fieldOf = (vocabulary: RuleVocabulary, of: RuleSubject, name: string): RuleField | undefined =>
  vocabulary.fields.find((field) => field.of === of && field.name === name);

const words: Readonly<Record<Comparison, string>> = {
  eq: 'is',
  ne: 'is not',
  in: 'is one of',
  notIn: 'is none of',
  gte: 'is at least',
  lte: 'is at most',
  between: 'is between',
  contains: 'contains',
  blank: 'is blank',
  notBlank: 'is stated',
};

export const isTimely = (type: RuleField['type']): boolean => type === 'instant' || type === 'day';
export const isMany = (is: Comparison): boolean => is === 'in' || is === 'notIn';
export const isBare = (is: Comparison): boolean => is === 'blank' || is === 'notBlank';

export const comparisonChoices = (field: RuleField): { value: Comparison; label: string }[] =>
  field.comparisons.map((value) => ({
    value,
    label:
      isTimely(field.type) && value === 'gte'
        ? 'is on or after'
        : isTimely(field.type) && value === 'lte'
          ? 'is on or before'
          : words[value],
  }));

/** What one most often asks of such a field comes first. */
export function usualComparison(field: RuleField): Comparison {
  const wanted: Comparison[] =
    isTimely(field.type) || ['integer', 'percent', 'amount'].includes(field.type)
      ? ['gte']
      : field.type === 'boolean'
        ? ['eq']
        : ['in', 'eq'];
  return wanted.find((is) => field.comparisons.includes(is)) ?? 'notBlank';
}

/** The condition with another comparison; of the value stays what still fits. */
export function withComparison(condition: FieldCondition, is: Comparison): FieldCondition {
  const { of, field, value } = condition;
  const values = value === undefined ? [] : Array.isArray(value) ? (value as readonly Scalar[]) : [value as Scalar];
  if (isBare(is) || values.length === 0) return { of, field, is };
  if (isMany(is)) return { of, field, is, value: values };
  if (is === 'between') return { of, field, is, value: [values[0] ?? '', values[1] ?? ''] };
  const [first] = values;
  return first === undefined ? { of, field, is } : { of, field, is, value: first };
}

/** A choice in words: `ad_click` is “Ad click”. */
export function choiceLabel(field: Pick<RuleField, 'of' | 'name'>, value: string): string {
  if (field.of === 'touch' && field.name === 'kind') return touchTitle(value, null);
  if (field.name === 'stage') return stageLabel(value);
  return field.of === 'touch' ? capitalised(value) : value;
}
