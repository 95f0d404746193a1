import { Button, Checkbox, Group, Popover, Stack } from '@mantine/core';
import { type FigureName, figureNames, figureTable, type FiguresAnswer } from '#features/returns/contract/figures.ts';
import { saveCsv } from '#ui/kit/csv.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { Empty } from '#ui/kit/States.tsx';
import { csvOf, namesIn, nextOrder, orderIn, rowLabel, sorted, usualColumns } from './figureRows.ts';
import { FigureTable } from './FigureTable.tsx';
import { type Change, groupingLabels } from './scope.ts';

interface FigureGroupsProps {
  answer: FiguresAnswer;
  search: Readonly<Record<string, string>>;
  change: Change;
  open(name: FigureName, of: string | null): void;
}

/** Group by group, with the figures one chooses. */
export function FigureGroups({ answer, search, change, open }: FigureGroupsProps) {
  const names = namesIn(search['columns'], usualColumns);
  const order = orderIn(search['sort']);
  const rows = sorted(answer.rows, order);
  const head = groupingLabels[answer.by];
  const save = (): void => {
    const lines = rows.map((row) => ({ label: rowLabel(answer.by, row), figures: row.figures }));
    const all = [...lines, { label: 'All together', figures: answer.total.figures }];
    saveCsv(`figures-by-${answer.by}-${answer.start}-${answer.end}.csv`, csvOf(head, all, names, answer.currency));
  };
  return (
    <Sheet
      title={`By ${head === 'SDR' ? head : head.toLowerCase()}`}
      actions={
        <Group gap={6} wrap="nowrap">
          <ChooseFigures label="Columns" names={names} choose={(columns) => change({ columns: columns.join(',') })} />
          <Button variant="default" size="xs" disabled={rows.length === 0} onClick={save}>
            CSV
          </Button>
        </Group>
      }
    >
      {rows.length === 0 ? (
        <Empty title="No group in this period" />
      ) : (
        <FigureTable
          answer={answer}
          rows={rows}
          names={names}
          order={order}
          sort={(by) => change({ sort: nextOrder(order, by) })}
          open={open}
        />
      )}
    </Sheet>
  );
}

/** Which figures are shown; at least one. */
export function ChooseFigures({
  label,
  names,
  choose,
}: {
  label: string;
  names: readonly FigureName[];
  choose(names: readonly FigureName[]): void;
}) {
  const turn = (name: FigureName): void => {
    const next = figureNames.filter((known) => (known === name ? !names.includes(name) : names.includes(known)));
    if (next.length > 0) choose(next);
  };
  return (
    <Popover position="bottom-end" trapFocus width={260}>
      <Popover.Target>
        <Button variant="default" size="xs">
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Which figures are shown" className="choose-figures">
        <Stack gap={8}>
          {figureNames.map((name) => (
            <Checkbox
              key={name}
              label={figureTable[name].label}
              checked={names.includes(name)}
              disabled={names.length === 1 && names[0] === name}
              onChange={() => turn(name)}
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
