import { Button, Group } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { AllocationKey, AppliedKey } from '#features/returns/contract/plans.ts';
import { get, Problem } from '#ui/api/client.ts';
import { count, majorUnits, minorUnits, money, month as monthWords, percent } from '#ui/formats.ts';
import { saveCsv } from '#ui/kit/csv.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { targetWords, weightHeads } from './keyWords.ts';
import { MonthSelect } from './MonthSelect.tsx';
import { OpenAmount } from './SummaryTable.tsx';

interface KeyAppliedProps {
  allocation: AllocationKey;
  /** `YYYY-MM` */
  month: string;
  change(month: string): void;
  open(url: string, about: string): void;
}

/** What the key does with one month's costs: weight, share and amount of each target, to the unit. */
export function KeyApplied({ allocation, month, change, open }: KeyAppliedProps) {
  const { keyId } = allocation;
  const first = allocation.versions.at(-1)!.effectiveFrom;
  const applied = useQuery({
    queryKey: ['returns', 'keys', 'applied', keyId, month],
    queryFn: ({ signal }) => get<AppliedKey>(`/allocation-keys/${keyId}/applied`, { month }, signal),
    placeholderData: keepPreviousData,
  });
  // Not in force in that month is no fault.
  const missing = applied.error instanceof Problem && applied.error.status === 404;
  return (
    <section className="key-applied" aria-label={`What “${allocation.name}” does`}>
      <Group gap="xs" align="flex-end" mb={8}>
        <MonthSelect label="Month" value={month} onChange={change} width={150} />
        {applied.data && !missing && (
          <Button size="sm" variant="default" onClick={() => saveCsv(`allocation-${month}.csv`, csvOf(applied.data))}>
            CSV
          </Button>
        )}
      </Group>
      {missing ? (
        <Empty title={`It spreads nothing in ${monthWords(month)}`}>It counts from {monthWords(first)} on, until it is retired.</Empty>
      ) : (
        <Answer of={applied} what="What it does">
          {(answer) => (
            <div style={{ opacity: applied.isPlaceholderData ? 0.6 : 1 }} aria-busy={applied.isPlaceholderData}>
              <Sentence answer={answer} open={open} />
              {answer.rows.length > 0 && answer.pool.entries > 0 && <Targets answer={answer} />}
              <Notes answer={answer} />
            </div>
          )}
        </Answer>
      )}
    </section>
  );
}

function Sentence({ answer, open }: { answer: AppliedKey; open: KeyAppliedProps['open'] }) {
  const { pool, currency, month, rows, onto, weights } = answer;
  if (pool.entries === 0) return <p style={{ margin: '0 0 8px' }}>In {monthWords(month)} there is nothing to spread.</p>;
  return (
    <p style={{ margin: '0 0 8px' }}>
      In {monthWords(month)} there is{' '}
      <OpenAmount
        amount={pool.total}
        currency={currency}
        about={`Shared costs of ${monthWords(month)}`}
        url={pool.recordsUrl}
        open={open}
      />{' '}
      to spread in {count(pool.entries)} {pool.entries === 1 ? 'entry' : 'entries'}, onto {count(rows.length)} {onto}
      {rows.length === 1 ? '' : 's'}
      {weights === 'asClosed' ? ', by the weights the month was closed with' : ', by the weights as of now'}.
    </p>
  );
}

function Targets({ answer }: { answer: AppliedKey }) {
  const { rows, onto, by, currency, pool, notAllocated } = answer;
  return (
    <div className="table-scroll long-table" tabIndex={0} role="region" aria-label="Shares of the key">
      <table className="plain tight">
        <thead>
          <tr>
            <th scope="col">{targetWords[onto].slice(0, -1)}</th>
            {[weightHeads[by], 'Share', 'Marketing', 'Sales', 'Amount'].map((head) => (
              <th key={head} scope="col" className="end">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ target, label, weight, share, marketing, sales, amount }) => (
            <tr key={target}>
              <th scope="row">{label}</th>
              <td className="end">{by === 'value' ? money(minorUnits(weight, currency), currency) : weight}</td>
              <td className="end">{percent(share)}</td>
              <td className="end">{money(marketing, currency)}</td>
              <td className="end">{money(sales, currency)}</td>
              <td className="end">{money(amount, currency)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          {notAllocated !== '0' && (
            <tr>
              <th scope="row">Not spread</th>
              <td colSpan={4} />
              <td className="end">{money(notAllocated, currency)}</td>
            </tr>
          )}
          <tr>
            <th scope="row">All of it</th>
            <td colSpan={2} />
            <td className="end">{money(pool.marketing, currency)}</td>
            <td className="end">{money(pool.sales, currency)}</td>
            <td className="end">{money(pool.total, currency)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Notes({ answer: { difference, currency, notes } }: { answer: AppliedKey }) {
  const closes = BigInt(difference) === 0n;
  return (
    <div className={`small-print ${closes ? 'dim' : 'bad'}`} style={{ marginTop: 6 }}>
      {closes ? 'The parts and what is not spread add up to all of it' : 'The parts don’t add up to all of it'}: difference{' '}
      {money(difference, currency)}. {notes.join(' ')}
    </div>
  );
}

const csvOf = ({ rows, onto, by, currency }: AppliedKey): (string | number)[][] => [
  [onto, weightHeads[by].toLowerCase(), 'share', `marketing (${currency})`, `sales (${currency})`, `amount (${currency})`],
  ...rows.map((row) => [
    row.label,
    row.weight,
    row.share,
    ...[row.marketing, row.sales, row.amount].map((amount) => majorUnits(amount, currency)),
  ]),
];
