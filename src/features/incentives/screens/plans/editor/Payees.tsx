import { Select } from '@mantine/core';
import { barePayee } from '#engine/payout/payees.ts';
import type { Payee } from '#engine/payout/plan.ts';
import type { PlanContent } from '#features/incentives/contract/plan-content.ts';
import { quotasIn } from '#features/incentives/contract/quotas.ts';
import type { Member } from '#ui/api/members.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { replaced, withoutPayee } from './draft.ts';
import { ProblemNote, useEditing } from './editing.tsx';
import { PayeeCard } from './PayeeCard.tsx';

interface PayeesProps {
  members: readonly Member[];
  onChange(plan: PlanContent): void;
}

/** Whom the plan pays, with role, target pay, quotas and weight in the pool. */
export function Payees({ members, onChange }: PayeesProps) {
  const { plan } = useEditing();
  const { payees } = plan;
  const quotas = quotasIn(plan);
  const addable = members.filter(({ id, active, side }) => active && side !== 'leadership' && !payees.some((payee) => payee.id === id));
  const add = (id: string | null): void => {
    const member = members.find((each) => each.id === id);
    if (member && member.side !== 'leadership') onChange({ ...plan, payees: [...payees, barePayee({ id: member.id, side: member.side })] });
  };
  const set = (at: number, payee: Payee): void => onChange({ ...plan, payees: replaced(payees, at, payee) });
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
          w={200}
        />
      }
    >
      <div data-at="payees">
        {payees.map((payee, at) => (
          <PayeeCard
            key={payee.id}
            at={`payees.${at}`}
            payee={payee}
            quotas={quotas}
            onChange={(next) => set(at, next)}
            onRemove={() => onChange(withoutPayee(plan, payee.id))}
          />
        ))}
        {payees.length === 0 && <p className="plan-payee dim">Nobody yet.</p>}
      </div>
      <ProblemNote at="payees" />
    </Sheet>
  );
}
