import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowBarToRight } from '@tabler/icons-react';
import { memo, useRef, type ClipboardEvent, type KeyboardEvent } from 'react';
import { costSides, type CostSide } from '#features/returns/contract/ledger.ts';
import { month as monthWords } from '#ui/formats.ts';
import { SideMark } from '#ui/kit/Side.tsx';
import { amountOf, cellOf, cellText, filled, type GridRow, pasted, type Saved, sumOf, type Typed } from './budgetCells.ts';

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
          <Cell
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

interface CellProps {
  cell: string;
  /** `row,month`: how the keyboard finds it. */
  place: string;
  label: string;
  text: string | undefined;
  saved: string | undefined;
  currency: string;
  readOnly: boolean;
  set(cells: ReadonlyMap<string, string>): void;
  paste(text: string, at: number): void;
}

const Cell = memo(function Cell({ cell, place, label, text, saved, currency, readOnly, set, paste }: CellProps) {
  const shown = text ?? cellText(saved, currency);
  if (readOnly) return <td className="end">{shown || <span className="dim">–</span>}</td>;
  const amount = text === undefined ? undefined : amountOf(text, currency);
  const wrong = text !== undefined && amount === undefined;
  const changed = text !== undefined && amount !== undefined && amount !== (saved ?? null);
  const onPaste = (event: ClipboardEvent): void => {
    const block = event.clipboardData.getData('text/plain');
    if (!/[\t\n]/.test(block.trim())) return;
    event.preventDefault();
    paste(block, Number(place.split(',')[1]));
  };
  return (
    <td className={`budget-cell${changed ? ' budget-changed' : ''}${wrong ? ' budget-wrong' : ''}`}>
      <input
        data-cell={place}
        aria-label={label}
        aria-invalid={wrong || undefined}
        inputMode="decimal"
        autoComplete="off"
        value={shown}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => set(new Map([[cell, event.currentTarget.value]]))}
        onBlur={() => changed && amount && set(new Map([[cell, cellText(amount, currency)]]))}
        onKeyDown={goOn}
        onPaste={onPaste}
      />
    </td>
  );
});

/** Enter and the arrows up and down go to the same month of the row above or below. */
function goOn(event: KeyboardEvent<HTMLInputElement>): void {
  const step =
    event.key === 'ArrowDown' || (event.key === 'Enter' && !event.shiftKey) ? 1 : event.key === 'ArrowUp' || event.key === 'Enter' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const [row, month] = (event.currentTarget.dataset['cell'] ?? '').split(',').map(Number);
  const next = event.currentTarget.closest('table')?.querySelector<HTMLInputElement>(`[data-cell="${row! + step},${month}"]`);
  next?.focus();
}
