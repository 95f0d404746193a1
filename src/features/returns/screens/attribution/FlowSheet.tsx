import { Button, Select } from '@mantine/core';
import { useMemo } from 'react';
import type { PathsAnswer } from '#features/returns/contract/paths.ts';
import { count, majorUnits, moneyAxis } from '#ui/formats.ts';
import { saveCsv } from '#ui/kit/csv.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { Sankey, type SankeyLink, type SankeyNode } from '#ui/kit/Sankey.tsx';
import type { FlowMeasure, OpenConversions } from './Paths.tsx';
import { StepTable } from './StepTable.tsx';
import { channelSide } from './settingWords.ts';

interface FlowSheetProps {
  answer: PathsAnswer;
  measure: FlowMeasure;
  steps: string;
  choose(steps: string | null): void;
  open: OpenConversions;
}

type Node = PathsAnswer['nodes'][number];
type Link = PathsAnswer['links'][number];
const nodeLabel = ({ kind, channel }: Node): string =>
  kind === 'converted' ? 'Converted' : kind === 'more' ? 'Later touches' : (channel ?? 'No channel');

/** Steps from the first touch to the conversion, as flows and as a table. */
export function FlowSheet({ answer, measure, steps, choose, open }: FlowSheetProps) {
  const { nodes, links, currency } = answer;
  const flow = useMemo(() => flowOf(answer, measure), [answer, measure]);
  const format = useMemo(() => (measure === 'value' ? moneyAxis(currency) : count), [measure, currency]);
  const nodeOf = new Map(nodes.map((node) => [node.id, node]));
  const stepText = (id: string): string => {
    const node = nodeOf.get(id);
    return node ? `${nodeLabel(node)}${node.kind === 'channel' ? `, step ${node.step + 1}` : ''}` : id;
  };
  const openNode = (id: string): void => {
    const node = nodeOf.get(id);
    if (node) open(node.recordsUrl, stepText(id));
  };
  const openLink = ({ source, target, recordsUrl }: Link): void => open(recordsUrl, `${stepText(source)} → ${stepText(target)}`);
  const widest = Math.max(...[...Map.groupBy(nodes, ({ step }) => step).values()].map((column) => column.length));
  const save = (): void =>
    saveCsv('paths-steps.csv', [
      ['from', 'to', 'conversions', `value ${currency}`],
      ...links.map((link) => [stepText(link.source), stepText(link.target), link.conversions, majorUnits(link.value, currency)]),
    ]);
  return (
    <Sheet
      title="From the first touch to the conversion"
      actions={
        <div className="way">
          <Select
            aria-label="Steps drawn"
            size="xs"
            w={110}
            allowDeselect={false}
            value={steps}
            data={[2, 3, 4, 5, 6, 7, 8].map((number) => ({ value: String(number), label: `${number} steps` }))}
            onChange={choose}
          />
          <Button size="compact-sm" variant="default" onClick={save}>
            CSV
          </Button>
        </div>
      }
    >
      <div className="scroll-x" tabIndex={0} role="region" aria-label="Flows between channels">
        <div style={{ minWidth: 640, padding: 8 }}>
          <Sankey
            label={`${measure === 'value' ? 'Value' : 'Conversions'} by way through the channels; the table below has the figures`}
            height={Math.min(720, Math.max(260, widest * 34))}
            nodes={flow.nodes}
            links={flow.links}
            format={format}
            openLink={(at) => openLink(flow.links[at]!.link)}
            openNode={openNode}
          />
        </div>
      </div>
      <StepTable answer={answer} nodeOf={nodeOf} stepText={stepText} openNode={openNode} openLink={openLink} />
    </Sheet>
  );
}

function flowOf(
  { nodes, links, currency }: PathsAnswer,
  measure: FlowMeasure,
): { nodes: SankeyNode[]; links: (SankeyLink & { link: Link })[] } {
  const colour = (node: Node): SankeyNode['colour'] => {
    if (node.kind !== 'channel') return node.kind === 'converted' ? 'good' : 'mid';
    const side = channelSide(node.channel ?? '');
    return side === 'neither' ? 'ink' : side;
  };
  const drawn = links.flatMap((link) => {
    const value = measure === 'value' ? Number(majorUnits(link.value, currency)) : link.conversions;
    return value > 0 ? [{ from: link.source, to: link.target, value, link }] : [];
  });
  const met = new Set(drawn.flatMap(({ from, to }) => [from, to]));
  return {
    nodes: nodes.filter(({ id }) => met.has(id)).map((node) => ({ id: node.id, label: nodeLabel(node), colour: colour(node) })),
    links: drawn,
  };
}
