import { MultiSelect, TagsInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ruleLimits, type Scalar } from '#engine/rules/rule.ts';
import { get } from '#ui/api/client.ts';
import { useMembers } from '#ui/api/members.ts';
import type { List } from '#ui/api/queries.ts';
import { count } from '#ui/formats.ts';
import { nameOf, pathOfKind, type RecordItem } from '#ui/records.ts';
import { useKnownValues } from './useKnownValues.ts';
import { choiceLabel, type RuleField } from './vocabulary.ts';

interface ManyValuesProps {
  field: RuleField;
  values: readonly Scalar[];
  onChange(values: readonly Scalar[]): void;
}

/** Several values as tags: from a list where there is one, else typed, with what stands in the field today at hand. */
export function ManyValues(props: ManyValuesProps) {
  if (props.field.type === 'member') return <ManyMembers {...props} />;
  if (pathOfKind[props.field.type]) return <ManyRecords {...props} />;
  if (props.field.choices?.length) return <ManyChoices {...props} />;
  return <ManyTexts {...props} />;
}

const look = { className: 'rule-values', clearable: true, clearButtonProps: { 'aria-label': 'Clear' } } as const;

function ManyChoices({ field, values, onChange }: ManyValuesProps) {
  return (
    <MultiSelect
      {...look}
      aria-label={field.label}
      placeholder={values.length ? '' : 'Choose'}
      data={(field.choices ?? []).map((value) => ({ value, label: choiceLabel(field, value) }))}
      value={values.map(String)}
      onChange={onChange}
      searchable
    />
  );
}

function ManyTexts({ field, values, onChange }: ManyValuesProps) {
  const known = useKnownValues(field);
  const counts = new Map(known.map((each) => [each.value, each.count]));
  const numeric = ['integer', 'number', 'percent'].includes(field.type);
  const take = (typed: string[]): void => onChange(numeric ? typed.map(Number).filter((each) => Number.isFinite(each)) : typed);
  return (
    <TagsInput
      {...look}
      aria-label={field.label}
      placeholder={values.length ? '' : numeric ? 'Numbers' : 'Values'}
      data={known.map(({ value }) => value)}
      renderOption={({ option }) => (
        <span className="rule-option">
          <span className="cut">{option.value}</span>
          <span className="dim">{count(counts.get(option.value))}</span>
        </span>
      )}
      value={values.map(String)}
      onChange={take}
      maxTags={ruleLimits.values}
      limit={100}
      splitChars={[';', '\n', '\t']}
      acceptValueOnBlur
    />
  );
}

function ManyMembers({ field, values, onChange }: ManyValuesProps) {
  const members = useMembers(true);
  return (
    <MultiSelect
      {...look}
      aria-label={field.label}
      placeholder={values.length ? '' : 'Who'}
      data={withChosen(
        (members.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
        values,
      )}
      value={values.map(String)}
      onChange={onChange}
      searchable
      limit={100}
      nothingFoundMessage="Nobody by that name"
    />
  );
}

function ManyRecords({ field, values, onChange }: ManyValuesProps) {
  const path = pathOfKind[field.type] ?? 'campaigns';
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed, 200);
  const found = useQuery({
    queryKey: ['search', path, asked],
    queryFn: ({ signal }) => get<List<RecordItem>>(`/${path}`, { q: asked, limit: 30 }, signal),
    placeholderData: keepPreviousData,
  });
  const chosen = useQueries({
    queries: values.map((id) => ({
      queryKey: ['record', path, String(id)],
      queryFn: () => get<RecordItem>(`/${path}/${String(id)}`),
      staleTime: 300_000,
    })),
  });
  const items = [...(found.data?.items ?? []), ...chosen.flatMap(({ data }) => data ?? [])];
  return (
    <MultiSelect
      {...look}
      aria-label={field.label}
      placeholder={values.length ? '' : 'Type to search'}
      data={withChosen([...new Map(items.map((item) => [item.id, { value: item.id, label: nameOf(item) }])).values()], values)}
      value={values.map(String)}
      onChange={onChange}
      searchable
      filter={({ options }) => options}
      onSearchChange={setTyped}
      nothingFoundMessage="None begins with that"
    />
  );
}

/** What is chosen stays, also while its name is not known here. */
function withChosen(known: { value: string; label: string }[], values: readonly Scalar[]): { value: string; label: string }[] {
  const ids = new Set(known.map(({ value }) => value));
  return [
    ...values
      .map(String)
      .filter((id) => !ids.has(id))
      .map((value) => ({ value, label: 'Chosen' })),
    ...known,
  ];
}
