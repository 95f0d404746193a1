import { useMantineColorScheme } from '@mantine/core';
import { useColorScheme } from '@mantine/hooks';
import { init, type EChartsCoreOption, type EChartsType } from 'echarts/core';
import { useEffect, useRef, type RefObject } from 'react';

/** A colour of the theme as it is now. */
export const variable = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export interface Ink {
  readonly text: { color: string; fontSize: number; fontFamily: string };
  readonly line: { lineStyle: { color: string } };
  /** No HTML: names come from outside. */
  readonly tooltip: object;
}

/**
 * Draws a chart into the element that carries the answered ref; drawn anew when what it is made of or the colour scheme
 * changes, and by the element's size. Whoever calls registers the charts used (`echarts/core`'s `use`).
 * @param option what to draw, given the theme's ink; memoise it
 * @param opened a mark was chosen
 */
export function useDrawn(option: (ink: Ink) => EChartsCoreOption, opened?: (mark: ChosenMark) => void): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);
  const choose = useRef(opened);
  choose.current = opened;
  const { colorScheme } = useMantineColorScheme();
  const system = useColorScheme();
  useEffect(() => {
    if (!place.current) return undefined;
    const drawn = init(place.current);
    chart.current = drawn;
    drawn.on('click', (mark) =>
      choose.current?.({ at: mark.dataIndex ?? 0, series: mark.seriesName ?? '', name: mark.name, kind: mark.dataType ?? '' }),
    );
    const watch = new ResizeObserver(() => drawn.resize());
    watch.observe(place.current);
    return () => {
      watch.disconnect();
      drawn.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption({ animation: false, aria: { enabled: true }, ...option(inkNow()) }, { notMerge: true });
  }, [option, colorScheme, system]);
  return place;
}

/** `at` is the place of the mark among its series' data; `kind` `node` or `edge` in a Sankey. */
export interface ChosenMark {
  readonly at: number;
  readonly series: string;
  readonly name: string;
  readonly kind: string;
}

const inkNow = (): Ink => ({
  text: { color: variable('--a-dim'), fontSize: 11, fontFamily: 'inherit' },
  line: { lineStyle: { color: variable('--a-line') } },
  tooltip: {
    renderMode: 'richText',
    backgroundColor: variable('--a-paper'),
    borderColor: variable('--a-line-strong'),
    textStyle: { color: variable('--mantine-color-text'), fontSize: 12 },
  },
});
