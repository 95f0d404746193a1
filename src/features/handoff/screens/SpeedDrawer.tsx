import { Button, Drawer } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { z } from 'zod';
import type { speedRecords } from '#features/handoff/contract.ts';
import { get } from '#ui/api/client.ts';
import { count, instant } from '#ui/formats.ts';
import { StageMark } from '#ui/kit/FieldValue.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { wallTime, workingTime } from './speedWords.ts';

type Records = z.output<typeof speedRecords>;

/** The very leads a number of speed counts. */
export function SpeedDrawer({ query, onClose }: { query: string; onClose(): void }) {
  const params = useMemo(() => Object.fromEntries(new URLSearchParams(query)), [query]);
  const list = useInfiniteQuery({
    queryKey: ['speed', 'records', params],
    queryFn: ({ pageParam, signal }) => get<Records>('/speed/records', { ...params, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const total = list.data?.pages[0]?.total;
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(960px, 100%)"
      title={
        typeof total === 'number' ? `${count(total)} ${total === 1 ? 'lead' : 'leads'} behind this number` : 'Leads behind this number'
      }
    >
      <Answer of={list} what="The leads" lines={8}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty title="No leads behind this number" />;
          return (
            <>
              <div className="table-scroll" tabIndex={0} role="region" aria-label="Leads behind the number">
                <table className="plain stacked">
                  <thead>
                    <tr>
                      {['Lead', 'Rep', 'Clock started', 'First attempt', 'Working time', 'Wall time', 'Stage'].map((head) => (
                        <th key={head} scope="col">
                          {head}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((item) => (
                      <tr key={item.leadId}>
                        <th scope="row">
                          <Go href={paths.record('leads', item.leadId)}>{item.leadName}</Go>
                          {item.company && (
                            <div className="dim" style={{ fontWeight: 400 }}>
                              {item.company}
                            </div>
                          )}
                        </th>
                        <td data-label="Rep">{item.owner?.name ?? '–'}</td>
                        <td data-label="Clock started" className="when">
                          {instant(item.startedAt)}
                        </td>
                        <td data-label="First attempt" className="when">
                          {item.firstAttemptAt ? instant(item.firstAttemptAt) : 'none on record'}
                        </td>
                        <td data-label="Working time" className="when">
                          {workingTime(item.workingMinutes)}
                        </td>
                        <td data-label="Wall time" className="when">
                          {wallTime(item.wallMinutes)}
                        </td>
                        <td data-label="Stage">
                          <StageMark stage={item.stage} />
                        </td>
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
