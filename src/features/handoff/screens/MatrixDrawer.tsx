import { Button, Drawer } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { get } from '#ui/api/client.ts';
import type { List } from '#ui/api/queries.ts';
import { dayOfInstant, plural } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { nameOf, type RecordItem } from '#ui/records.ts';

/** Leads won on an earlier day than their first contact: a date in the source is wrong. */
export function MatrixDrawer({ query, onClose }: { query: string; onClose(): void }) {
  const params = useMemo(() => Object.fromEntries(new URLSearchParams(query)), [query]);
  const list = useInfiniteQuery({
    queryKey: ['speed', 'matrix', 'records', params],
    queryFn: ({ pageParam, signal }) => get<List<RecordItem>>('/handoffs/matrix/records', { ...params, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const total = list.data?.pages[0]?.total;
  const title = `${typeof total === 'number' ? plural(total, 'lead') : 'Leads'} won before the first contact`;
  return (
    <Drawer opened onClose={onClose} position="right" size="min(760px, 100%)" title={title}>
      <Answer of={list} what="The leads" lines={8}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty title="No leads behind this number" />;
          return (
            <>
              <Table items={items} />
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

function Table({ items }: { items: readonly RecordItem[] }) {
  const text = (item: RecordItem, field: string): string | null => (typeof item[field] === 'string' ? item[field] : null);
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Leads behind the number">
      <table className="plain stacked">
        <thead>
          <tr>
            {['Lead', 'Rep', 'First contact', 'Won'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <th scope="row">
                <Go href={paths.record('leads', item.id)}>{nameOf(item)}</Go>
              </th>
              <td data-label="Rep">{text(item, 'ownerName') ?? '–'}</td>
              <td data-label="First contact" className="when">
                {dayOfInstant(text(item, 'mqlAt') ?? text(item, 'openedAt'))}
              </td>
              <td data-label="Won" className="when">
                {dayOfInstant(text(item, 'wonAt'))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
