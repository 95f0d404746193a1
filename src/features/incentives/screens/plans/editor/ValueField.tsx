import { TextInput } from '@mantine/core';
import type { Metric } from '#engine/payout/plan.ts';
import type { Measured } from '../asking.ts';
import { MoneyField } from '#ui/kit/MoneyField.tsx';

export type Unit = 'percent' | 'amount' | 'number';

/** In what a metric is told. */
export function unitOf(metric: Metric, { results }: Measured): Unit {
  if (metric.from === 'clauses' || metric.from === 'attainment' || metric.from === 'ratio') return 'percent';
  if (metric.from === 'credit') return metric.measure.by === 'amount' ? 'amount' : 'number';
  const unit = results.find(({ name }) => name === metric.name)?.unit;
  return unit === 'amount' || unit === 'percent' ? unit : 'number';
}

interface ValueFieldProps {
  label: string;
  unit: Unit;
  currency: string;
  /** Minor units where it is money. */
  value: string;
  onChange(value: string): void;
}

/** A value in the unit of its metric; money is typed in whole units. */
export const ValueField = ({ label, unit, currency, value, onChange }: ValueFieldProps) =>
  unit === 'amount' ? (
    <MoneyField
      key={unit}
      label={label}
      currency={currency}
      value={/^\d+$/.test(value) ? value : null}
      onChange={(minor) => minor !== null && onChange(minor)}
    />
  ) : (
    <TextInput
      label={unit === 'percent' ? `${label} (%)` : label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      w={130}
    />
  );
