import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowBarToRight } from '@tabler/icons-react';
import { useRef } from 'react';
import { costSides, type CostSide } from '#features/returns/contract/ledger.ts';
import { month as monthWords } from '#ui/formats.ts';
import { SideMark } from '#ui/kit/Side.tsx';
import { BudgetCell } from './BudgetCell.tsx';
import { cellOf, cellText, filled, type GridRow, pasted, type Saved, sumOf, type Typed } from './budgetCells.ts';

interface BudgetGridProps {
  rows: readonly GridRow[];
  months: readonly string[];
  typed: Typed;
  saved: Saved;
  currency: string;
  /** Why a side's budget can't be changed; null when it can. */
  whyNot(side: CostSide): string | null;
  set(cells: ReadonlyMap<string, string>): void;
}

/** Lines down, months across; a sum at the end of each. Works by keyboard as a spreadsheet does. */
export function BudgetGrid(props: BudgetGridProps) {
  const { rows, months, typed, saved, currency } = props;
  const sum = (of: readonly GridRow[], over: readonly string[]): string => {
    const amount = sumOf(of, over, typed, saved, currency);
    return amount === 0n ? '–' : cellText(String(amount), currency);
  };
  return (
    <div className="table-scroll budget-scroll" tabIndex={0} role="region" aria-label="Budget by month">
      <table className="plain middle budget">
        <thead>
          <tr>
            <th scope="col">Line</th>
            {months.map((month) => (
              <th key={month} scope="col" className="end">
                <MonthHead month={month} oneYear={months.every((each) => each.slice(0, 4) === month.slice(0, 4))} />
              </th>
            ))}
            <th scope="col" className="end">
              Sum
            </th>
            <th scope="col">
              <span className="visually-hidden">Fill</span>
            </th>
          </tr>
        </thead>
        {costSides.map((side) => (
          <SideRows key={side} {...props} side={side} sum={sum} />
        ))}
        <tfoot>
          <tr>
            <th scope="row">Both sides</th>
            {months.map((month) => (
              <td key={month} className="end">
                {sum(rows, [month])}
              </td>
            ))}
            <td className="end">{sum(rows, months)}</td>
            <td />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

/** Of one year the months' names are enough to look at. */
function MonthHead({ month, oneYear }: { month: string; oneYear: boolean }) {
  const [name, year] = monthWords(month).split(' ');
  return (
    <>
      {name} <span className={oneYear ? 'visually-hidden' : undefined}>{year}</span>
    </>
  );
}

type SideProps = BudgetGridProps & { side: CostSide; sum(of: readonly GridRow[], over: readonly string[]): string };

function SideRows(props: SideProps) {
  const { rows, months, side, sum, whyNot } = props;
  const own = rows.filter((row) => row.side === side);
  const why = whyNot(side);
  if (own.length === 0) return null;
  return (
    <tbody>
      <tr className="budget-side">
        <th scope="rowgroup">
          <SideMark side={side} />
        </th>
        {months.map((month) => (
          <td key={month} className="end">
            {sum(own, [month])}
          </td>
        ))}
        <td className="end">{sum(own, months)}</td>
        <td />
      </tr>
      {why && (
        <tr>
          <td colSpan={months.length + 3} className="dim">
            {why}
          </td>
        </tr>
      )}
      {own.map((row) => (
        <Row key={row.key} {...props} row={row} place={rows.indexOf(row)} readOnly={why !== null} />
      ))}
    </tbody>
  );
}

function Row({ row, place, readOnly, ...grid }: SideProps & { row: GridRow; place: number; readOnly: boolean }) {
  const { rows, months, typed, saved, currency, set, sum } = grid;
  // Where a block is pasted depends on all rows: the cells, which are many, don't have to know them.
  const latest = useRef({ rows, months, place });
  latest.current = { rows, months, place };
  const paste = useRef((text: string, at: number) => {
    const now = latest.current;
    set(pasted(text, now.rows, now.months, { row: now.place, month: at }));
  });
  const fill = filled(row, months, typed, saved, currency);
  return (
    <tr>
      <th scope="row">{row.label}</th>
      {months.map((month, at) => {
        const cell = cellOf(row.key, month);
        return (
          <BudgetCell
            key={month}
            cell={cell}
            place={`${place},${at}`}
            label={`${row.side === 'sales' ? 'Sales' : 'Marketing'}, ${row.label}, ${monthWords(month)}`}
            text={typed.get(cell)}
            saved={saved.get(cell)}
            currency={currency}
            readOnly={readOnly}
            set={set}
            paste={paste.current}
          />
        );
      })}
      <td className="end">{sum([row], months)}</td>
      <td className="budget-fill">
        {!readOnly && fill.size > 0 && (
          <Tooltip label="Copy the first amount into the empty months after it">
            <ActionIcon
              size={28}
              color="gray"
              aria-label={`${row.label}: copy the first amount into the empty months after it`}
              onClick={() => set(fill)}
            >
              <IconArrowBarToRight size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </td>
    </tr>
  );
}
