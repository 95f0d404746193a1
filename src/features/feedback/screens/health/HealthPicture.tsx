import { useMemo } from 'react';
import type { Health } from '#features/feedback/contract/feedback.ts';
import { month } from '#ui/formats.ts';
import { Chart, type Series } from '#ui/kit/Chart.tsx';
import { Sheet } from '#ui/kit/Page.tsx';

/** What each side received by month: praise above the line, criticism below it. */
export function HealthPicture({ answer: { months } }: { answer: Health }) {
  const drawn = useMemo(() => {
    const names = [...new Set(months.map((each) => each.month))];
    const of = (side: string, what: 'praise' | 'criticism') =>
      names.map((name) => {
        const found = months.find((each) => each.month === name && each.side === side)?.[what] ?? 0;
        return what === 'criticism' ? -found : found;
      });
    const series: Series[] = (['marketing', 'sales'] as const).flatMap((side) => [
      { name: `Praise to ${side}`, type: 'bar' as const, colour: side, stack: side, values: of(side, 'praise') },
      { name: `Criticism to ${side}`, type: 'bar' as const, colour: side, stack: side, values: of(side, 'criticism') },
    ]);
    return { names: names.map(month), series };
  }, [months]);
  return (
    <Sheet title="Received by month: praise above the line, criticism below" padded>
      <Chart
        label="Praise and criticism received by month and side"
        height={240}
        categories={drawn.names}
        series={drawn.series}
        axis={whole}
      />
    </Sheet>
  );
}

const whole = (value: number): string => String(Math.abs(value));
