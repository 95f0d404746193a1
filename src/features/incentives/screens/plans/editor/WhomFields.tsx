import { MultiSelect, TagsInput } from '@mantine/core';
import type { PayeeFilter } from '#engine/payout/plan.ts';
import { ProblemNote, useEditing } from './editing.tsx';
import { Field, Fields } from './fields.tsx';

interface WhomFieldsProps {
  at: string;
  /** Such as “For”. */
  label: string;
  value: PayeeFilter;
  onChange(value: PayeeFilter): void;
}

/** Whom a part is for: sides, roles, people; empty for everybody in the plan. */
export function WhomFields({ at, label, value, onChange }: WhomFieldsProps) {
  const { plan, names } = useEditing();
  const roles = [...new Set([...plan.payees.flatMap(({ role }) => role ?? []), ...value.roles])];
  const people = [...new Set([...plan.payees.map(({ id }) => id), ...value.payees])];
  return (
    <>
      <Fields>
        <Field at={`${at}.sides`} width={200}>
          <MultiSelect
            label={label}
            placeholder={value.sides.length === 0 ? 'both sides' : ''}
            data={[
              { value: 'marketing', label: 'Marketing' },
              { value: 'sales', label: 'Sales' },
            ]}
            value={[...value.sides]}
            onChange={(sides) => onChange({ ...value, sides: sides as PayeeFilter['sides'] })}
          />
        </Field>
        {roles.length > 0 && (
          <Field at={`${at}.roles`} width={230}>
            <TagsInput
              label="Roles"
              placeholder={value.roles.length === 0 ? 'all' : ''}
              data={roles}
              value={[...value.roles]}
              onChange={(next) => onChange({ ...value, roles: next })}
            />
          </Field>
        )}
        <Field at={`${at}.payees`} width={260}>
          <MultiSelect
            label="People"
            placeholder={value.payees.length === 0 ? 'all of them' : ''}
            data={people.map((id) => ({ value: id, label: names.get(id) ?? 'Somebody' }))}
            value={[...value.payees]}
            onChange={(payees) => onChange({ ...value, payees })}
            searchable
          />
        </Field>
      </Fields>
      <ProblemNote at={at} under />
    </>
  );
}
