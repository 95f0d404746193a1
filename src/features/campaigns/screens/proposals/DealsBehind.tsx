import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { valueDeals } from '#features/campaigns/contract/proposals.ts';
import { get } from '#ui/api/client.ts';
import { money } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';

/** The deals that make up an amount. @param url as the server gave it */
export function DealsBehind({ url, label, currency }: { url: string; label: string; currency: string }) {
  const list = useInfiniteQuery({
    queryKey: ['campaigns', 'dealsBehind', url],
    queryFn: ({ pageParam, signal }) => get<z.output<typeof valueDeals>>(pathOf(url), { ...queryOf(url), cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  return (
    <Answer of={list} what="The deals" lines={3}>
      {({ pages }) => (
        <div className="table-scroll" tabIndex={0} role="region" aria-label={label}>
          <table className="plain stacked figure-last">
            <thead>
              <tr>
                <th scope="col">Deal</th>
                <th scope="col">Account</th>
                <th scope="col">Owner</th>
                <th scope="col" className="end">
                  Amount
                </th>
              </tr>
            </thead>
            <tbody>
              {pages
                .flatMap(({ items }) => items)
                .map((deal) => (
                  <tr key={deal.id}>
                    <th scope="row">
                      <Go href={paths.record('deals', deal.id)}>{deal.name}</Go>
                    </th>
                    <td data-label="Account">{deal.account?.name ?? '–'}</td>
                    <td data-label="Owner">{deal.owner?.name ?? '–'}</td>
                    <td data-label="Amount" className="end">
                      {deal.booked === null ? (
                        <span className="dim">{deal.amount === null ? 'not known' : 'no rate'}</span>
                      ) : (
                        money(deal.booked, currency)
                      )}
                      {deal.currency && deal.currency !== currency && (
                        <div className="dim small-print">{money(deal.amount, deal.currency)}</div>
                      )}
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
          {list.hasNextPage && (
            <Button variant="default" size="compact-sm" mt="xs" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              Show more
            </Button>
          )}
        </div>
      )}
    </Answer>
  );
}

const pathOf = (url: string): string => url.replace(/^\/api\/v1/, '').split('?')[0]!;
const queryOf = (url: string): Record<string, string> => Object.fromEntries(new URLSearchParams(url.split('?')[1] ?? ''));
