import { IconArrowRight } from '@tabler/icons-react';
import type { Spread } from '#features/goals/contract/pieces.ts';
import { rangeText, shown, type Shown } from '../goalWords.ts';
import type { Part } from './WorkedSheet.tsx';

/** The way from budget to revenue at a glance: what the whole period takes at each step. */
export function Chain({ part: { total }, currency }: { part: Part; currency: string }) {
  const money: Shown = { unit: 'amount', currency };
  const counts: Shown = { unit: 'count', currency };
  const steps: { label: string; value: Spread | null; of: Shown; side: 'marketing' | 'sales' | 'both' }[] = [
    { label: 'Budget', value: total.budget, of: money, side: 'marketing' },
    { label: 'MQLs', value: total.mqls, of: counts, side: 'marketing' },
    { label: 'Worth', value: total.value, of: money, side: 'marketing' },
    { label: 'SQLs', value: total.sqls, of: counts, side: 'sales' },
    { label: 'Deals', value: total.deals, of: counts, side: 'sales' },
    { label: 'Won', value: total.won, of: counts, side: 'sales' },
    { label: 'Revenue', value: total.revenue, of: money, side: 'both' },
  ];
  const told = steps.filter((step) => step.value !== null);
  return (
    <ol className="chain" aria-label="From budget to revenue">
      {told.map(({ label, value, of, side }, at) => (
        <li key={label}>
          {at > 0 && <IconArrowRight size={16} aria-hidden className="dim chain-arrow" />}
          <div className={`chain-step chain-${side}`}>
            <div className="tile-label">{label}</div>
            <div className="chain-figure">{shown(value!.mid, of)}</div>
            <div className="dim small-print">{rangeText(value!, of)}</div>
          </div>
        </li>
      ))}
    </ol>
  );
}
