import { figureTable } from '#features/returns/contract/figure-table.ts';
import type { WhereNextAnswer } from '#features/returns/contract/changes.ts';
import { majorUnits, money, percent } from '#ui/formats.ts';
import { figureText, rangeText } from '../figureWords.ts';
import { OpenAmount } from './OpenAmount.tsx';
import { groupingLabels } from './scope.ts';
import { reasonOf } from './figureKnown.ts';

type Row = WhereNextAnswer['rows'][number];

interface WhereNextTableProps {
  answer: WhereNextAnswer;
  open(url: string, about: string): void;
}

/** Place by place: what was spent and came of it, what the next amount would bring, and how sure that is. */
export function WhereNextTable({ answer, open }: WhereNextTableProps) {
  const { rows, by, currency, amount } = answer;
  const widest = widestOf(rows);
  const heads = ['Spent', figureTable.wonValue.label, 'For each 1 spent', `The next ${money(amount, currency)} would bring`];
  return (
    <div className="table-scroll figure-table" tabIndex={0} role="region" aria-label={`Where next, by ${by}`}>
      <table className="plain middle">
        <thead>
          <tr>
            <th scope="col">{groupingLabels[by]}</th>
            {heads.map((head) => (
              <th key={head} scope="col" className="end">
                {head}
              </th>
            ))}
            <th scope="col" className="range-cell">
              From least to most
            </th>
            <th scope="col" className="end">
              Best of all in
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <PlaceRow key={row.group ?? ''} row={row} answer={answer} widest={widest} open={open} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function PlaceRow({ row, answer, widest, open }: WhereNextTableProps & { row: Row; widest: number }) {
  const { currency, best } = answer;
  const none = reasonOf(row.brings);
  return (
    <tr>
      <th scope="row">
        {row.label}
        {best && best.group === row.group && <div className="good small-print">brings most</div>}
      </th>
      <td className="end">
        <OpenAmount amount={row.spend} currency={currency} url={row.recordsUrl} about={`Spent on ${row.label}`} open={open} />
      </td>
      <td className="end">
        <OpenAmount amount={row.value} currency={currency} url={row.valueUrl} about={`Opened and won, ${row.label}`} open={open} />
      </td>
      <td className="end">{figureText(row.average, 'ratio', currency)}</td>
      <td className="end">{figureText(row.brings, 'amount', currency)}</td>
      <td className="range-cell">
        {none ? (
          <span className="dim range-why">{none}</span>
        ) : (
          <>
            <Range row={row} widest={widest} />
            <span className="dim small-print">{rangeText(row.brings, 'amount', currency) ?? 'no range'}</span>
          </>
        )}
      </td>
      <td className="end">{row.bestShare === null ? '–' : percent(row.bestShare, 0)}</td>
    </tr>
  );
}

/** A bar as long as what it would bring, and a line from least to most over it. */
function Range({ row: { brings }, widest }: { row: Row; widest: number }) {
  const at = (value: string | null): string => `${Math.max(0, Math.min(100, value === null ? 100 : (Number(value) / widest) * 100))}%`;
  const { value, uncertainty } = brings;
  return (
    <div className="range" aria-hidden>
      <span className="range-bar" style={{ width: at(value) }} />
      {uncertainty && (
        <span
          className="range-line"
          style={{ left: at(uncertainty.low), width: `calc(${at(uncertainty.high)} - ${at(uncertainty.low)})` }}
        />
      )}
    </div>
  );
}

/** A picture: the longest range still in sight. */
const widestOf = (rows: readonly Row[]): number =>
  rows.reduce((most, { brings }) => Math.max(most, Number(brings.value ?? 0), Number(brings.uncertainty?.high ?? 0)), 1);

export function csvOf({ rows, by, amount, currency }: WhereNextAnswer): string[][] {
  const major = (value: string | null | undefined): string => (value === null || value === undefined ? '' : majorUnits(value, currency));
  const brings = `the next ${majorUnits(amount, currency)} would bring (${currency})`;
  return [
    [
      by,
      `spent (${currency})`,
      `won value (${currency})`,
      'for each 1 spent',
      brings,
      'least',
      'most',
      'best in share of draws',
      'why none',
    ],
    ...rows.map((row) => [
      row.label,
      major(row.spend),
      major(row.value),
      row.average.value === null ? '' : String(row.average.value),
      major(row.brings.value),
      major(row.brings.uncertainty?.low),
      major(row.brings.uncertainty?.high),
      row.bestShare === null ? '' : String(row.bestShare),
      reasonOf(row.brings) ?? '',
    ]),
  ];
}
