import { Button, Drawer, Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { RecordsAnswer } from '#features/returns/contract/figures.ts';
import { get } from '#ui/api/client.ts';
import { count, money } from '#ui/formats.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { columnsFor, nounOf } from './recordColumns.tsx';
import { useFocusBack } from '#ui/kit/useFocusBack.ts';

interface RecordsDrawerProps {
  /** The `recordsUrl` of the number, as the server gave it. */
  url: string;
  /** What the number is: “Deals won · Mid-market”. */
  about?: string | undefined;
  onClose(): void;
}

/** The very records a number counts. */
export function RecordsDrawer({ url, about, onClose }: RecordsDrawerProps) {
  useFocusBack();
  const list = useInfiniteQuery({
    queryKey: ['returns', 'records', url],
    queryFn: ({ pageParam, signal }) => get<RecordsAnswer>(pathOf(url, pageParam), {}, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const first = list.data?.pages[0];
  return (
    <Drawer opened onClose={onClose} position="right" size="min(960px, 100%)" title={first ? titleOf(first) : 'Records behind this number'}>
      {about && (
        <Text size="sm" c="dimmed" mb="sm" className="wrap-any">
          {about}
        </Text>
      )}
      <Answer of={list} what="The records" lines={8}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty title="No records behind this number" />;
          return (
            <>
              <Records of={pages[0]!.of} items={items} currency={pages[0]!.sum?.currency ?? ''} />
              {list.hasNextPage && (
                <Button variant="default" mt="sm" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                  Show more
                </Button>
              )}
            </>
          );
        }}
      </Answer>
    </Drawer>
  );
}

function Records({ of, items, currency }: { of: RecordsAnswer['of']; items: RecordsAnswer['items']; currency: string }) {
  const columns = columnsFor(of, currency);
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Records behind the number">
      <table className="plain stacked">
        <thead>
          <tr>
            {columns.map(({ head, figure }) => (
              <th key={head} scope="col" className={figure ? 'figure' : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              {columns.map(({ head, figure, show }, at) =>
                at === 0 ? (
                  <th key={head} scope="row" className="wrap-any">
                    {show(item)}
                  </th>
                ) : (
                  <td key={head} data-label={head} className={figure ? 'figure' : undefined}>
                    {show(item)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function titleOf({ of, total, sum }: RecordsAnswer): string {
  const [one, many] = nounOf[of];
  return `${count(total)} ${total === 1 ? one : many}${sum ? `, ${money(sum.amount, sum.currency)}` : ''}`;
}

/** Addresses of the server start at the API’s root; the client adds it. */
function pathOf(url: string, cursor: string): string {
  const path = url.replace(/^\/api\/v1/, '');
  return cursor ? `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}` : path;
}
