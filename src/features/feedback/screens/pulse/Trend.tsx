import { Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { PulseCell, PulseTrend } from '#features/feedback/contract/pulse.ts';
import { day } from '#ui/formats.ts';
import { Chart, type Series } from '#ui/kit/Chart.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { usePulseTrend } from './asking.ts';

/** One question over the last twelve pulses, side by side. Where too few answered the line has a gap. */
export function Trend() {
  const trend = usePulseTrend();
  return (
    <Sheet title="From pulse to pulse" padded>
      <Answer of={trend} what="The trend" lines={4}>
        {(answer) => <Known answer={answer} />}
      </Answer>
    </Sheet>
  );
}

function Known({ answer }: { answer: PulseTrend }) {
  const [key, setKey] = useState(answer.questions[0]?.key ?? '');
  const series = useMemo((): Series[] => {
    const of = (cell: (pulse: PulseTrend['pulses'][number]) => PulseCell | undefined) =>
      answer.pulses.map((pulse) => cell(pulse)?.means?.[key] ?? null);
    const sides = (['marketing', 'sales', 'leadership'] as const).map(
      (side): Series => ({
        name: side.charAt(0).toUpperCase() + side.slice(1),
        type: 'line',
        colour: side,
        values: of(({ sides: cells }) => cells.find((cell) => cell.side === side)),
      }),
    );
    const all: Series[] = [
      { name: 'Everybody', type: 'line', colour: 'mid', look: 'guide', values: of(({ everybody }) => everybody) },
      ...sides,
    ];
    return all.filter(({ values }) => values.some((value) => value !== null));
  }, [answer, key]);
  return (
    <>
      <Select
        aria-label="Question"
        allowDeselect={false}
        data={answer.questions.map((question) => ({ value: question.key, label: question.text }))}
        value={key}
        onChange={(value) => setKey(value ?? key)}
        maw={560}
      />
      <Chart
        label="Mean by pulse and side, from 1 to 5"
        height={220}
        categories={answer.pulses.map(({ closesOn }) => day(closesOn))}
        series={series}
        axis={oneDigit}
      />
    </>
  );
}

const oneDigit = (value: number): string => value.toFixed(1);
