import { Button } from '@mantine/core';
import { useMemo } from 'react';
import type { CohortsAnswer } from '#features/returns/contract/retention.ts';
import { capitalised, count, day, money, percent, plural } from '#ui/formats.ts';
import { saveCsv } from '#ui/kit/csv.ts';
import { HeatTable, type HeatCell, type HeatRow } from '#ui/kit/HeatTable.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Empty } from '#ui/kit/States.tsx';

type Cohort = CohortsAnswer['cohorts'][number];
type Cell = Cohort['cells'][number];
type Open = (url: string, about: string) => void;

/** Every cohort of customers by age: a row is who began together, a column how long ago that was. */
export function Cohorts({ answer, open, busy }: { answer: CohortsAnswer; open: Open; busy: boolean }) {
  const columns = useMemo(() => columnsOf(answer), [answer]);
  const rows = useMemo(() => answer.cohorts.map((cohort) => rowOf(answer, cohort, columns.length, open)), [answer, columns, open]);
  const censored = answer.cohorts.some(({ cells }) => cells.some((cell) => cell.censored));
  return (
    <Sheet
      title={`Cohorts by ${answer.every} of the first win`}
      actions={
        <Button
          variant="default"
          size="xs"
          disabled={rows.length === 0}
          onClick={() => saveCsv(`cohorts-${answer.measure}.csv`, csvOf(answer))}
        >
          CSV
        </Button>
      }
      padded
    >
      {rows.length === 0 ? (
        <Empty title="No cohort in this period">A cohort is the customers whose first win lies in one {answer.every}.</Empty>
      ) : (
        <div style={{ opacity: busy ? 0.6 : 1 }} aria-busy={busy}>
          <p style={{ marginTop: 0 }}>
            {capitalised(answer.formula)}.
            {censored && ` Hatched cells are not over by ${day(answer.asOf)}: they may still rise and are no fall.`}
          </p>
          <HeatTable
            caption={`Cohorts by ${answer.every}, ${answer.measure}`}
            rowHead="Began"
            sizeHead="Customers"
            columns={columns}
            rows={rows}
          />
        </div>
      )}
    </Sheet>
  );
}

/** `0, 1, 2 …`: whole steps since the beginning. */
function columnsOf({ cohorts }: CohortsAnswer): string[] {
  const longest = cohorts.reduce((most, { cells }) => Math.max(most, cells.at(-1)?.step ?? 0), 0);
  return Array.from({ length: cohorts.length === 0 ? 0 : longest + 1 }, (_, step) => String(step));
}

function rowOf(answer: CohortsAnswer, cohort: Cohort, width: number, open: Open): HeatRow {
  const byStep = new Map(cohort.cells.map((cell) => [cell.step, cell]));
  return {
    key: cohort.cohort,
    head: cohort.cohort,
    size: (
      <button type="button" className="as-link" onClick={() => open(cohort.recordsUrl, `Customers of ${cohort.cohort}`)}>
        {count(cohort.customers)}
      </button>
    ),
    cells: Array.from({ length: width }, (_, step) => {
      const cell = byStep.get(step);
      return cell ? heatOf(answer, cohort, cell, open) : null;
    }),
  };
}

function heatOf({ every, measure, currency }: CohortsAnswer, { cohort, customers }: Cohort, cell: Cell, open: Open): HeatCell {
  const { step, period, value, why, censored, amount, recordsUrl } = cell;
  const what = measure === 'customers' ? `${count(cell.customers)} of ${plural(customers, 'customer')}` : money(amount, currency);
  const about = `${cohort} after ${plural(step, every)} (${period}): ${what}${censored ? ', not over yet' : ''}${why ? `, ${why}` : ''}`;
  return {
    text: value === null ? (censored ? what.split(' of ')[0]! : '–') : percent(value, 0),
    strength: value === null ? null : Math.min(1, value),
    censored,
    about,
    open: () => open(recordsUrl, about),
  };
}

function csvOf(answer: CohortsAnswer): string[][] {
  const head = [
    'cohort',
    'customers in it',
    'step',
    'period',
    'share',
    'customers',
    `amount (minor units, ${answer.currency})`,
    'not over yet',
  ];
  const rows = answer.cohorts.flatMap(({ cohort, customers, cells }) =>
    cells.map((cell) => [
      cohort,
      String(customers),
      String(cell.step),
      cell.period,
      cell.value === null ? '' : String(cell.value),
      String(cell.customers),
      cell.amount,
      cell.censored ? 'yes' : 'no',
    ]),
  );
  return [head, ...rows];
}
