import { Button, Drawer } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { z } from 'zod';
import { stateWords } from '#engine/handoff/states.ts';
import type { qualityRecords } from '#features/handoff/contract.ts';
import { get } from '#ui/api/client.ts';
import { count, dayOfInstant } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { rejectionStateWords } from './rejectionWords.ts';

type Records = z.output<typeof qualityRecords>;
type Item = Records['items'][number];

const which: Record<string, string> = {
  passed: 'leads passed',
  decided: 'leads decided on',
  rejected: 'leads rejected',
  mended: 'leads mended',
  overturned: 'leads whose rejection was overturned',
  lost: 'leads rejected for good',
  judged: 'rejections judged',
  upheld: 'rejections upheld',
  sampled: 'rejections in the sample',
  sampledUpheld: 'rejections in the sample, upheld',
};

/** The very leads, or rejections, that a number of lead quality counts. */
export function QualityDrawer({ query, onClose }: { query: string; onClose(): void }) {
  const params = useMemo(() => Object.fromEntries(new URLSearchParams(query)), [query]);
  const list = useInfiniteQuery({
    queryKey: ['rejections', 'quality', 'records', params],
    queryFn: ({ pageParam, signal }) => get<Records>('/rejections/quality/records', { ...params, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const total = list.data?.pages[0]?.total;
  const words = which[params['which'] ?? 'passed'] ?? 'leads';
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(960px, 100%)"
      title={typeof total === 'number' ? `${count(total)} ${words}` : words}
    >
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

function Table({ items }: { items: readonly Item[] }) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Leads behind the number">
      <table className="plain stacked">
        <thead>
          <tr>
            {['Lead', 'Rep', 'Campaign', 'Passed', 'Now', 'Rejection'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={`${item.leadId} ${item.rejection?.id ?? ''}`}>
              <th scope="row">
                <Go href={paths.record('leads', item.leadId)}>{item.leadName}</Go>
                <div className="dim" style={{ fontWeight: 400 }}>
                  {[item.company, item.segment].filter(Boolean).join(' · ')}
                </div>
              </th>
              <td data-label="Rep">{item.owner?.name ?? '–'}</td>
              <td data-label="Campaign">{item.campaign?.name ?? '–'}</td>
              <td data-label="Passed" className="when">
                {dayOfInstant(item.mqlAt)}
              </td>
              <td data-label="Now">{stateWords[item.state].label}</td>
              <td data-label="Rejection" className="wrap-any">
                {item.rejection ? (
                  <>
                    {rejectionStateWords[item.rejection.state].label}
                    <div className="dim">Not met: {item.rejection.clauses.join('; ')}</div>
                  </>
                ) : (
                  '–'
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
