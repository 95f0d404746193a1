import { useMemo } from 'react';
import { month, moneyAxis } from '#ui/formats.ts';
import { Chart, type Series } from '#ui/kit/Chart.tsx';
import { drawn, type Shown } from '../goalWords.ts';
import type { Part } from './WorkedSheet.tsx';

/** By month: what is to be won, and what is expected of these MQLs, with its range. */
export function MonthsChart({ part: { months }, currency }: { part: Part; currency: string }) {
  const picture = useMemo(() => {
    const money: Shown = { unit: 'amount', currency };
    const line = (part: 'low' | 'mid' | 'high') => months.map(({ revenue }) => drawn(revenue[part], money));
    const series: Series[] = [
      { name: 'To be won', type: 'bar', colour: 'mid', values: months.map(({ target }) => drawn(target, money)) },
      { name: 'Expected', type: 'line', colour: 'ink', values: line('mid') },
      { name: 'at least', type: 'line', look: 'guide', colour: 'leadership', values: line('low') },
      { name: 'at most', type: 'line', look: 'guide', colour: 'leadership', values: line('high') },
    ];
    return { series, categories: months.map((each) => month(each.month)), axis: moneyAxis(currency) };
  }, [months, currency]);
  return <Chart label="To be won and expected, by month" height={220} {...picture} />;
}
