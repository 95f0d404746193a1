import { Button, MultiSelect, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Field } from '#features/records/contract.ts';
import type { Comparison, Condition } from '#features/records/contract/lists.ts';
import { get } from '#ui/api/client.ts';
import type { List } from '#ui/api/queries.ts';
import { addDays, count, instantOfLocal } from '#ui/formats.ts';
import { FieldInput } from '#ui/kit/FieldInput.tsx';
import type { RecordsPath } from '#ui/paths.ts';
import { stageLabel } from '#ui/records.ts';
import { comparisonsFor } from './conditions.ts';

interface ConditionFormProps {
  path: RecordsPath;
  fields: readonly Field[];
  currency: string;
  onAdd(condition: Condition): void;
}

/** Field, comparison, value: only what fits together can be chosen. */
export function ConditionForm({ path, fields, currency, onAdd }: ConditionFormProps) {
  const [name, setName] = useState<string | null>(null);
  const [is, setIs] = useState<Comparison>('eq');
  const [value, setValue] = useState<string | null>(null);
  const [second, setSecond] = useState<string | null>(null);
  const [many, setMany] = useState<string[]>([]);
  const field = fields.find((known) => known.name === name);
  const choose = (chosen: string | null): void => {
    const next = fields.find((known) => known.name === chosen);
    setName(chosen);
    setValue(null);
    setSecond(null);
    setMany([]);
    if (next) setIs(comparisonsFor(next)[0]?.value ?? 'eq');
  };
  const condition = field ? conditionOf(field, is, value, second, many) : null;
  // A day is enough to filter by a time.
  const asDay = field?.type === 'instant' ? { ...field, type: 'day' as const } : field;
  const bare = is === 'blank' || is === 'notBlank';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (condition) onAdd(condition);
      }}
    >
      <Stack gap="xs">
        <Select
          label="Field"
          data={fields.map((known) => ({ value: known.name, label: known.label }))}
          value={name}
          onChange={choose}
          searchable
          comboboxProps={{ withinPortal: false }}
          data-autofocus
        />
        {field && (
          <Select
            label="How"
            data={comparisonsFor(field)}
            value={is}
            onChange={(chosen) => chosen && setIs(chosen as Comparison)}
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
          />
        )}
        {field && is === 'in' && <ManyValues path={path} field={field} value={many} onChange={setMany} />}
        {asDay && is !== 'in' && !bare && (
          <FieldInput field={asDay} label={is === 'between' ? 'From' : 'Value'} value={value} onChange={setValue} currency={currency} />
        )}
        {asDay && is === 'between' && <FieldInput field={asDay} label="To" value={second} onChange={setSecond} currency={currency} />}
        <Button type="submit" disabled={!condition}>
          Add filter
        </Button>
      </Stack>
    </form>
  );
}

function ManyValues({
  path,
  field,
  value,
  onChange,
}: {
  path: RecordsPath;
  field: Field;
  value: string[];
  onChange(value: string[]): void;
}) {
  const choices = field.choices;
  const known = useQuery({
    queryKey: ['values', path, field.name],
    queryFn: () => get<List<{ value: string | null; count: number }>>(`/${path}/values`, { field: field.name }),
    enabled: !choices,
  });
  const data = choices
    ? choices.map((choice) => ({ value: choice, label: field.name === 'stage' ? stageLabel(choice) : choice }))
    : (known.data?.items ?? [])
        .filter((item) => item.value !== null && item.value !== '')
        .map((item) => ({ value: String(item.value), label: `${item.value} (${count(item.count)})` }));
  return (
    <MultiSelect
      label="Values"
      data={data}
      value={value}
      onChange={onChange}
      searchable
      limit={100}
      comboboxProps={{ withinPortal: false }}
      nothingFoundMessage={known.isPending && !choices ? 'Loading…' : 'No such value'}
    />
  );
}

function conditionOf(field: Field, is: Comparison, value: string | null, second: string | null, many: readonly string[]): Condition | null {
  if (is === 'blank' || is === 'notBlank') return { field: field.name, is };
  if (is === 'in') return many.length ? { field: field.name, is, value: [...many] } : null;
  if (value === null || (is === 'between' && second === null)) return null;
  const start = boundary(field, value, is === 'lte');
  if (is === 'between') return { field: field.name, is, value: [start, boundary(field, second ?? value, true)] };
  return { field: field.name, is, value: start };
}

/** A day chosen for a time means its start, or for an upper bound its last millisecond, in the workspace's zone. */
function boundary(field: Field, value: string, upper: boolean): string | number | boolean {
  if (field.type === 'integer') return Number(value);
  if (field.type === 'boolean') return value === 'true';
  if (field.type !== 'instant') return value;
  const start = instantOfLocal(`${upper ? addDays(value, 1) : value}T00:00`);
  return upper ? new Date(Date.parse(start) - 1).toISOString() : start;
}
