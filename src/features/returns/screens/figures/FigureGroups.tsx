import { Button, Checkbox, Group, Popover, Stack } from '@mantine/core';
import { type FigureName, figureNames, figureTable } from '#features/returns/contract/figure-table.ts';
import type { FiguresAnswer } from '#features/returns/contract/figures.ts';
import { saveCsv } from '#ui/kit/csv.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { csvOf, namesIn, nextOrder, orderIn, rowLabel, sorted, usualColumns } from './figureRows.ts';
import { restsOnPay } from './figureKnown.ts';
import { FigureTable } from './FigureTable.tsx';
import { type Change, groupingLabels, spreadsCosts } from './scope.ts';

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
      {answer.costBasis === 'programme' && names.some(restsOnPay) && (
        <p className="sheet-body dim figure-words">
          Costs, and what is made from them, are without pay, which you may not see of both sides.
        </p>
      )}
      {costsNameNone(answer) && <SpreadOut answer={answer} change={change} />}
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

/** Whether all cost is that of no group: then each group seems to cost nothing. */
const costsNameNone = ({ by, rows }: FiguresAnswer): boolean => {
  const costOf = ({ figures }: FiguresAnswer['rows'][number]): string => figures.cost.value ?? '0';
  return (
    spreadsCosts(by) &&
    rows.some((row) => row.group === null && costOf(row) !== '0') &&
    rows.every((row) => row.group === null || costOf(row) === '0')
  );
};

function SpreadOut({ answer, change }: { answer: FiguresAnswer; change: Change }) {
  const by = groupingLabels[answer.by].toLowerCase();
  return (
    <p className="sheet-body dim figure-words">
      No cost names a {by}, so what each one costs is not known.{' '}
      {answer.allocated ? (
        <>
          No allocation key spreads shared costs onto it either: <Go href={paths.costSettings('keys')}>make one</Go>.
        </>
      ) : (
        <>
          <button type="button" className="as-link" onClick={() => change({ allocated: 'true' })}>
            Spread shared costs
          </button>{' '}
          by the allocation keys, or split by what costs name.
        </>
      )}
    </p>
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
