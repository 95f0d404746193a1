import { SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import type { ClauseAttainment } from '#features/agreement/contract.ts';
import { day, money, month } from '#ui/formats.ts';
import { Chart } from '#ui/kit/Chart.tsx';

type Pace = NonNullable<ClauseAttainment['pace']>;

/** What was agreed by each working day, and what came: too early shows as plainly as too late. */
export function PaceChart({ pace, side, title }: { pace: Pace; side: ClauseAttainment['side']; title: string }) {
  const [at, setAt] = useState(pace.periods.length - 1);
  const period = pace.periods[Math.min(at, pace.periods.length - 1)];
  if (!period || period.days.length === 0) return null;
  const shown = (value: string): string => (pace.unit === 'amount' ? money(value, pace.currency) : value);
  const plain = (value: string): number => (pace.unit === 'amount' ? Math.round(Number(value) / 100) : Number(value));
  const off = period.days.filter(({ withinTolerance }) => !withinTolerance).length;
  const first = Math.max(0, pace.periods.length - 4);
  return (
    <div style={{ marginTop: 8 }}>
      {pace.periods.length > 1 && (
        <SegmentedControl
          size="xs"
          aria-label="Period"
          value={String(at)}
          onChange={(value) => setAt(Number(value))}
          data={pace.periods
            .slice(first)
            .map(({ label }, index) => ({ value: String(first + index), label: /^\d{4}-\d\d$/.test(label) ? month(label) : label }))}
        />
      )}
      <Text size="sm" mt={6}>
        {shown(period.actual)} of {shown(period.target)} agreed; off the pace at the end of {off} of {period.days.length} working days.
      </Text>
      <Chart
        label={`${title}, ${period.label}`}
        height={180}
        categories={period.days.map((each) => day(each.day).replace(/ \d{4}$/, ''))}
        series={[
          { name: 'Agreed by then', type: 'line', colour: 'leadership', values: period.days.map(({ ideal }) => plain(ideal)) },
          { name: 'Passed by then', type: 'line', colour: side, values: period.days.map(({ actual }) => plain(actual)) },
        ]}
      />
    </div>
  );
}
