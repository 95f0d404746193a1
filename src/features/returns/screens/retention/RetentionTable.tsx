import type { RetentionAnswer } from '#features/returns/contract/retention.ts';
import { money, percent } from '#ui/formats.ts';
import { OpenNumber } from '#ui/kit/OpenNumber.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { rangeText, whyNone } from '../figureWords.ts';

type Row = RetentionAnswer['rows'][number];

/** Retention of each group. */
export function RetentionTable({ answer, open }: { answer: RetentionAnswer; open(url: string, about: string): void }) {
  const { rows, currency, notShown } = answer;
  return (
    <Sheet title={`By ${answer.by}`}>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={`Retention by ${answer.by}`}>
        <table className="plain">
          <thead>
            <tr>
              {[answer.by, 'Customers at the start', 'Paid a month', 'Left', 'At the end', 'NRR', 'GRR', 'Customers kept'].map(
                (head, at) => (
                  <th key={head} scope="col" className={at ? 'figure' : undefined} style={at ? undefined : { textTransform: 'capitalize' }}>
                    {head}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.group ?? '(none)'}>
                <th scope="row" className="wrap-any">
                  {row.group === null ? <span className="dim">{row.label}</span> : row.label}
                </th>
                <Cells row={row} currency={currency} open={open} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {notShown && <p className="dim sheet-body">{notShown.groups} more groups are in the total.</p>}
    </Sheet>
  );
}

function Cells({ row, currency, open }: { row: Row; currency: string; open(url: string, about: string): void }) {
  const number = (part: 'start' | 'churned' | 'end', label: string) => {
    const { count, recordsUrl } = row.bridge[part];
    return recordsUrl ? (
      <OpenNumber value={count} label={`${row.label}, ${label}`} open={() => open(recordsUrl, `${row.label} · ${label}`)} />
    ) : (
      count
    );
  };
  return (
    <>
      <td className="figure">{number('start', 'at the start')}</td>
      <td className="figure">{money(row.bridge.start.amount, currency)}</td>
      <td className="figure">{number('churned', 'left')}</td>
      <td className="figure">{number('end', 'at the end')}</td>
      {([row.nrr, row.grr, row.logoRetention] as const).map((figure, at) => {
        const none = whyNone(figure);
        const range = figure.small ? rangeText(figure, 'share', currency) : null;
        return (
          <td key={at} className="figure">
            {percent(figure.value)}
            {(none ?? range) && <div className="dim small-print">{none ?? range}</div>}
          </td>
        );
      })}
    </>
  );
}
