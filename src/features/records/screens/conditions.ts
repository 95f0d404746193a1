import type { Field } from '#features/records/contract.ts';
import type { Comparison, Condition } from '#features/records/contract/lists.ts';
import { day, dayOfInstant, money } from '#ui/formats.ts';
import { stageLabel } from '#ui/records.ts';

const words: Record<Comparison, string> = {
  eq: 'is',
  ne: 'is not',
  in: 'is one of',
  blank: 'is blank',
  notBlank: 'is not blank',
  gte: 'is at least',
  lte: 'is at most',
  between: 'is between',
  contains: 'contains',
};

/** The comparisons that make sense for a field, with the words for it. */
export function comparisonsFor(field: Field): { value: Comparison; label: string }[] {
  const timely = field.type === 'instant' || field.type === 'day';
  const ordered = timely || ['integer', 'percent', 'amount'].includes(field.type);
  const textual = ['text', 'email', 'domain', 'phone'].includes(field.type);
  const fitting: Comparison[] = ordered
    ? ['gte', 'lte', 'between', ...(field.type === 'instant' ? [] : (['eq'] as const)), 'blank', 'notBlank']
    : [
        field.type === 'choice' || textual ? 'in' : 'eq',
        ...(field.type === 'choice' || textual ? [] : (['ne'] as const)),
        ...(textual ? (['contains'] as const) : []),
        'blank',
        'notBlank',
      ];
  return fitting.map((value) => ({
    value,
    label: timely && value === 'gte' ? 'is on or after' : timely && value === 'lte' ? 'is on or before' : words[value],
  }));
}

/** A condition in words, for its chip: `Origin is paid_search`. */
export function sayCondition(
  condition: Condition,
  field: Field | undefined,
  nameOf: (id: string) => string | undefined,
  currency: string,
): string {
  const label = field?.label ?? condition.field;
  const how = field
    ? (comparisonsFor(field).find(({ value }) => value === condition.is)?.label ?? words[condition.is])
    : words[condition.is];
  const values = condition.value === undefined ? [] : Array.isArray(condition.value) ? condition.value : [condition.value];
  const said = values.map((value) => sayValue(String(value), field, nameOf, currency)).join(condition.is === 'between' ? ' and ' : ', ');
  return [label, how, said].filter(Boolean).join(' ');
}

function sayValue(value: string, field: Field | undefined, nameOf: (id: string) => string | undefined, currency: string): string {
  switch (field?.type) {
    case 'amount':
      return money(value, currency);
    case 'day':
      return day(value);
    case 'instant':
      return dayOfInstant(value);
    case 'choice':
      return field.name === 'stage' ? stageLabel(value) : value;
    case 'boolean':
      return value === 'true' ? 'yes' : 'no';
    case 'member':
      return nameOf(value) ?? '…';
    case 'account':
    case 'contact':
    case 'lead':
    case 'deal':
    case 'campaign':
      return 'the chosen one';
    default:
      return value;
  }
}
