import { useState } from 'react';
import type { StatementLine } from '#features/incentives/contract/statements.ts';
import { count, money, month } from '#ui/formats.ts';
import { DisputeMark } from './disputes/DisputeMark.tsx';
import { LineDrawer } from './LineDrawer.tsx';

/** Lines of a statement or an estimate; each opens to what it rests on. */
export function LineTable({ lines, label }: { lines: readonly StatementLine[]; label: string }) {
  const [open, setOpen] = useState<StatementLine | null>(null);
  return (
    <>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={label}>
        <table className="plain stacked pay-lines">
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Rests on</th>
              <th scope="col" className="figure">
                Amount
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={`${line.id} ${line.lineNo}`}>
                <th scope="row" className="wrap-any">
                  {line.says}
                  <span className="dim small-print block">
                    {line.plan.name}
                    {line.isCorrection && `, for ${month(line.periodStart)}`} {line.dispute && <DisputeMark status={line.dispute.status} />}
                  </span>
                </th>
                <td data-label="Rests on" className="no-break">
                  <button type="button" className="as-link" onClick={() => setOpen(line)}>
                    {line.opens.length === 0 ? 'the plan' : line.opens.length === 1 ? '1 record' : `${count(line.opens.length)} records`}
                    <span className="visually-hidden"> behind “{line.says}”</span>
                  </button>
                </td>
                <td data-label="Amount" className="figure">
                  {money(line.amount, line.currency)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {open && <LineDrawer line={open} onClose={() => setOpen(null)} />}
    </>
  );
}
