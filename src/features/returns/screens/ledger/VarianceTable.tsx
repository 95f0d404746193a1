import type { VarianceAnswer } from '#features/returns/contract/plans.ts';
import { capitalised, money, month, percent } from '#ui/formats.ts';
import { overUnder } from './ledgerWords.ts';
import { OpenAmount } from './SummaryTable.tsx';

interface VarianceTableProps {
  answer: VarianceAnswer;
  open(url: string, about: string): void;
}

/** Line by line: planned, spent as a bar against it, and what lies between in words. */
export function VarianceTable({ answer, open }: VarianceTableProps) {
  const { rows, total, by, currency } = answer;
  const widest = rows.reduce((most, row) => Math.max(most, Number(row.budget), Number(row.actual)), 1);
  return (
    <div className="table-scroll long-table" tabIndex={0} role="region" aria-label="Spent against planned">
      <table className="plain middle">
        <thead>
          <tr>
            <th scope="col">{capitalised(by)}</th>
            <th scope="col" className="end">
              Planned
            </th>
            <th scope="col" className="end">
              Spent
            </th>
            <th scope="col" className="spend-bar-cell">
              <span className="visually-hidden">Spent against planned, as a bar</span>
            </th>
            <th scope="col">Over or under</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row
              key={row.group ?? ''}
              row={row}
              label={by === 'month' ? month(row.label) : row.label}
              currency={currency}
              widest={widest}
              open={open}
            />
          ))}
        </tbody>
        <tfoot>
          <Row row={total} label="Total" currency={currency} widest={null} open={open} />
        </tfoot>
      </table>
    </div>
  );
}

interface RowProps {
  row: VarianceAnswer['total'];
  label: string;
  currency: string;
  /** The longest bar; null: none is drawn. */
  widest: number | null;
  open: VarianceTableProps['open'];
}

function Row({ row, label, currency, widest, open }: RowProps) {
  const { budget, actual, variance, share, why, recordsUrl } = row;
  const { text, over } = overUnder(variance, currency);
  return (
    <tr>
      <th scope="row">{label}</th>
      <td className="end">{budget === '0' ? <span className="dim">nothing</span> : money(budget, currency)}</td>
      <td className="end">
        <OpenAmount amount={actual} currency={currency} about={`Spent, ${label}`} url={recordsUrl} open={open} />
      </td>
      <td className="spend-bar-cell" aria-hidden>
        {widest !== null && <Bar budget={Number(budget)} actual={Number(actual)} widest={widest} />}
      </td>
      <td className="no-break">
        {budget === '0' ? (
          <span className="dim" title={why ?? undefined}>
            not planned
          </span>
        ) : (
          <>
            <span className={over ? 'bad' : undefined}>{text}</span>
            {share !== null && share !== 0 && <span className="dim"> ({shareText(share)})</span>}
          </>
        )}
      </td>
    </tr>
  );
}

/** Far beyond it a percentage tells nothing. */
const shareText = (share: number): string => (share > 9 ? 'more than ten times as planned' : percent(Math.abs(share), 0));

/** As long as what was spent; the line stands where what was planned ends, and what is beyond it is marked. */
function Bar({ budget, actual, widest }: { budget: number; actual: number; widest: number }) {
  const at = (amount: number): string => `${Math.max(0, Math.min(100, (amount / widest) * 100))}%`;
  const within = budget > 0 ? Math.min(budget, actual) : actual;
  return (
    <div className="meter variance-bar">
      <span className="meter-fill variance-within" style={{ width: at(within) }} />
      {budget > 0 && actual > budget && <span className="variance-over" style={{ left: at(budget), width: at(actual - budget) }} />}
      {budget > 0 && <span className="meter-target" style={{ left: `calc(${at(budget)} - 2px)` }} />}
    </div>
  );
}
