import { Select } from '@mantine/core';
import type { Comparison, FieldCondition, RuleSubject } from '#engine/rules/rule.ts';
import { useBuilding } from './building.tsx';
import { ValueInput } from './ValueInput.tsx';
import { comparisonChoices, fieldOf, isBare, subjectWords, usualComparison, withComparison } from './vocabulary.ts';

interface FieldRowProps {
  condition: FieldCondition;
  onChange(condition: FieldCondition): void;
  /** Whose fields are offered; unsaid: those that fit the rule. */
  subjects?: readonly RuleSubject[];
}

/** Field, comparison, value: only what fits together can be chosen. */
export function FieldRow({ condition, onChange, subjects }: FieldRowProps) {
  const { vocabulary, subject } = useBuilding();
  const offered = subjects ?? (subject === 'touch' ? ['touch'] : ['lead', 'account', 'contact']);
  const field = fieldOf(vocabulary, condition.of, condition.field);
  const known = vocabulary.fields.filter(({ of }) => offered.includes(of));
  const choose = (key: string | null): void => {
    const chosen = known.find(({ of, name }) => `${of}.${name}` === key);
    if (!chosen) return;
    const keepsValue = field && chosen.type === field.type && chosen.comparisons.includes(condition.is) && chosen.type !== 'choice';
    const is = keepsValue ? condition.is : usualComparison(chosen);
    onChange({ of: chosen.of, field: chosen.name, is, ...(keepsValue && { value: condition.value }) });
  };
  return (
    <>
      <Select
        aria-label="What is asked about"
        placeholder="Choose a field"
        data={choicesOf(known, offered, condition, field === undefined)}
        value={condition.field ? `${condition.of}.${condition.field}` : null}
        onChange={choose}
        searchable
        selectFirstOptionOnChange
        nothingFoundMessage="No such field"
        maxDropdownHeight={320}
        className="rule-field"
      />
      {condition.field && (
        <Select
          aria-label="How it is compared"
          data={field ? comparisonChoices(field) : [{ value: condition.is, label: condition.is }]}
          value={condition.is}
          allowDeselect={false}
          onChange={(is) => is && onChange(withComparison(condition, is as Comparison))}
          w={150}
        />
      )}
      {field && !isBare(condition.is) && <ValueInput field={field} condition={condition} onChange={onChange} />}
    </>
  );
}

type Choice = { value: string; label: string };

/** Grouped by what they belong to, where there is more than one; a field that is gone stays readable. */
function choicesOf(
  known: readonly { of: RuleSubject; name: string; label: string }[],
  offered: readonly RuleSubject[],
  condition: FieldCondition,
  gone: boolean,
): (Choice | { group: string; items: Choice[] })[] {
  const of = (subject: RuleSubject): Choice[] =>
    known
      .filter((field) => field.of === subject)
      .map(({ name, label }) => ({ value: `${subject}.${name}`, label: prefixed(subject, label) }));
  const lost = gone && condition.field ? [{ value: `${condition.of}.${condition.field}`, label: `${condition.field} (gone)` }] : [];
  const [only, ...others] = offered;
  if (only && others.length === 0) return [...of(only), ...lost];
  return [...offered.map((subject) => ({ group: subjectWords[subject], items: of(subject) })), ...lost];
}

/** “Country” of the account and of the lead must not look the same once chosen. */
const prefixed = (subject: RuleSubject, label: string): string =>
  subject === 'account' || subject === 'contact' ? `${subjectWords[subject]}: ${label}` : label;
