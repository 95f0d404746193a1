import { Autocomplete, Select } from '@mantine/core';
import type { FieldCondition, Scalar } from '#engine/rules/rule.ts';
import { localOfInstant } from '#ui/formats.ts';
import { FieldInput } from '#ui/kit/FieldInput.tsx';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';
import { pathOfKind } from '#ui/records.ts';
import { useBuilding } from './building.tsx';
import { ManyValues } from './ManyValues.tsx';
import { useKnownValues } from './useKnownValues.ts';
import { choiceLabel, isMany, type RuleField } from './vocabulary.ts';

interface ValueInputProps {
  field: RuleField;
  condition: FieldCondition;
  onChange(condition: FieldCondition): void;
}

/** The value, or the values, with the input that fits the field's type. */
export function ValueInput({ field, condition, onChange }: ValueInputProps) {
  const { of, field: name, is, value } = condition;
  const values: readonly Scalar[] = value === undefined ? [] : Array.isArray(value) ? (value as readonly Scalar[]) : [value as Scalar];
  const take = (next: Scalar | readonly Scalar[] | undefined): void =>
    onChange({ of, field: name, is, ...(next !== undefined && { value: next }) });
  if (isMany(is)) return <ManyValues field={field} values={values} onChange={(all) => take(all.length ? all : undefined)} />;
  if (is !== 'between') return <OneValue field={field} value={values[0]} onChange={take} />;
  const [from = '', to = ''] = values;
  return (
    <>
      <OneValue field={field} value={from} onChange={(next) => take([next ?? '', to])} />
      <span className="dim">and</span>
      <OneValue field={field} value={to} onChange={(next) => take([from, next ?? ''])} />
    </>
  );
}

interface OneValueProps {
  field: RuleField;
  value: Scalar | undefined;
  onChange(value: Scalar | undefined): void;
}

function OneValue({ field, value, onChange }: OneValueProps) {
  const { currency } = useBuilding();
  const blank = value === undefined || value === '';
  if (field.type === 'integer' || field.type === 'percent' || field.type === 'number')
    return (
      <WholeNumber
        aria={field.label}
        value={blank ? null : Number(value)}
        onChange={(number) => onChange(number ?? undefined)}
        min={-1_000_000_000_000}
        max={1_000_000_000_000}
        decimals={field.type === 'percent' ? 2 : field.type === 'number' ? 3 : 0}
        {...(field.type === 'percent' && { suffix: ' %' })}
        optional
        width={110}
      />
    );
  if (['text', 'email', 'phone', 'domain'].includes(field.type) || (field.type === 'currency' && !field.choices))
    return <OneText field={field} value={blank ? '' : String(value)} onChange={(text) => onChange(text || undefined)} />;
  if (field.choices?.length)
    return (
      <Select
        aria-label={field.label}
        placeholder="Choose"
        data={field.choices.map((choice) => ({ value: choice, label: choiceLabel(field, choice) }))}
        value={blank ? null : String(value)}
        onChange={(choice) => onChange(choice ?? undefined)}
        searchable
        className="rule-value"
      />
    );
  const shown = blank
    ? null
    : String(value).includes('T') && field.type === 'instant'
      ? localOfInstant(String(value)).slice(0, 10)
      : String(value);
  return (
    <div className="rule-value">
      <FieldInput
        field={{ name: field.name, label: field.label, type: field.type === 'instant' ? 'day' : field.type }}
        value={shown}
        onChange={(text) => onChange(text === null ? undefined : scalarOf(field, text))}
        currency={currency}
        {...(pathOfKind[field.type] && { display: 'Chosen' })}
      />
    </div>
  );
}

function OneText({ field, value, onChange }: { field: RuleField; value: string; onChange(text: string): void }) {
  const known = useKnownValues(field);
  return (
    <Autocomplete
      aria-label={field.label}
      placeholder="Value"
      data={known.map((each) => each.value)}
      value={value}
      onChange={onChange}
      limit={50}
      maxLength={500}
      className="rule-value"
    />
  );
}

/** A day said for a time is that whole day in the workspace's zone: the rule reads it so. */
const scalarOf = (field: RuleField, text: string): Scalar => (field.type === 'boolean' ? text === 'true' : text);
