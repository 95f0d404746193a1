import { Select, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Field } from '#features/records/contract.ts';
import { get } from '#ui/api/client.ts';
import { useMembers } from '#ui/api/members.ts';
import type { List } from '#ui/api/queries.ts';
import { instantOfLocal, localOfInstant, majorUnits, minorUnits } from '#ui/formats.ts';
import { nameOf, pathOfKind, stageLabel, type RecordItem } from '#ui/records.ts';

export interface FieldInputProps {
  field: Field;
  /** As the API has it; null is "not stated". */
  value: string | null;
  onChange(value: string | null): void;
  currency: string;
  label?: string;
  /** What a reference is called, before its record is looked up. */
  display?: string | null;
  error?: string | undefined;
  autoFocus?: boolean;
  long?: boolean;
}

/** One input for every type of field: in place, in filters, in bulk edits and new records. */
export function FieldInput(props: FieldInputProps) {
  const { field, value, onChange, label, error, autoFocus } = props;
  const common = { label, 'aria-label': label ? undefined : field.label, error, autoFocus, 'data-autofocus': autoFocus || undefined };
  const take = (text: string): void => onChange(text === '' ? null : text);
  if (field.type === 'member') return <MemberInput {...props} />;
  if (pathOfKind[field.type]) return <ReferenceInput {...props} />;
  if (field.type === 'amount') return <AmountInput {...props} />;
  if (field.type === 'choice')
    return (
      <Select
        {...common}
        data={(field.choices ?? []).map((choice) => ({ value: choice, label: field.name === 'stage' ? stageLabel(choice) : choice }))}
        value={value}
        onChange={onChange}
        clearable={!field.required}
      />
    );
  if (field.type === 'boolean')
    return (
      <Select
        {...common}
        data={[
          { value: 'true', label: 'Yes' },
          { value: 'false', label: 'No' },
        ]}
        value={value}
        onChange={onChange}
        clearable
      />
    );
  if (field.type === 'day')
    return <TextInput {...common} type="date" value={value ?? ''} onChange={(event) => take(event.currentTarget.value)} />;
  if (field.type === 'instant')
    return (
      <TextInput
        {...common}
        type="datetime-local"
        value={value ? localOfInstant(value) : ''}
        onChange={(event) => onChange(event.currentTarget.value ? instantOfLocal(event.currentTarget.value) : null)}
      />
    );
  if (props.long)
    return (
      <Textarea {...common} autosize minRows={2} maxRows={10} value={value ?? ''} onChange={(event) => take(event.currentTarget.value)} />
    );
  const type = field.type === 'email' ? 'email' : field.type === 'phone' ? 'tel' : 'text';
  return (
    <TextInput
      {...common}
      type={type}
      inputMode={field.type === 'integer' || field.type === 'percent' ? 'decimal' : undefined}
      maxLength={field.type === 'currency' ? 3 : undefined}
      value={value ?? ''}
      onChange={(event) => take(event.currentTarget.value)}
    />
  );
}

function AmountInput({ field, value, onChange, currency, label, error, autoFocus }: FieldInputProps) {
  const [typed, setTyped] = useState(value === null ? '' : majorUnits(value, currency));
  const [wrong, setWrong] = useState<string>();
  const take = (text: string): void => {
    setTyped(text);
    const minor = text.trim() === '' ? null : minorUnits(text, currency);
    setWrong(text.trim() !== '' && minor === null ? `An amount of ${currency}, e.g. 12,000.50` : undefined);
    if (text.trim() === '' || minor !== null) onChange(minor);
  };
  return (
    <TextInput
      label={label}
      aria-label={label ? undefined : field.label}
      inputMode="decimal"
      value={typed}
      error={wrong ?? error}
      autoFocus={autoFocus}
      rightSection={
        <span className="dim" style={{ fontSize: 12 }}>
          {currency}
        </span>
      }
      rightSectionWidth={48}
      onChange={(event) => take(event.currentTarget.value)}
    />
  );
}

function MemberInput({ field, value, onChange, label, display, error, autoFocus }: FieldInputProps) {
  const members = useMembers();
  const known = (members.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const data = value && !known.some((option) => option.value === value) ? [{ value, label: display ?? 'Loading…' }, ...known] : known;
  return (
    <Select
      label={label}
      aria-label={label ? undefined : field.label}
      data={data}
      value={value}
      onChange={onChange}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'Clear' }}
      limit={100}
      error={error}
      autoFocus={autoFocus}
      nothingFoundMessage="Nobody by that name"
    />
  );
}

function ReferenceInput({ field, value, onChange, label, display, error, autoFocus }: FieldInputProps) {
  const path = pathOfKind[field.type] ?? 'accounts';
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed, 200);
  const found = useQuery({
    queryKey: ['search', path, asked],
    queryFn: ({ signal }) => get<List<RecordItem>>(`/${path}`, { q: asked, limit: 20 }, signal),
    placeholderData: keepPreviousData,
  });
  const known = (found.data?.items ?? []).map((item) => ({ value: item.id, label: nameOf(item) }));
  const data = value && !known.some((option) => option.value === value) ? [{ value, label: display ?? 'Chosen' }, ...known] : known;
  return (
    <Select
      label={label}
      aria-label={label ? undefined : field.label}
      data={data}
      value={value}
      onChange={onChange}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'Clear' }}
      filter={({ options }) => options}
      onSearchChange={setTyped}
      error={error}
      autoFocus={autoFocus}
      placeholder="Type to search"
      nothingFoundMessage="None begins with that"
    />
  );
}
