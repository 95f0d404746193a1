import { ActionIcon, Select, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { Payee } from '#engine/payout/plan.ts';
import type { PlanContent } from '#features/incentives/contract/plan-content.ts';
import { useMembers } from '#ui/api/members.ts';
import { majorUnits, minorUnits } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { newPayee, quotaIsMoney, quotaNames, replaced, without } from './draft.ts';

interface PayeesProps {
  plan: PlanContent;
  onChange(payees: Payee[]): void;
}

/** Whom the plan pays, with role, target pay, quotas and weight in the pool. */
export function Payees({ plan, onChange }: PayeesProps) {
  const members = useMembers();
  const people = members.data?.items ?? [];
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const { payees } = plan;
  const quotas = quotaNames(plan);
  const set = (at: number, changes: Partial<Payee>): void => onChange(replaced(payees, at, { ...payees[at]!, ...changes }));
  const addable = people.filter(({ id, active, side }) => active && side !== 'leadership' && !payees.some((payee) => payee.id === id));
  const add = (id: string | null): void => {
    const member = people.find((each) => each.id === id);
    if (member && member.side !== 'leadership') onChange([...payees, newPayee(member.id, member.side)]);
  };
  return (
    <Sheet
      title={`Whom it pays (${payees.length})`}
      actions={
        <Select
          aria-label="Add somebody"
          placeholder="Add somebody"
          data={addable.map(({ id, name }) => ({ value: id, label: name }))}
          value={null}
          onChange={add}
          searchable
          w={220}
        />
      }
    >
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Whom it pays">
        <table className="plain stacked middle">
          <thead>
            <tr>
              {['Person', 'Role', `Target (${plan.currency})`, ...quotas.map((name) => `Quota “${name}”`), 'Weight in the pool'].map(
                (head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ),
              )}
              <th scope="col">
                <span className="visually-hidden">Take out</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {payees.map((payee, at) => (
              <Row
                key={payee.id}
                plan={plan}
                payee={payee}
                name={names.get(payee.id) ?? 'Somebody'}
                quotas={quotas}
                set={(changes) => set(at, changes)}
                remove={() => onChange(without(payees, at))}
              />
            ))}
          </tbody>
        </table>
      </div>
    </Sheet>
  );
}

interface RowProps {
  plan: PlanContent;
  payee: Payee;
  name: string;
  quotas: readonly string[];
  set(changes: Partial<Payee>): void;
  remove(): void;
}

function Row({ plan, payee, name, quotas, set, remove }: RowProps) {
  const money = (value: string | null | undefined): string => (value ? majorUnits(value, plan.currency) : '');
  const setQuota = (quota: string, typed: string): void => {
    const read = quotaIsMoney(plan, quota) ? minorUnits(typed, plan.currency) : typed || null;
    const { [quota]: _, ...others } = payee.quotas;
    set({ quotas: read === null ? others : { ...others, [quota]: read } });
  };
  return (
    <tr>
      <th scope="row">
        {name} <SideMark side={payee.side} />
      </th>
      <td data-label="Role">
        <TextInput
          aria-label={`Role of ${name}`}
          defaultValue={payee.role ?? ''}
          placeholder="ae, sdr…"
          onBlur={(event) => set({ role: event.currentTarget.value.trim() || null })}
          w={110}
        />
      </td>
      <td data-label="Target">
        <TextInput
          aria-label={`Target of ${name}`}
          defaultValue={money(payee.target)}
          onBlur={(event) => set({ target: minorUnits(event.currentTarget.value, plan.currency) })}
          w={120}
        />
      </td>
      {quotas.map((quota) => (
        <td key={quota} data-label={`Quota “${quota}”`}>
          <TextInput
            aria-label={`Quota “${quota}” of ${name}`}
            defaultValue={quotaIsMoney(plan, quota) ? money(payee.quotas[quota]) : (payee.quotas[quota] ?? '')}
            onBlur={(event) => setQuota(quota, event.currentTarget.value.trim())}
            w={130}
          />
        </td>
      ))}
      <td data-label="Weight in the pool">
        <TextInput
          aria-label={`Weight of ${name} in the pool`}
          defaultValue={payee.poolWeight ?? ''}
          onBlur={(event) => set({ poolWeight: event.currentTarget.value.trim() || null })}
          w={90}
        />
      </td>
      <td>
        <ActionIcon variant="subtle" color="gray" aria-label={`Take out ${name}`} onClick={remove}>
          <IconTrash size={18} />
        </ActionIcon>
      </td>
    </tr>
  );
}
