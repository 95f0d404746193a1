import type { PeriodDetail } from '#features/returns/contract/ledger.ts';
import { month } from '#ui/formats.ts';
import { OpenNumber } from '#ui/kit/OpenNumber.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { OpenAmount } from './SummaryTable.tsx';

/** A month's sums by side and category, each opening into its entries. */
export function PeriodCategories({
  answer: { categories, currency, total, recordsUrl: all, month: name },
  open,
}: {
  answer: PeriodDetail;
  open: (url: string, about: string) => void;
}) {
  if (categories.length === 0) return <p className="dim">No cost is recorded in this month.</p>;
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="By category">
      <table className="plain tight middle">
        <thead>
          <tr>
            <th scope="col">Category</th>
            <th scope="col">Side</th>
            <th scope="col" className="end">
              Entries
            </th>
            <th scope="col" className="end">
              Amount
            </th>
          </tr>
        </thead>
        <tbody>
          {categories.map(({ side, category, label, amount, entries, recordsUrl }) => (
            <tr key={`${side} ${category}`}>
              <th scope="row">{label}</th>
              <td>
                <SideMark side={side} />
              </td>
              <td className="end">
                <OpenNumber
                  value={entries}
                  label={`Entries, ${label} of ${side}`}
                  open={() => open(recordsUrl, `${label} of ${side}, ${month(name)}`)}
                />
              </td>
              <td className="end">
                <OpenAmount
                  amount={amount}
                  currency={currency}
                  about={`${label} of ${side}, ${month(name)}`}
                  url={recordsUrl}
                  open={open}
                />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Both sides</th>
            <td />
            <td />
            <td className="end">
              <OpenAmount amount={total} currency={currency} about={month(name)} url={all} open={open} />
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
