import { SegmentedControl } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { stageLabel, type FunnelAnswer } from '#features/funnel/contract.ts';
import { get } from '#ui/api/client.ts';
import { count, month, percent } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer, Empty, Loading } from '#ui/kit/States.tsx';
import { useOpen } from './useOpen.ts';
import { scopeQuery, type FunnelScope } from './useScope.ts';

const Chart = lazy(() => import('#ui/kit/Chart.tsx').then(({ Chart: component }) => ({ default: component })));

/** The same question month by month: a picture, and the figures behind it. */
export function TrendSheet({ scope }: { scope: FunnelScope }) {
  const [view, setView] = useState('chart');
  const query = scopeQuery({ ...scope, by: 'month' });
  const trend = useQuery({
    queryKey: ['funnel', query],
    queryFn: ({ signal }) => get<FunnelAnswer>('/funnel', query, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <Sheet
      title="By month"
      actions={
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
      }
      padded
    >
      <Answer of={trend} what="The trend" lines={5}>
        {(answer) => {
          const rows = answer.rows.filter(({ group }) => group !== null).slice(-24);
          if (rows.length === 0) return <Empty title="Nothing in this period" />;
          return view === 'table' ? (
            <Months answer={answer} rows={rows} />
          ) : (
            <Suspense fallback={<Loading lines={4} />}>
              <Chart
                label={`${stageLabel(answer.from)} and ${stageLabel(answer.to)} by month`}
                height={236}
                categories={rows.map(({ group }) => month(group ?? ''))}
                series={[
                  {
                    name: `Entered ${stageLabel(answer.from)}`,
                    type: 'bar',
                    colour: 'marketing',
                    values: rows.map(({ entered }) => entered),
                  },
                  { name: `Reached ${stageLabel(answer.to)}`, type: 'bar', colour: 'sales', values: rows.map(({ reached }) => reached) },
                  {
                    name: 'Rate',
                    type: 'line',
                    colour: 'leadership',
                    percent: true,
                    values: rows.map(({ rate }) => (rate === null ? null : Math.round(rate * 1000) / 10)),
                  },
                ]}
              />
            </Suspense>
          );
        }}
      </Answer>
    </Sheet>
  );
}

function Months({ answer, rows }: { answer: FunnelAnswer; rows: FunnelAnswer['rows'] }) {
  const open = useOpen();
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="By month" style={{ maxHeight: 236, overflow: 'auto' }}>
      <table className="plain">
        <thead>
          <tr>
            <th>Month</th>
            <th className="end">Entered {stageLabel(answer.from)}</th>
            <th className="end">Reached {stageLabel(answer.to)}</th>
            <th className="end">Rate</th>
          </tr>
        </thead>
        <tbody>
          {[...rows].reverse().map((row) => (
            <tr key={row.group}>
              <td>
                {month(row.group ?? '')}
                {row.censored > 0 && <span className="warn"> (not over)</span>}
              </td>
              <td className="end">
                <Go href={open(row.recordsUrl)}>{count(row.entered)}</Go>
              </td>
              <td className="end">
                <Go href={open(row.reachedUrl)}>{count(row.reached)}</Go>
              </td>
              <td className="end">{percent(row.rate)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
