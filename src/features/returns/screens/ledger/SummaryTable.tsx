import type { CostSummary, SummaryRow } from '#features/returns/contract/ledger.ts';
import { count, money } from '#ui/formats.ts';
import { OpenNumber } from '#ui/kit/OpenNumber.tsx';
import { groupText, shareOf, splits } from './ledgerWords.ts';
import { periodText } from './SpendHead.tsx';
import { narrowedUrl } from './useLedgerDrawer.ts';

interface SummaryTableProps {
  answer: CostSummary;
  open(url: string, about: string): void;
}

/** A row for each group: both sides, together, and how large that is. Every amount opens the entries booked to it. */
export function SummaryTable({ answer, open }: SummaryTableProps) {
  const { rows, allocated, by, notShown, total, currency } = answer;
  const widest = rows.reduce((most, row) => Math.max(most, Number(row.total)), 1);
  const keyed = allocated && rows.some(({ byKeys }) => byKeys !== '0');
  const head = splits.find(({ value }) => value === by)?.label.replace('By ', '') ?? 'all';
  return (
    <div className="table-scroll long-table" tabIndex={0} role="region" aria-label={`Spend by ${head}`}>
      <table className="plain middle">
        <thead>
          <tr>
            <th scope="col">{head.charAt(0).toUpperCase() + head.slice(1)}</th>
            <th scope="col" className="spend-bar-cell">
              <span className="visually-hidden">Size</span>
            </th>
            {['Marketing', 'Sales', 'Both', ...(keyed ? ['Of it by keys'] : []), 'Share', 'Entries'].map((label) => (
              <th key={label} scope="col" className="end">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.group ?? ''} row={row} answer={answer} widest={widest} keyed={keyed} open={open} />
          ))}
        </tbody>
        <tfoot>
          {notShown && (
            <tr>
              <th scope="row">{count(notShown.groups)} smaller ones</th>
              <td />
              <Amounts of={notShown} currency={currency} />
              <td colSpan={keyed ? 3 : 2} />
            </tr>
          )}
          <tr>
            <th scope="row">Total</th>
            <td />
            {(['marketing', 'sales', 'total'] as const).map((part) => (
              <td key={part} className="end">
                <OpenAmount
                  amount={total[part]}
                  currency={currency}
                  about={`Total${part === 'total' ? '' : ` of ${part}`}, ${periodText(answer)}`}
                  url={part === 'total' ? total.recordsUrl : narrowedUrl(total.recordsUrl, { side: part })}
                  open={open}
                />
              </td>
            ))}
            {keyed && <td />}
            <td />
            <td className="end">
              <OpenNumber value={total.entries} label="All entries" open={() => open(total.recordsUrl, `Total, ${periodText(answer)}`)} />
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

type RowProps = SummaryTableProps & { row: SummaryRow; widest: number; keyed: boolean };

function Row({ row, answer, widest, keyed, open }: RowProps) {
  const { currency, by, total } = answer;
  const label = groupText(by, row.label);
  const about = (part: string): string =>
    `${label}${part}, ${periodText(answer)}${row.byKeys === '0' ? '' : `. ${keysText(row, currency)}`}`;
  return (
    <tr>
      <th scope="row" className={row.group === null ? 'dim' : undefined} title={label.length > 60 ? label : undefined}>
        <span className="clamped">{label}</span>
      </th>
      <td className="spend-bar-cell" aria-hidden>
        <Bar row={row} widest={widest} />
      </td>
      {(['marketing', 'sales', 'total'] as const).map((part) => (
        <td key={part} className="end">
          <OpenAmount
            amount={row[part]}
            currency={currency}
            about={about(part === 'total' ? '' : `, ${part}`)}
            url={part === 'total' ? row.recordsUrl : narrowedUrl(row.recordsUrl, { side: part })}
            open={open}
          />
        </td>
      ))}
      {keyed && <td className="end dim">{row.byKeys === '0' ? '–' : money(row.byKeys, currency)}</td>}
      <td className="end dim">{shareOf(row.total, total.total) ?? '–'}</td>
      <td className="end">
        <OpenNumber value={row.entries} label={`Entries, ${label}`} open={() => open(row.recordsUrl, about(''))} />
      </td>
    </tr>
  );
}

/** In words beside the entries, which are only those booked to the group itself. */
function keysText({ byKeys, group }: SummaryRow, currency: string): string {
  const amount = money(byKeys.replace('-', ''), currency);
  return group === null
    ? `${amount} of these entries is spread by keys onto others.`
    : `Beside them ${amount} of shared costs came by keys.`;
}

/** Both sides on one line, as long as the row is large. Money that came back has no length. */
function Bar({ row, widest }: { row: SummaryRow; widest: number }) {
  const width = (amount: string): string => `${Math.max(0, (Number(amount) / widest) * 100)}%`;
  return (
    <div className="spend-bar">
      <span className="meter-marketing" style={{ width: width(row.marketing) }} />
      <span className="meter-sales" style={{ width: width(row.sales) }} />
    </div>
  );
}

interface OpenAmountProps {
  amount: string;
  currency: string;
  about: string;
  url: string;
  open(url: string, about: string): void;
}

/** An amount that opens into its entries; nothing has none to open. */
export function OpenAmount({ amount, currency, about, url, open }: OpenAmountProps) {
  if (amount === '0') return <span className="dim">0</span>;
  return (
    <button type="button" className="as-link" aria-label={`${about}: ${money(amount, currency)}`} onClick={() => open(url, about)}>
      {money(amount, currency)}
    </button>
  );
}

function Amounts({ of, currency }: { of: { marketing: string; sales: string; total: string }; currency: string }) {
  return [of.marketing, of.sales, of.total].map((amount, at) => (
    <td key={['marketing', 'sales', 'total'][at]} className="end">
      {money(amount, currency)}
    </td>
  ));
}
