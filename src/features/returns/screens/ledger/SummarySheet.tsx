import { Button } from '@mantine/core';
import type { CostSummary } from '#features/returns/contract/ledger.ts';
import { majorUnits, money } from '#ui/formats.ts';
import { saveCsv } from '#ui/kit/csv.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';
import { groupText, splits, withoutPayOf } from './ledgerWords.ts';
import type { CostScope } from './scope.ts';
import { SummaryTable } from './SummaryTable.tsx';

interface SummarySheetProps {
  answer: CostSummary;
  scope: CostScope;
  change(changes: Record<string, string | null>): void;
  open(url: string, about: string): void;
}

/** Both sides' cost by what was asked, and the proof that the rows are all of it. */
export function SummarySheet({ answer, scope, change, open }: SummarySheetProps) {
  const title = splits.find(({ value }) => value === answer.by)?.label ?? 'All';
  return (
    <Sheet
      title={`Spend ${title.toLowerCase()}`}
      actions={
        <Button variant="default" size="xs" onClick={() => saveCsv(`costs-by-${answer.by}.csv`, csvOf(answer))}>
          CSV
        </Button>
      }
    >
      {scope.allocated && answer.allocated && <Spread answer={answer} change={change} />}
      <SummaryTable answer={answer} open={open} />
      <Proof answer={answer} />
    </Sheet>
  );
}

/** What the keys did, and what no key was for. */
function Spread({ answer, change }: Pick<SummarySheetProps, 'answer' | 'change'>) {
  const { rows, currency, notAllocated, by } = answer;
  const spread = rows.reduce((sum, { group, byKeys }) => (group === null ? sum : sum + BigInt(byKeys)), 0n);
  return (
    <p className="sheet-words">
      {spread === 0n ? 'No shared cost was spread' : `${money(String(spread), currency)} of shared costs is spread onto ${by}s`} by the{' '}
      <Go href={paths.costSettings('keys')}>allocation keys</Go>
      {notAllocated === '0'
        ? '.'
        : `; ${money(notAllocated, currency)} is left without a ${by}, for no key is for it or none finds a weight.`}{' '}
      <button type="button" className="as-link" onClick={() => change({ allocated: null })}>
        Show as booked
      </button>
    </p>
  );
}

/** Counted twice, by two ways. */
function Proof({ answer }: { answer: CostSummary }) {
  const { difference, currency, basis } = answer;
  const hidden = withoutPayOf(basis);
  const closes = BigInt(difference) === 0n;
  return (
    <p className={`sheet-words ${closes ? 'dim' : 'bad'}`} role={closes ? undefined : 'alert'}>
      {closes
        ? `The rows add up to the total, which is counted on its own over the entries: difference ${money(difference, currency)}.`
        : `The rows don’t add up to the total: ${money(difference, currency)} lies between. Tell whoever runs this installation.`}
      {hidden && ` Pay of ${hidden} is in none of these sums.`}
    </p>
  );
}

function csvOf({ rows, notShown, total, by, currency }: CostSummary): (string | number | null)[][] {
  const amounts = (of: { marketing: string; sales: string; total: string }): string[] =>
    [of.marketing, of.sales, of.total].map((amount) => majorUnits(amount, currency));
  return [
    [by, `marketing (${currency})`, `sales (${currency})`, `both (${currency})`, `of it by keys (${currency})`, 'entries'],
    ...rows.map((row) => [groupText(by, row.label), ...amounts(row), majorUnits(row.byKeys, currency), row.entries]),
    ...(notShown ? [[`${notShown.groups} further groups`, ...amounts(notShown), null, null]] : []),
    ['total', ...amounts(total), null, total.entries],
  ];
}
