import { Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { SpeedAnswer } from '#features/handoff/contract.ts';
import { count, percent } from '#ui/formats.ts';
import { OpenNumber } from '#ui/kit/OpenNumber.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Loading } from '#ui/kit/States.tsx';
import { partOf } from './speedWords.ts';

type Bucket = SpeedAnswer['curve']['buckets'][number];

const Chart = lazy(() => import('#ui/kit/Chart.tsx').then(({ Chart: component }) => ({ default: component })));
const tenths = (share: number | null): number | null => (share === null ? null : Math.round(share * 1000) / 10);

/** Conversion by time to the first attempt, the company's own, with how sure it is. */
export function SpeedCurve({ answer, open }: { answer: SpeedAnswer; open(url: string): void }) {
  const { curve } = answer;
  return (
    <Sheet title={`What speed is worth here: share that reached ${curve.to.toUpperCase()}`} padded>
      <Text size="sm" mb="xs">
        {curve.says}
      </Text>
      {!curve.enough && (
        <div className="notice warn" style={{ margin: '8px 0' }}>
          Not enough data yet to decide by: the intervals below are wide.
        </div>
      )}
      <Picture buckets={curve.buckets} />
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Conversion by time to the first attempt">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">First attempt after</th>
              {['Leads', 'Converted', 'Rate', '95 % interval'].map((head) => (
                <th key={head} scope="col" className="end">
                  {head}
                </th>
              ))}
              <th scope="col" />
            </tr>
          </thead>
          <tbody>
            {curve.buckets.map((bucket) => (
              <Line key={bucket.label} bucket={bucket} open={open} />
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

/** Only what rests on enough leads to be drawn: an interval from 0 to 66 % would flatten all others. */
function Picture({ buckets }: { buckets: readonly Bucket[] }) {
  const drawn = buckets.filter(({ leads, enough }) => leads > 0 && enough);
  if (drawn.length === 0) return null;
  return (
    <Suspense fallback={<Loading lines={4} />}>
      <Chart
        label="Conversion by time to the first attempt"
        height={220}
        categories={drawn.map(({ label }) => label)}
        axis={(value) => `${value} %`}
        series={[
          { name: 'Converted', type: 'bar', colour: 'sales', values: drawn.map(({ rate }) => tenths(rate)) },
          { name: 'At most (95 %)', type: 'line', colour: 'mid', look: 'guide', values: drawn.map(({ high }) => tenths(high)) },
          { name: 'At least (95 %)', type: 'line', colour: 'mid', look: 'guide', values: drawn.map(({ low }) => tenths(low)) },
        ]}
      />
    </Suspense>
  );
}

function Line({ bucket, open }: { bucket: Bucket; open(url: string): void }) {
  const { label, leads, converted, rate, low, high, enough, recordsUrl } = bucket;
  const ofConverted = partOf(recordsUrl, recordsUrl.includes('which=bucketNever') ? 'convertedNever' : 'converted');
  return (
    <tr>
      <th scope="row">{label}</th>
      <td className="end">
        <OpenNumber value={leads} label={`Leads first tried after ${label}`} open={() => open(recordsUrl)} />
      </td>
      <td className="end">
        <OpenNumber value={converted} label={`Converted of those tried after ${label}`} open={() => open(ofConverted)} />
      </td>
      <td className="end">{percent(rate)}</td>
      <td className="end">{low === null ? '–' : `${percent(low)} to ${percent(high)}`}</td>
      <td className="dim">{!enough && 'too few to say'}</td>
    </tr>
  );
}
