import { Group, Select, Switch, TextInput } from '@mantine/core';
import type { Condition, Pool, PoolKey } from '#engine/payout/plan.ts';
import type { PlanContent } from '#features/incentives/contract/plan-content.ts';
import type { Measured } from '../asking.ts';
import { ConditionRows } from './ConditionRows.tsx';
import { CurveRows } from './CurveRows.tsx';
import { MetricFields } from './MetricFields.tsx';
import { MoneyField } from '#ui/kit/MoneyField.tsx';
import { PartCard } from './PartCard.tsx';
import { unitOf } from './ValueField.tsx';
import { WhomFields } from './WhomFields.tsx';

interface PoolCardProps {
  plan: PlanContent;
  measured: Measured;
  pool: Pool;
  onChange(pool: Pool): void;
  onRemove(): void;
}

const keys: Readonly<Record<PoolKey['by'], string>> = {
  equal: 'in equal parts',
  weight: 'by the weights of the people',
  target: 'by target pay',
};

/** An amount funded by a joint result, opened by what both sides kept, shared by a key. */
export function PoolCard({ plan, measured, pool, onChange, onRemove }: PoolCardProps) {
  const { fund, opens, key } = pool;
  return (
    <PartCard kind="The pool for both sides" name={pool.name} onName={(name) => onChange({ ...pool, name })} onRemove={onRemove}>
      <WhomFields plan={plan} value={pool.members} onChange={(members) => onChange({ ...pool, members })} />
      <MoneyField
        label="Base of a period"
        currency={plan.currency}
        value={fund.base}
        onChange={(base) => base && onChange({ ...pool, fund: { ...fund, base } })}
      />
      <Switch
        label="More or less of it, by a joint result"
        checked={fund.by !== null}
        onChange={(event) =>
          onChange({
            ...pool,
            fund: {
              ...fund,
              by: event.currentTarget.checked
                ? {
                    metric: { from: 'result', name: 'wonValue', whose: 'joint', over: null },
                    curve: [
                      { at: '0', pays: '0' },
                      { at: '100000000', pays: '100' },
                    ],
                  }
                : null,
            },
          })
        }
      />
      {fund.by && (
        <>
          <MetricFields
            label="By"
            measured={measured}
            value={fund.by.metric}
            jointOnly
            onChange={(metric) => onChange({ ...pool, fund: { ...fund, by: { ...fund.by!, metric } } })}
          />
          <CurveRows
            unit={unitOf(fund.by.metric, measured)}
            currency={plan.currency}
            value={fund.by.curve}
            onChange={(curve) => onChange({ ...pool, fund: { ...fund, by: { ...fund.by!, curve } } })}
          />
        </>
      )}
      <p className="dim">It opens when all of this holds, on both sides:</p>
      <ConditionRows
        label="Marketing"
        measured={measured}
        jointOnly
        currency={plan.currency}
        value={opens.marketing}
        onChange={(marketing) => onChange({ ...pool, opens: { ...opens, marketing } })}
        make={() => kept('marketing')}
      />
      <ConditionRows
        label="Sales"
        measured={measured}
        jointOnly
        currency={plan.currency}
        value={opens.sales}
        onChange={(sales) => onChange({ ...pool, opens: { ...opens, sales } })}
        make={() => kept('sales')}
      />
      <Group gap="sm" align="flex-end">
        <TextInput
          label="Paid when only marketing kept its part (%)"
          value={opens.onlyMarketingPercent}
          onChange={(event) => onChange({ ...pool, opens: { ...opens, onlyMarketingPercent: event.currentTarget.value } })}
        />
        <TextInput
          label="Paid when only sales kept its part (%)"
          value={opens.onlySalesPercent}
          onChange={(event) => onChange({ ...pool, opens: { ...opens, onlySalesPercent: event.currentTarget.value } })}
        />
      </Group>
      <Select
        label="Shared"
        data={(Object.keys(keys) as PoolKey['by'][]).map((value) => ({ value, label: keys[value] }))}
        value={key.by}
        allowDeselect={false}
        onChange={(by) => onChange({ ...pool, key: { ...key, by: by as PoolKey['by'] } })}
        maw={320}
      />
      <Switch
        label="By the days somebody was there"
        checked={key.byDays}
        onChange={(event) => onChange({ ...pool, key: { ...key, byDays: event.currentTarget.checked } })}
      />
    </PartCard>
  );
}

const kept = (side: 'marketing' | 'sales'): Condition => ({
  metric: { from: 'clauses', side, clauses: 'all', over: null },
  is: 'atLeast',
  value: '80',
});
