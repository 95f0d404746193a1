import type { Component } from '#engine/payout/plan.ts';
import type { PlanContent } from '#features/incentives/contract/plan-content.ts';
import type { Measured } from '../asking.ts';
import { BonusFields, MboFields, SpifFields } from './ComponentFields.tsx';
import { ConditionRows } from './ConditionRows.tsx';
import { kindNames } from './draft.ts';
import { MeasureFields } from './MeasureFields.tsx';
import { MoneyField } from '#ui/kit/MoneyField.tsx';
import { PartCard } from './PartCard.tsx';
import { TierRows } from './TierRows.tsx';
import { WhomFields } from './WhomFields.tsx';

interface ComponentCardProps {
  plan: PlanContent;
  measured: Measured;
  component: Component;
  onChange(component: Component): void;
  onRemove(): void;
}

/** One thing that is paid for: what is counted, how it pays, for whom, and what must hold besides. */
export function ComponentCard({ plan, measured, component, onChange, onRemove }: ComponentCardProps) {
  const { currency } = plan;
  return (
    <PartCard
      kind={kindNames[component.kind].split(':')[0] ?? ''}
      name={component.name}
      onName={(name) => onChange({ ...component, name })}
      onRemove={onRemove}
    >
      <WhomFields plan={plan} value={component.for} onChange={(next) => onChange({ ...component, for: next })} />
      {(component.kind === 'rate' || component.kind === 'overlay') && (
        <>
          <MeasureFields
            label="Counts"
            measured={measured}
            value={component.measure}
            onChange={(measure) => onChange({ ...component, measure })}
          />
          <TierRows value={component} currency={currency} onChange={(changes) => onChange({ ...component, ...changes })} />
        </>
      )}
      {component.kind === 'bonus' && <BonusFields measured={measured} currency={currency} value={component} onChange={onChange} />}
      {component.kind === 'mbo' && <MboFields currency={currency} value={component} onChange={onChange} />}
      {component.kind === 'spif' && <SpifFields measured={measured} currency={currency} value={component} onChange={onChange} />}
      <MoneyField
        label="At most in a period"
        description="Empty: no cap"
        currency={currency}
        optional
        value={component.cap?.amount ?? null}
        onChange={(amount) => onChange({ ...component, cap: amount === null ? null : { amount, per: component.cap?.per ?? 'period' } })}
      />
      <ConditionRows
        label="Paid only if"
        measured={measured}
        currency={currency}
        value={component.gates}
        onChange={(gates) => onChange({ ...component, gates })}
        make={() => ({
          metric: { from: 'clauses', side: 'sales', clauses: 'all', over: null },
          is: 'atLeast',
          value: '80',
          otherwisePercent: '0',
        })}
      />
    </PartCard>
  );
}
