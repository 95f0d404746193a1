import type { ReactNode } from 'react';
import { type PeriodKind, periodKinds } from '#engine/payout/plan.ts';
import type { PlanContent } from '#features/incentives/contract/plan-content.ts';
import { CurrencySelect } from '#ui/kit/CurrencySelect.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { withCurrency } from './currency.ts';
import { useEditing, useProblem } from './editing.tsx';
import { ChoiceField, Field, Fields, WholeField } from './fields.tsx';
import { type OptionalPart, Parts } from './Parts.tsx';
import { TextField } from './TextField.tsx';

const periodNames: Readonly<Record<PeriodKind, string>> = { month: 'a month', quarter: 'a quarter', half: 'half a year', year: 'a year' };

/** What holds for the whole plan. */
export function PlanFields({ onChange }: { onChange(plan: PlanContent): void }): ReactNode {
  const { plan } = useEditing();
  const problem = useProblem('currency');
  return (
    <Sheet title="The plan" padded>
      <div className="plan-body">
        <Fields>
          <TextField at="name" label="Name" required value={plan.name} onChange={(name) => onChange({ ...plan, name })} width={280} />
          <ChoiceField
            at="period"
            label="Pays for"
            choices={periodKinds.map((kind) => [kind, periodNames[kind]] as const)}
            value={plan.period}
            onChange={(period) => onChange({ ...plan, period })}
          />
          <Field at="currency" width={130}>
            <CurrencySelect
              value={plan.currency}
              error={problem ?? undefined}
              onChange={(currency) => onChange(withCurrency(plan, currency))}
            />
          </Field>
        </Fields>
        <Parts of="the plan" parts={partsOf(plan, onChange)} />
      </div>
    </Sheet>
  );
}

function partsOf(plan: PlanContent, onChange: (plan: PlanContent) => void): OptionalPart[] {
  const { clawback, proration, creditDaysAfterLeaving } = plan;
  return [
    {
      key: 'clawback',
      title: 'Clawback',
      about: 'What is cancelled within so many days takes back what it paid. Without it, nothing is taken back.',
      on: clawback !== null,
      add: () => onChange({ ...plan, clawback: { withinDays: 90 } }),
      remove: () => onChange({ ...plan, clawback: null }),
      fields: () => (
        <Fields>
          <WholeField
            at="clawback.withinDays"
            label="Taken back when cancelled within days"
            value={clawback?.withinDays ?? null}
            onChange={(withinDays) => onChange({ ...plan, clawback: { withinDays } })}
            width={300}
          />
        </Fields>
      ),
    },
    {
      key: 'leaving',
      title: 'Credit after leaving',
      about: 'For so many days after somebody’s last day, what comes in for them still counts. Without it, nothing does.',
      on: creditDaysAfterLeaving > 0,
      add: () => onChange({ ...plan, creditDaysAfterLeaving: 30 }),
      remove: () => onChange({ ...plan, creditDaysAfterLeaving: 0 }),
      fields: () => (
        <Fields>
          <WholeField
            at="creditDaysAfterLeaving"
            label="Days"
            min={1}
            value={creditDaysAfterLeaving}
            onChange={(days) => onChange({ ...plan, creditDaysAfterLeaving: days })}
            width={110}
          />
        </Fields>
      ),
    },
    {
      key: 'proration',
      title: 'Whole quotas for parts of a period',
      about: 'Usually who is there for half of the days has half of the quota, target, floor, cap and draw. With this they stand in full.',
      on: proration === 'none',
      add: () => onChange({ ...plan, proration: 'none' }),
      remove: () => onChange({ ...plan, proration: 'days' }),
      fields: () => (
        <Fields>
          <ChoiceField
            at="proration"
            label="Quotas, targets and limits"
            choices={[
              ['none', 'stand in full'],
              ['days', 'shrink to the days somebody was there'],
            ]}
            value={proration}
            onChange={(next) => onChange({ ...plan, proration: next })}
            width={320}
          />
        </Fields>
      ),
    },
  ];
}
