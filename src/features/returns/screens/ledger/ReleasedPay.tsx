import type { CostSummary } from '#features/returns/contract/ledger.ts';
import { capitalised, money, plural } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { withoutPayOf } from './ledgerWords.ts';

/** For those who may not see pay: sums of a side and quarter that tell nobody's own, and why others are withheld. */
export function ReleasedPay({ answer }: { answer: CostSummary }) {
  const hidden = withoutPayOf(answer.basis);
  if (!hidden) return null;
  return (
    <Sheet title={`Pay of ${hidden}`} padded>
      <p style={{ marginTop: 0 }}>
        Salaries and commissions of {hidden} are not in the sums on this page. Whole quarters are told here when they are closed and enough
        people’s pay is in them to tell nobody’s own.
      </p>
      {answer.releasedPay.length === 0 ? (
        <p className="dim" style={{ marginBottom: 0 }}>
          No whole quarter with pay lies in what is shown.
        </p>
      ) : (
        <div className="table-scroll month-table" tabIndex={0} role="region" aria-label="Pay by quarter">
          <table className="plain tight">
            <thead>
              <tr>
                <th scope="col">Quarter</th>
                <th scope="col">Side</th>
                <th scope="col" className="end">
                  Pay
                </th>
              </tr>
            </thead>
            <tbody>
              {answer.releasedPay.map(({ quarter, side, amount, people, whyNot }) => (
                <tr key={`${quarter} ${side}`}>
                  <th scope="row">{quarter.split('-').reverse().join(' ')}</th>
                  <td>
                    <SideMark side={side} />
                  </td>
                  <td className={amount === null ? 'figure dim' : 'end'}>
                    {amount === null ? capitalised(whyNot ?? 'withheld') : money(amount, answer.currency)}
                    {amount !== null && people !== null && (
                      <div className="dim small-print">at least {plural(people, 'person', 'people')}</div>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Sheet>
  );
}
