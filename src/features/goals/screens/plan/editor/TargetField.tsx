import { meaningOf } from '#features/goals/contract/metrics.ts';
import type { Goal } from '#features/goals/contract/plans.ts';
import { MoneyField } from '#ui/kit/MoneyField.tsx';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';

interface TargetFieldProps {
  goal: Goal;
  currency: string;
  onChange(target: string): void;
}

/** The target in the unit of its metric: money, a count, percent, months. */
export function TargetField({ goal, currency, onChange }: TargetFieldProps) {
  const { unit } = meaningOf(goal.metric.name);
  if (unit === 'amount' || unit === 'amountAMonth')
    return (
      <MoneyField
        label={unit === 'amount' ? 'Target' : 'Target a month'}
        currency={currency}
        value={goal.target}
        w={170}
        onChange={(minor) => minor !== null && onChange(minor)}
      />
    );
  const share = unit === 'share';
  return (
    <WholeNumber
      label="Target"
      width={130}
      max={share ? 1000 : 1_000_000_000}
      decimals={unit === 'count' ? 0 : 1}
      suffix={share ? ' %' : unit === 'months' ? ' months' : ''}
      value={share ? Math.round(Number(goal.target) * 1000) / 10 : Number(goal.target)}
      onChange={(value) => value !== null && onChange(share ? shareText(value) : String(value))}
    />
  );
}

/** 85.5 (percent) → `0.855`, without what floating point adds. */
const shareText = (percent: number): string => String(Number((percent / 100).toFixed(6)));
