import { SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import type { ClauseAttainment } from '#features/agreement/contract.ts';
import { day, majorUnits, minorUnits, moneyShort, month } from '#ui/formats.ts';
import { Chart } from '#ui/kit/Chart.tsx';
import { paceText } from './clauseWords.ts';

type Pace = NonNullable<ClauseAttainment['pace']>;

/** What was agreed by each working day, and what came: too early shows as plainly as too late. */
export function PaceChart({ pace, side, title }: { pace: Pace; side: ClauseAttainment['side']; title: string }) {
  const [at, setAt] = useState(pace.periods.length - 1);
  const period = pace.periods[Math.min(at, pace.periods.length - 1)];
  if (!period || period.days.length === 0) return null;
  const { currency } = pace;
  const plain = (value: string): number => Number(currency ? majorUnits(value, currency) : value);
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
          data={pace.periods.slice(first).map(({ label }, index) => ({ value: String(first + index), label: labelOf(label) }))}
        />
      )}
      <Text size="sm" mt={6}>
        {labelOf(period.label)}: {paceText(pace, period.actual)} of {paceText(pace, period.target)} agreed; off the pace at the end of {off}{' '}
        of {period.days.length} working days.
      </Text>
      <Chart
        label={`${title}, ${period.label}`}
        height={180}
        categories={period.days.map((each) => day(each.day).replace(/ \d{4}$/, ''))}
        {...(currency && { axis: (value: number) => moneyShort(minorUnits(value.toFixed(0), currency) ?? '0', currency) })}
        series={[
          { name: 'Agreed by then', type: 'line', colour: 'mid', look: 'guide', values: period.days.map(({ ideal }) => plain(ideal)) },
          { name: 'Passed by then', type: 'line', colour: side, values: period.days.map(({ actual }) => plain(actual)) },
          {
            name: 'Off the pace',
            type: 'line',
            colour: 'bad',
            look: 'points',
            values: period.days.map(({ actual, withinTolerance }) => (withinTolerance ? null : plain(actual))),
          },
        ]}
      />
    </div>
  );
}

/** Months are labelled `2026-03`; quarters and weeks in words already. */
const labelOf = (label: string): string => (/^\d{4}-\d\d$/.test(label) ? month(label) : label);
