import { rangeText, about } from './costWords.ts';

interface RangeBarProps {
  amount: string;
  low: string;
  high: string;
  currency: string;
  /** What the whole width stands for, minor units. */
  full: number;
  side: 'marketing' | 'sales' | 'both';
}

/** An amount as a bar, with the line it may lie on. */
export function RangeBar({ amount, low, high, currency, full, side }: RangeBarProps) {
  const at = (value: string): number => Math.max(0, Math.min(100, (Number(value) / full) * 100));
  const words = [about({ amount, low, high }, currency), rangeText({ amount, low, high }, currency)].filter(Boolean).join(', between ');
  return (
    <div className="cost-bar" role="img" aria-label={words} title={words} data-side={side}>
      <span className="cost-amount" style={{ width: `${at(amount)}%` }} />
      <span className="cost-range" style={{ left: `${at(low)}%`, width: `${at(high) - at(low)}%` }} />
    </div>
  );
}
