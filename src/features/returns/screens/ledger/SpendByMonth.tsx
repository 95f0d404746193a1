import { Button, Group, SegmentedControl } from '@mantine/core';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { CostSummary, SummaryRow } from '#features/returns/contract/ledger.ts';
import { monthsBetween } from '#features/returns/contract/months.ts';
import { majorUnits, moneyAxis, month } from '#ui/formats.ts';
import { saveCsv } from '#ui/kit/csv.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer, Empty, Loading } from '#ui/kit/States.tsx';
import { useCostSummary } from './asking.ts';
import { type CostScope, scopeQuery } from './scope.ts';
import { OpenAmount } from './SummaryTable.tsx';
import { narrowedUrl } from './useLedgerDrawer.ts';

const Chart = lazy(() => import('#ui/kit/Chart.tsx').then(({ Chart: component }) => ({ default: component })));

type Open = (url: string, about: string) => void;

/** Month by month, one side on the other; the same as a table. */
export function SpendByMonth({ scope, open }: { scope: CostScope; open: Open }) {
  const [view, setView] = useState('chart');
  const summary = useCostSummary({ ...scopeQuery(scope), by: 'month' });
  return (
    <Sheet
      title="Month by month"
      actions={
        <Group gap={6} wrap="nowrap">
          <SegmentedControl
            size="xs"
            aria-label="Show as"
            value={view}
            onChange={setView}
            data={[
              { value: 'chart', label: 'Chart' },
              { value: 'table', label: 'Table' },
            ]}
          />
          <Button
            variant="default"
            size="xs"
            disabled={!summary.data?.rows.length}
            onClick={() => summary.data && saveCsv('costs-by-month.csv', csvOf(summary.data))}
          >
            CSV
          </Button>
        </Group>
      }
      padded
    >
      <Answer of={summary} what="The months" lines={5}>
        {(answer) =>
          answer.rows.length === 0 ? (
            <Empty title="Nothing booked in this period" />
          ) : view === 'chart' ? (
            <Picture answer={answer} open={open} />
          ) : (
            <Months answer={answer} open={open} />
          )
        }
      </Answer>
    </Sheet>
  );
}

function Picture({ answer, open }: { answer: CostSummary; open: Open }) {
  const { rows, currency } = answer;
  const months = useMemo(() => everyMonth(rows), [rows]);
  const drawn = useMemo(() => {
    const of = (side: 'marketing' | 'sales'): number[] => months.map(({ row }) => (row ? Number(majorUnits(row[side], currency)) : 0));
    return {
      categories: months.map((each) => month(each.month)),
      series: [
        { name: 'Marketing', type: 'bar' as const, colour: 'marketing' as const, stack: 'spend', values: of('marketing') },
        { name: 'Sales', type: 'bar' as const, colour: 'sales' as const, stack: 'spend', values: of('sales') },
      ],
      axis: moneyAxis(currency),
    };
  }, [months, currency]);
  const openMark = (at: number, series: string): void => {
    const row = months[at]?.row;
    const side = series === 'Sales' ? 'sales' : 'marketing';
    if (row) open(narrowedUrl(row.recordsUrl, { side }), `${month(row.label)}, ${side}`);
  };
  return (
    <Suspense fallback={<Loading lines={5} />}>
      <Chart label="Spend of marketing and sales by month" height={260} {...drawn} open={openMark} />
    </Suspense>
  );
}

/** Also those in which nothing was spent: a month that is left out looks as if there were none. */
function everyMonth(rows: readonly SummaryRow[]): { month: string; row: SummaryRow | undefined }[] {
  const byMonth = new Map(rows.map((row) => [row.group, row]));
  const [first, last] = [rows[0]?.group, rows.at(-1)?.group];
  return first && last ? monthsBetween(first, last).map((each) => ({ month: each, row: byMonth.get(each) })) : [];
}

function Months({ answer: { rows, currency }, open }: { answer: CostSummary; open: Open }) {
  return (
    <div className="table-scroll month-table" tabIndex={0} role="region" aria-label="Spend by month">
      <table className="plain tight">
        <thead>
          <tr>
            <th scope="col">Month</th>
            {['Marketing', 'Sales', 'Both'].map((head) => (
              <th key={head} scope="col" className="end">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...rows].reverse().map((row) => (
            <MonthRow key={row.group ?? ''} row={row} currency={currency} open={open} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function MonthRow({ row, currency, open }: { row: SummaryRow; currency: string; open: Open }) {
  return (
    <tr>
      <th scope="row">{month(row.label)}</th>
      {(['marketing', 'sales', 'total'] as const).map((part) => (
        <td key={part} className="end">
          <OpenAmount
            amount={row[part]}
            currency={currency}
            about={`${month(row.label)}${part === 'total' ? '' : `, ${part}`}`}
            url={part === 'total' ? row.recordsUrl : narrowedUrl(row.recordsUrl, { side: part })}
            open={open}
          />
        </td>
      ))}
    </tr>
  );
}

const csvOf = ({ rows, currency }: CostSummary): string[][] => [
  ['month', `marketing (${currency})`, `sales (${currency})`, `both (${currency})`],
  ...rows.map((row) => [row.group ?? '', ...[row.marketing, row.sales, row.total].map((amount) => majorUnits(amount, currency))]),
];
