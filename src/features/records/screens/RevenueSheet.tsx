import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { get } from '#ui/api/client.ts';
import type { List } from '#ui/api/queries.ts';
import { day, majorUnits, money, month, moneyShort, plural } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer, Loading } from '#ui/kit/States.tsx';
import type { RevenueEntry } from './facts.ts';

const Chart = lazy(() => import('#ui/kit/Chart.tsx').then(({ Chart: component }) => ({ default: component })));

const signed = ({ kind, amount }: RevenueEntry): bigint => (kind === 'contraction' || kind === 'refund' ? -BigInt(amount) : BigInt(amount));

/** What the account brought in, by month; the entries stand behind it. */
export function RevenueSheet({ accountId, currency }: { accountId: string; currency: string | null }) {
  const revenue = useQuery({
    queryKey: ['record', 'accounts', accountId, 'revenue'],
    queryFn: () => get<List<RevenueEntry>>(`/accounts/${accountId}/revenue`, { limit: 200 }),
  });
  if (revenue.data?.items.length === 0) return null;
  return (
    <Sheet title="Revenue" padded>
      <Answer of={revenue} what="The revenue" lines={4}>
        {({ items, next }) => <Entries items={items} currency={items[0]?.currency ?? currency ?? 'EUR'} cut={Boolean(next)} />}
      </Answer>
    </Sheet>
  );
}

function Entries({ items, currency, cut }: { items: RevenueEntry[]; currency: string; cut: boolean }) {
  const same = items.filter((entry) => entry.currency === currency);
  const byMonth = new Map<string, bigint>();
  for (const entry of [...same].reverse()) {
    const key = entry.occurredOn.slice(0, 7);
    byMonth.set(key, (byMonth.get(key) ?? 0n) + signed(entry));
  }
  const total = same.reduce((sum, entry) => sum + signed(entry), 0n);
  return (
    <>
      <Text size="sm" mb="xs">
        <strong>{money(String(total), currency)}</strong>{' '}
        <span className="dim">
          net of refunds and contractions{cut ? ', newest 200 entries' : ''}
          {same.length < items.length ? `, only what is in ${currency}` : ''}
        </span>
      </Text>
      <Suspense fallback={<Loading lines={3} />}>
        <Chart
          label="Revenue by month"
          height={150}
          categories={[...byMonth.keys()].map(month)}
          axis={(value) => moneyShort(String(Math.round(value * 100)), currency)}
          series={[
            {
              name: 'Revenue',
              type: 'bar',
              colour: 'sales',
              values: [...byMonth.values()].map((value) => Number(majorUnits(String(value), currency))),
            },
          ]}
        />
      </Suspense>
      <details>
        <summary>{plural(items.length, 'entry', 'entries')}</summary>
        <div className="table-scroll" tabIndex={0} role="region" aria-label="Revenue entries">
          <table className="plain">
            <thead>
              <tr>
                <th>Day</th>
                <th>Kind</th>
                <th>Product</th>
                <th className="end">Amount</th>
                <th>From</th>
              </tr>
            </thead>
            <tbody>
              {items.map((entry) => (
                <tr key={entry.id}>
                  <td>{day(entry.occurredOn)}</td>
                  <td>{entry.kind}</td>
                  <td>{entry.product ?? entry.description ?? '–'}</td>
                  <td className="end">{money(String(signed(entry)), entry.currency)}</td>
                  <td>{entry.from ?? '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}
