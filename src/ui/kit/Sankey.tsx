import { SankeyChart } from 'echarts/charts';
import { AriaComponent, TooltipComponent } from 'echarts/components';
import { use as registerCharts } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useCallback } from 'react';
import { useDrawn, variable, type Ink } from './useDrawn.ts';

registerCharts([SankeyChart, TooltipComponent, AriaComponent, CanvasRenderer]);

export interface SankeyNode {
  /** Told apart by it; the same channel at two steps is two nodes. */
  id: string;
  label: string;
  colour: 'marketing' | 'sales' | 'leadership' | 'ink' | 'mid' | 'good' | 'bad';
}

export interface SankeyLink {
  from: string;
  to: string;
  value: number;
}

interface SankeyProps {
  label: string;
  height: number;
  nodes: readonly SankeyNode[];
  /** From left to right only: a link back is refused by whoever draws. */
  links: readonly SankeyLink[];
  format(value: number): string;
  openLink?(at: number): void;
  openNode?(id: string): void;
}

/** Flows between places. The links stand in a table beside it: the picture alone is nobody's only way. */
export function Sankey({ label, height, nodes, links, format, openLink, openNode }: SankeyProps) {
  const option = useCallback((ink: Ink) => drawing({ nodes, links, format }, ink), [nodes, links, format]);
  const place = useDrawn(option, ({ at, kind, name }) => (kind === 'edge' ? openLink?.(at) : openNode?.(name)));
  return <div ref={place} className="chart" style={{ height }} role="img" aria-label={label} />;
}

function drawing({ nodes, links, format }: Pick<SankeyProps, 'nodes' | 'links' | 'format'>, { text, tooltip }: Ink) {
  const labelOf = new Map(nodes.map(({ id, label }) => [id, label]));
  return {
    tooltip: {
      ...tooltip,
      trigger: 'item',
      formatter: ({ data, name, value }: { data: { source?: string; target?: string }; name: string; value: number }) =>
        data.source
          ? `${labelOf.get(data.source)} → ${labelOf.get(data.target ?? '')}: ${format(value)}`
          : `${labelOf.get(name)}: ${format(value)}`,
    },
    series: [
      {
        type: 'sankey',
        left: 4,
        right: 110,
        top: 8,
        bottom: 8,
        nodeGap: 10,
        nodeWidth: 12,
        layoutIterations: 32,
        emphasis: { focus: 'adjacency' },
        lineStyle: { color: 'source', opacity: 0.28, curveness: 0.5 },
        label: { ...text, color: variable('--mantine-color-text'), formatter: ({ name }: { name: string }) => labelOf.get(name) ?? '' },
        data: nodes.map(({ id, colour }) => ({ name: id, itemStyle: { color: variable(`--a-${colour}`), borderWidth: 0 } })),
        links: links.map(({ from, to, value }) => ({ source: from, target: to, value })),
      },
    ],
  };
}
