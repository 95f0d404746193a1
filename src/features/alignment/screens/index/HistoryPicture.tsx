import { useMemo } from 'react';
import type { IndexPoint } from '#features/alignment/contract/index-history.ts';
import { day } from '#ui/formats.ts';
import { Chart, type Mark, type Series } from '#ui/kit/Chart.tsx';
import { type HistoryProps, kindWords, valueOf } from './historyWords.ts';

/** Points of different formulas are not joined: each version is a line of its own, what was computed later is dashed. */
export function HistoryPicture({ answer: { points }, of, openDay }: HistoryProps) {
  const days = useMemo(() => [...new Set(points.map(({ on }) => on))], [points]);
  const categories = useMemo(() => days.map(day), [days]);
  const series = useMemo(() => seriesOf(points, days, of), [points, days, of]);
  const marks = useMemo(() => marksOf(points), [points]);
  return (
    <Chart
      label="The index by day"
      height={220}
      categories={categories}
      series={series}
      marks={marks}
      open={(at) => {
        const on = days[at];
        if (on) openDay(on);
      }}
    />
  );
}

function seriesOf(points: readonly IndexPoint[], days: readonly string[], of: string): Series[] {
  const lines = [...new Set(points.map(({ version, kind }) => `${version} ${kind}`))];
  return lines.map((line) => {
    const own = points.filter(({ version, kind }) => `${version} ${kind}` === line);
    const { version, kind } = own[0]!;
    const known = new Map(own.map((point) => [point.on, valueOf(point, of)]));
    return {
      name: `${kindWords[kind]}, ${version}`,
      type: 'line',
      colour: kind === 'observed' ? 'ink' : 'mid',
      ...(kind === 'computed' ? { look: 'guide' as const } : own.length > 60 ? { look: 'bare' as const } : {}),
      values: days.map((on) => known.get(on) ?? null),
    };
  });
}

/** Where the formulas changed. */
function marksOf(points: readonly IndexPoint[]): Mark[] {
  return points.flatMap(({ version, on }, at) => {
    const before = points[at - 1];
    return before && before.version !== version ? [{ at: day(on), label: version }] : [];
  });
}
