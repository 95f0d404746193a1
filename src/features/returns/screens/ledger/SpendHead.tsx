import type { CostSummary, SummaryRow } from '#features/returns/contract/ledger.ts';
import { day, money, plural } from '#ui/formats.ts';
import { groupText, shareOf, shortName, withoutPayOf } from './ledgerWords.ts';
import { narrowedUrl } from './useLedgerDrawer.ts';

interface SpendHeadProps {
  answer: CostSummary;
  open(url: string, about: string): void;
}

/** What was spent, in a sentence and as three figures. */
export function SpendHead({ answer, open }: SpendHeadProps) {
  const { total, currency, basis } = answer;
  const tiles = [
    { label: 'Marketing', amount: total.marketing, side: 'marketing' as const },
    { label: 'Sales', amount: total.sales, side: 'sales' as const },
    { label: 'Both sides', amount: total.total, side: null },
  ];
  return (
    <section aria-label="What both sides spent">
      <Sentence answer={answer} />
      <div className="tiles">
        {tiles.map(({ label, amount, side }) => {
          const url = side ? narrowedUrl(total.recordsUrl, { side }) : total.recordsUrl;
          const hidden = side ? basis[side] === 'programme' : withoutPayOf(basis) !== null;
          return (
            <div key={label} className={`tile${side ? ` leader-${side}` : ''}`}>
              <div className="tile-label">{label}</div>
              <div className="tile-figure">
                <button
                  type="button"
                  className="as-link spend-figure"
                  aria-label={`${label}: ${money(amount, currency)}`}
                  onClick={() => open(url, `${label}, ${periodText(answer)}`)}
                >
                  {money(amount, currency)}
                </button>
              </div>
              <div className="tile-label">
                {[
                  side ? shareText(amount, total.total) : plural(total.entries, 'entry', 'entries'),
                  hidden && 'without pay, which you may not see',
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </div>
            </div>
          );
        })}
      </div>
    </section>
  );
}

const shareText = (part: string, whole: string): string => {
  const share = shareOf(part, whole);
  return share === null ? '' : `${share} of both`;
};

export const periodText = ({ start, end }: Pick<CostSummary, 'start' | 'end'>): string =>
  start && end ? `${day(start)} to ${day(end)}` : start ? `from ${day(start)} on` : end ? `up to ${day(end)}` : 'all time';

function Sentence({ answer }: { answer: CostSummary }) {
  const { total, currency, basis, start, end, rows, by } = answer;
  const hidden = withoutPayOf(basis);
  const when = start && end ? `From ${day(start)} to ${day(end)}` : start ? `From ${day(start)} on` : end ? `Up to ${day(end)}` : 'In all';
  const most = by === 'none' || by === 'side' ? undefined : largest(rows);
  const share = most && shareOf(most.total, total.total);
  return (
    <p className="leader-headline" style={{ marginBottom: 12 }}>
      {when} marketing spent <strong>{money(total.marketing, currency)}</strong> and sales <strong>{money(total.sales, currency)}</strong>
      {hidden && ` (without pay of ${hidden}, which you may not see)`}.{' '}
      {most &&
        share &&
        (most.group === null ? (
          `The largest part, ${share}, has no ${by}.`
        ) : (
          <>
            The largest part{by === 'month' || by === 'quarter' ? ' fell in' : ' went to'}{' '}
            <strong>{shortName(groupText(by, most.label))}</strong>: {share}.
          </>
        ))}
    </p>
  );
}

/** None where all is nothing. */
function largest(rows: readonly SummaryRow[]): SummaryRow | undefined {
  const some = rows.filter(({ total }) => BigInt(total) > 0n);
  return some.toSorted((a, b) => Number(BigInt(b.total) > BigInt(a.total)) - Number(BigInt(b.total) < BigInt(a.total)))[0];
}
