import { Button, Drawer } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { get } from '#ui/api/client.ts';
import { plural } from '#ui/formats.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { useFocusBack } from '#ui/kit/useFocusBack.ts';
import { behindColumns, kindOfUrl } from './behindColumns.tsx';

interface Page {
  items: readonly never[];
  next: string | null;
  total: number;
}

/** The very records a number counts: uses, won deals, or the leads that are compared. @param url as the server gave it */
export function BehindDrawer({ url, about, onClose }: { url: string; about: string | undefined; onClose(): void }) {
  useFocusBack();
  const list = useInfiniteQuery({
    queryKey: ['campaigns', 'behind', url],
    queryFn: ({ pageParam, signal }) => get<Page>(pathOf(url), { ...queryOf(url), cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const { noun, columns } = behindColumns[kindOfUrl(url)];
  const total = list.data?.pages[0]?.total;
  return (
    <Drawer opened onClose={onClose} position="right" size="min(900px, 100%)" title={about ?? 'Behind this number'}>
      <Answer of={list} what="What is behind it" lines={8}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty title="Nothing is behind this number" />;
          return (
            <>
              <p className="dim small-print">{plural(total ?? items.length, noun)}</p>
              <div className="table-scroll" tabIndex={0} role="region" aria-label={about ?? 'Behind this number'}>
                <table className="plain stacked">
                  <thead>
                    <tr>
                      {columns.map(({ head }) => (
                        <th key={head} scope="col">
                          {head}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((item, row) => (
                      <tr key={row}>
                        {columns.map(({ head, show }, at) =>
                          at === 0 ? (
                            <th key={head} scope="row" className="wrap-any">
                              {show(item)}
                            </th>
                          ) : (
                            <td key={head} data-label={head}>
                              {show(item)}
                            </td>
                          ),
                        )}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
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

const pathOf = (url: string): string => url.replace(/^\/api\/v1/, '').split('?')[0]!;
const queryOf = (url: string): Record<string, string> => Object.fromEntries(new URLSearchParams(url.split('?')[1] ?? ''));
