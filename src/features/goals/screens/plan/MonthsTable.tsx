import type { Spread } from '#features/goals/contract/pieces.ts';
import type { SheetLine } from '#features/goals/contract/working.ts';
import { month } from '#ui/formats.ts';
import { rangeText, shortly, shown, type Shown } from '../goalWords.ts';
import type { Part } from './WorkedSheet.tsx';

interface Column {
  readonly head: string;
  readonly of: Shown;
  read(line: Omit<SheetLine, 'month'>): Spread | null;
}

/** The sheet: month by month, the middle and the range of each. */
export function MonthsTable({ part, currency, intervalPercent }: { part: Part; currency: string; intervalPercent: number }) {
  const money: Shown = { unit: 'amount', currency };
  const counts: Shown = { unit: 'count', currency };
  const columns: Column[] = [
    { head: 'Expected', of: money, read: ({ revenue }) => revenue },
    { head: 'Won', of: counts, read: ({ won }) => won },
    { head: 'Deals', of: counts, read: ({ deals }) => deals },
    { head: 'SQLs', of: counts, read: ({ sqls }) => sqls },
    { head: 'MQLs', of: counts, read: ({ mqls }) => mqls },
    { head: 'Worth', of: money, read: ({ value }) => value },
    { head: 'Budget', of: money, read: ({ budget }) => budget },
  ];
  const told = columns.filter(({ read }) => read(part.total) !== null);
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Worked-back sheet by month">
      <table className="plain sheet-table">
        <caption className="dim small-print">
          The middle, and below it where {intervalPercent} of 100 such futures lie. Months that are over stand as they were.
        </caption>
        <thead>
          <tr>
            <th scope="col">Month</th>
            <th scope="col" className="figure">
              To be won
            </th>
            {told.map(({ head }) => (
              <th key={head} scope="col" className="figure">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {part.months.map((line) => (
            <tr key={line.month}>
              <th scope="row">{month(line.month)}</th>
              <Cells line={line} columns={told} money={money} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Together</th>
            <Cells line={part.total} columns={told} money={money} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

const Cells = ({ line, columns, money }: { line: Omit<SheetLine, 'month'>; columns: readonly Column[]; money: Shown }) => (
  <>
    <td className="figure">{shown(line.target, money)}</td>
    {columns.map(({ head, of, read }) => {
      const value = read(line);
      return (
        <td key={head} className="figure">
          {value ? shortly(value.mid, of) : '–'}
          {value && value.low !== value.high && <div className="dim small-print range-below">{rangeText(value, of)}</div>}
        </td>
      );
    })}
  </>
);
