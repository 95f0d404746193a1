import { useMantineColorScheme } from '@mantine/core';
import { useColorScheme } from '@mantine/hooks';
import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use as registerCharts, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { Side } from '#ui/api/session.ts';

registerCharts([BarChart, LineChart, GridComponent, TooltipComponent, LegendComponent, AriaComponent, CanvasRenderer]);

export interface Series {
  name: string;
  type: 'bar' | 'line';
  /** A side's accent; `ink` and `mid` for what belongs to neither, `mid` being what is compared with; `bad` for what is out of bounds. */
  colour: Side | 'ink' | 'mid' | 'bad';
  /** Of a line: `guide` thin and dashed, for what is agreed or how sure one is; `points` without the line. */
  look?: 'guide' | 'points';
  values: readonly (number | null)[];
  /** On the right axis, as a percentage. */
  percent?: boolean;
}

interface ChartProps {
  label: string;
  height: number;
  categories: readonly string[];
  series: readonly Series[];
  axis?(value: number): string;
}

const widths = { line: { width: 2 }, guide: { width: 1.5, type: 'dashed' }, points: { width: 0 } } as const;
const variable = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Bars and lines over named places. The figures stand in a table beside it: the picture alone is nobody's only way. */
export function Chart({ label, height, categories, series, axis }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);
  const { colorScheme } = useMantineColorScheme();
  const system = useColorScheme();
  useEffect(() => {
    if (!place.current) return undefined;
    const drawn = init(place.current);
    chart.current = drawn;
    const watch = new ResizeObserver(() => drawn.resize());
    watch.observe(place.current);
    return () => {
      watch.disconnect();
      drawn.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    const text = { color: variable('--a-dim'), fontSize: 11, fontFamily: 'inherit' };
    const line = { lineStyle: { color: variable('--a-line') } };
    chart.current?.setOption(
      {
        animation: false,
        aria: { enabled: true },
        grid: { left: 8, right: 8, top: series.length > 1 ? 30 : 10, bottom: 4, containLabel: true },
        legend:
          series.length > 1
            ? { top: 0, left: 0, textStyle: { ...text, color: variable('--mantine-color-text') }, itemHeight: 8, itemWidth: 14 }
            : undefined,
        // No HTML: names come from outside.
        tooltip: {
          trigger: 'axis',
          renderMode: 'richText',
          backgroundColor: variable('--a-paper'),
          borderColor: variable('--a-line-strong'),
          textStyle: { color: variable('--mantine-color-text'), fontSize: 12 },
          ...(axis && { valueFormatter: (value: unknown) => (typeof value === 'number' ? axis(value) : '–') }),
        },
        xAxis: { type: 'category', data: [...categories], axisLabel: text, axisLine: line, axisTick: { show: false } },
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
        series: series.map(({ name, type, colour, look, values, percent }) => ({
          name,
          type,
          data: [...values],
          yAxisIndex: percent ? 1 : 0,
          barMaxWidth: 34,
          ...(look === 'guide' ? { symbol: 'none' } : { symbolSize: look === 'points' ? 8 : 5 }),
          itemStyle: { color: variable(`--a-${colour}`) },
          lineStyle: { ...widths[look ?? 'line'], color: variable(`--a-${colour}`) },
        })),
      },
      { notMerge: true },
    );
  }, [categories, series, axis, colorScheme, system]);
  return <div ref={place} className="chart" style={{ height }} role="img" aria-label={`${label}: ${categories.join(', ')}`} />;
}
