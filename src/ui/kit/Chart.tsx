import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { use as registerCharts } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useCallback } from 'react';
import type { Side } from '#ui/api/session.ts';
import { useDrawn, variable, type Ink } from './useDrawn.ts';

registerCharts([BarChart, LineChart, GridComponent, TooltipComponent, LegendComponent, MarkLineComponent, AriaComponent, CanvasRenderer]);

export interface Series {
  name: string;
  type: 'bar' | 'line';
  /** A side's accent; `ink` and `mid` for what belongs to neither, `mid` being what is compared with; `good` and `bad` for what is gained or out of bounds; `none` is not seen (what a floating bar stands on). */
  colour: Side | 'ink' | 'mid' | 'good' | 'bad' | 'none';
  /** Of a line: `guide` thin and dashed, for what is agreed or how sure one is; `points` without the line; `bare` without its points, for many days. */
  look?: 'guide' | 'points' | 'bare';
  values: readonly (number | null)[];
  /** On the right axis, as a percentage. */
  percent?: boolean;
  /** Bars of the same stack stand on each other. */
  stack?: string;
}

/** Something that happened at a category, drawn as a line across: a new version of the agreement, say. */
export interface Mark {
  at: string;
  label: string;
}

interface ChartProps {
  label: string;
  height: number;
  categories: readonly string[];
  series: readonly Series[];
  marks?: readonly Mark[];
  axis?(value: number): string;
  /** A mark of the picture was chosen: the place of its category and the name of its series. */
  open?(at: number, series: string): void;
}

const widths = { line: { width: 2 }, bare: { width: 2 }, guide: { width: 1.5, type: 'dashed' }, points: { width: 0 } } as const;
const noMarks: readonly Mark[] = [];

/** Bars and lines over named places. The figures stand in a table beside it: the picture alone is nobody's only way. */
export function Chart({ label, height, categories, series, marks = noMarks, axis, open }: ChartProps) {
  const option = useCallback((ink: Ink) => drawing({ categories, series, marks, axis }, ink), [categories, series, marks, axis]);
  const place = useDrawn(option, open && ((mark) => open(mark.at, mark.series)));
  return <div ref={place} className="chart" style={{ height }} role="img" aria-label={`${label}: ${categories.join(', ')}`} />;
}

type Drawn = { axis: ChartProps['axis'] } & Required<Pick<ChartProps, 'categories' | 'series' | 'marks'>>;

function drawing({ categories, series, marks, axis }: Drawn, { text, line, tooltip }: Ink) {
  const named = series.filter(({ colour }) => colour !== 'none').map(({ name }) => name);
  return {
    grid: { left: 8, right: 8, top: (named.length > 1 ? 30 : 10) + (marks.length > 0 ? 14 : 0), bottom: 10, containLabel: true },
    legend:
      named.length > 1
        ? { top: 0, left: 0, data: named, textStyle: { ...text, color: variable('--mantine-color-text') }, itemHeight: 8, itemWidth: 14 }
        : undefined,
    tooltip: {
      ...tooltip,
      trigger: 'axis',
      ...(axis && { valueFormatter: (value: unknown) => (typeof value === 'number' ? axis(value) : '–') }),
    },
    xAxis: {
      type: 'category',
      data: [...categories],
      axisLabel: { ...text, ...namesOf(categories) },
      axisLine: line,
      axisTick: { show: false },
    },
    yAxis: [
      { type: 'value', axisLabel: { ...text, ...(axis && { formatter: axis }) }, splitLine: line },
      {
        type: 'value',
        show: series.some(({ percent }) => percent),
        min: 0,
        axisLabel: { ...text, formatter: '{value} %' },
        splitLine: { show: false },
      },
    ],
    series: series.map((one, at) => ({ ...seriesOf(one), ...(at === 0 && marks.length > 0 && { markLine: markLineOf(marks, text) }) })),
  };
}

/** Few names are all shown, in several lines where they are long; of many (months) as many as fit. */
const namesOf = (categories: readonly string[]) => (categories.length <= 8 ? { interval: 0, width: 76, overflow: 'break' } : {});

const seriesOf = ({ name, type, colour, look, values, percent, stack }: Series) => ({
  name,
  type,
  data: [...values],
  yAxisIndex: percent ? 1 : 0,
  barMaxWidth: 34,
  // Stacks stand in one place: what lies above and below zero is one bar.
  ...(stack && { stack, barGap: '-100%' }),
  ...(colour === 'none' && { tooltip: { show: false }, silent: true }),
  ...(look === 'guide' || look === 'bare' ? { symbol: 'none' } : { symbolSize: look === 'points' ? 8 : 5 }),
  itemStyle: { color: colour === 'none' ? 'transparent' : variable(`--a-${colour}`) },
  lineStyle: { ...widths[look ?? 'line'], color: variable(`--a-${colour}`) },
});

const markLineOf = (marks: readonly Mark[], text: Ink['text']) => ({
  symbol: 'none',
  silent: true,
  lineStyle: { color: variable('--a-line-strong'), type: 'solid' },
  label: { ...text, formatter: ({ name }: { name: string }) => name },
  data: marks.map(({ at, label }) => ({ name: label, xAxis: at })),
});
