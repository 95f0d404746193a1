import { Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { SpeedAnswer } from '#features/handoff/contract.ts';
import { count, percent } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { Loading } from '#ui/kit/States.tsx';

const Chart = lazy(() => import('#ui/kit/Chart.tsx').then(({ Chart: component }) => ({ default: component })));
const tenths = (share: number | null): number | null => (share === null ? null : Math.round(share * 1000) / 10);

/** Conversion by time to the first attempt, the company's own, with how sure it is. */
export function SpeedCurve({ answer, open }: { answer: SpeedAnswer; open(url: string): void }) {
  const { curve } = answer;
  return (
    <Sheet title={`What speed is worth here: share that reached ${curve.to.toUpperCase()}`} padded>
      <Text size="sm">{curve.says}</Text>
      {!curve.enough && (
        <div className="notice warn" style={{ margin: '8px 0' }}>
          Not enough data yet to decide by: the intervals below are wide.
        </div>
      )}
      <Suspense fallback={<Loading lines={4} />}>
        <Chart
          label="Conversion by time to the first attempt"
          height={220}
          categories={curve.buckets.map(({ label }) => label)}
          axis={(value) => `${value} %`}
          series={[
            { name: 'Converted', type: 'bar', colour: 'sales', values: curve.buckets.map(({ rate }) => tenths(rate)) },
            { name: 'At least (95 %)', type: 'line', colour: 'leadership', values: curve.buckets.map(({ low }) => tenths(low)) },
            { name: 'At most (95 %)', type: 'line', colour: 'leadership', values: curve.buckets.map(({ high }) => tenths(high)) },
          ]}
        />
      </Suspense>
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Conversion by time to the first attempt">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">First attempt after</th>
              <th scope="col" className="end">
                Leads
              </th>
              <th scope="col" className="end">
                Converted
              </th>
              <th scope="col" className="end">
                Rate
              </th>
              <th scope="col" className="end">
                95 % interval
              </th>
            </tr>
          </thead>
          <tbody>
            {curve.buckets.map((bucket) => (
              <tr key={bucket.label}>
                <th scope="row">{bucket.label}</th>
                <td className="end">
                  <button type="button" className="as-link" onClick={() => open(bucket.recordsUrl)}>
                    {count(bucket.leads)}
                  </button>
                </td>
                <td className="end">{count(bucket.converted)}</td>
                <td className="end">{percent(bucket.rate)}</td>
                <td className="end">
                  {bucket.low === null ? '–' : `${percent(bucket.low)} to ${percent(bucket.high)}`}
                  {!bucket.enough && <span className="dim"> too few to say</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {curve.censored > 0 && (
        <Text size="xs" c="dimmed" mt="xs">
          {count(curve.censored)} leads are too young to have converted and are left out.
        </Text>
      )}
    </Sheet>
  );
}
