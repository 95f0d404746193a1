import { ActionIcon, Autocomplete, Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { Metric } from '#engine/agreement/clause.ts';
import { FieldInput } from '#ui/kit/FieldInput.tsx';
import { useKnownValues } from '#ui/rules/useKnownValues.ts';
import { PeriodInput, Tolerance } from './MetricInputs.tsx';

type Value = Metric & { kind: 'value' };

/** Leads counted by what they are worth, agreed at signing by segment. */
export function ValueInputs({ metric, onChange }: { metric: Value; onChange(metric: Metric): void }) {
  const segments = useKnownValues({ of: 'lead', name: 'segment', type: 'text' });
  const set = (changes: Partial<Value>): void => onChange({ ...metric, ...changes });
  const worth = metric.valueOfLead;
  const setWorth = (at: number, changes: Partial<Value['valueOfLead'][number]>): void =>
    set({ valueOfLead: worth.map((each, index) => (index === at ? { ...each, ...changes } : each)) });
  return (
    <>
      <div className="form-line">
        <Amount label="Worth in all" value={metric.amount} currency={metric.currency} onChange={(amount) => set({ amount })} />
        <PeriodInput period={metric.period} onChange={(period) => set({ period })} />
        <Tolerance percent={metric.tolerancePercent} onChange={(tolerancePercent) => set({ tolerancePercent })} />
      </div>
      <fieldset className="form-part">
        <legend>What one lead counts</legend>
        {worth.map(({ segment, amount }, at) => (
          <div key={at} className="form-line worth-line">
            {segment === null ? (
              <span className="worth-others">{worth.length > 1 ? 'Any other segment' : 'Each lead'}</span>
            ) : (
              <Autocomplete
                aria-label="Segment"
                placeholder="Segment"
                data={segments.map(({ value }) => value)}
                value={segment}
                onChange={(text) => setWorth(at, { segment: text })}
                maxLength={200}
                w={200}
              />
            )}
            <Amount
              label={`Worth of a lead${segment === null ? '' : ` of ${segment}`}`}
              hidden
              value={amount}
              currency={metric.currency}
              onChange={(next) => setWorth(at, { amount: next })}
            />
            <ActionIcon
              color="gray"
              aria-label={segment === null ? 'Remove the worth of any other' : `Remove the worth of ${segment || 'this segment'}`}
              disabled={worth.length === 1}
              onClick={() => set({ valueOfLead: worth.filter((_, index) => index !== at) })}
            >
              <IconX size={16} />
            </ActionIcon>
          </div>
        ))}
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          onClick={() => set({ valueOfLead: [{ segment: '', amount: worth.at(-1)?.amount ?? '100000' }, ...worth] })}
        >
          Another segment
        </Button>
        {!worth.some(({ segment }) => segment === null) && (
          <Button size="compact-sm" variant="subtle" onClick={() => set({ valueOfLead: [...worth, { segment: null, amount: '0' }] })}>
            Any other
          </Button>
        )}
      </fieldset>
    </>
  );
}

interface AmountProps {
  label: string;
  hidden?: boolean;
  value: string;
  currency: string;
  onChange(minor: string): void;
}

function Amount({ label, hidden, value, currency, onChange }: AmountProps) {
  return (
    <div className="form-amount">
      <FieldInput
        field={{ name: 'amount', type: 'amount', label }}
        {...(!hidden && { label })}
        value={value}
        onChange={(minor) => onChange(minor ?? '')}
        currency={currency}
      />
    </div>
  );
}
