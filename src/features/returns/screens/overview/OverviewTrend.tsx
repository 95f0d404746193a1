import { useMemo } from 'react';
import type { OverviewAnswer } from '#features/returns/contract/overview.ts';
import { day, majorUnits, money, moneyAxis, month } from '#ui/formats.ts';
import { Chart, type Series } from '#ui/kit/Chart.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';

/** Spend of both sides and what was won, month by month, with the versions of the agreement that took effect. */
export function OverviewTrend({ answer }: { answer: OverviewAnswer }) {
  const { trend, marks, currency } = answer;
  const drawn = useMemo(() => {
    const major = (amount: string): number => Number(majorUnits(amount, currency));
    const series: Series[] = [
      {
        name: 'Marketing',
        type: 'bar',
        colour: 'marketing',
        stack: 'spend',
        values: trend.map(({ costMarketing }) => major(costMarketing)),
      },
      { name: 'Sales', type: 'bar', colour: 'sales', stack: 'spend', values: trend.map(({ costSales }) => major(costSales)) },
      { name: 'Won', type: 'line', colour: 'ink', values: trend.map(({ wonValue }) => major(wonValue)) },
    ];
    return {
      series,
      categories: trend.map((point) => month(point.month)),
      marks: marks.map(({ on, number }) => ({ at: month(on.slice(0, 7)), label: `v${number}` })),
      axis: moneyAxis(currency),
    };
  }, [trend, marks, currency]);
  return (
    <Sheet title="Spend and what was won, by month" actions={<Go href={paths.figures()}>Figures</Go>} padded>
      <Chart label="Spend of both sides and won value" height={240} {...drawn} />
      {marks.length > 0 && (
        <p className="dim" style={{ margin: '8px 0 0' }}>
          {marks.map(({ on, number, label }) => `v${number}: ${label}, ${day(on)}`).join(' · ')}
        </p>
      )}
      <details>
        <summary>The figures</summary>
        <div className="table-scroll" tabIndex={0} role="region" aria-label="Spend and won value by month">
          <table className="plain">
            <thead>
              <tr>
                {['Month', 'Marketing', 'Sales', 'Won', 'New customers'].map((head, at) => (
                  <th key={head} scope="col" className={at ? 'figure' : undefined}>
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {trend.map((point) => (
                <tr key={point.month}>
                  <th scope="row">{month(point.month)}</th>
                  <td className="figure">{money(point.costMarketing, currency)}</td>
                  <td className="figure">{money(point.costSales, currency)}</td>
                  <td className="figure">{money(point.wonValue, currency)}</td>
                  <td className="figure">{point.newCustomers}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </Sheet>
  );
}
