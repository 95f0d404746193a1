import { Group, MultiSelect } from '@mantine/core';
import type { PayeeFilter } from '#engine/payout/plan.ts';
import type { PlanContent } from '#features/incentives/contract/plan-content.ts';
import { useMembers } from '#ui/api/members.ts';

interface WhomFieldsProps {
  plan: PlanContent;
  value: PayeeFilter;
  onChange(value: PayeeFilter): void;
}

/** Whom a part is for: sides, roles, people; empty for everybody in the plan. */
export function WhomFields({ plan, value, onChange }: WhomFieldsProps) {
  const members = useMembers();
  const names = new Map((members.data?.items ?? []).map(({ id, name }) => [id, name]));
  const roles = [...new Set(plan.payees.flatMap(({ role }) => role ?? []))];
  return (
    <Group gap="sm" align="flex-end">
      <MultiSelect
        label="For"
        placeholder={value.sides.length === 0 ? 'both sides' : ''}
        data={[
          { value: 'marketing', label: 'Marketing' },
          { value: 'sales', label: 'Sales' },
        ]}
        value={[...value.sides]}
        onChange={(sides) => onChange({ ...value, sides: sides as PayeeFilter['sides'] })}
        w={200}
      />
      {roles.length > 0 && (
        <MultiSelect
          label="Roles"
          placeholder={value.roles.length === 0 ? 'all' : ''}
          data={roles}
          value={[...value.roles]}
          onChange={(next) => onChange({ ...value, roles: next })}
          w={200}
        />
      )}
      <MultiSelect
        label="People"
        placeholder={value.payees.length === 0 ? 'all of them' : ''}
        data={plan.payees.map(({ id }) => ({ value: id, label: names.get(id) ?? 'Somebody' }))}
        value={[...value.payees]}
        onChange={(payees) => onChange({ ...value, payees })}
        searchable
        miw={220}
      />
    </Group>
  );
}
