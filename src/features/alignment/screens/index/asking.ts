/** What the page of the index asks the server; the first word of each key is what live changes refresh. */

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { IndexAnswer } from '#features/alignment/contract/index-answer.ts';
import type { IndexHistory } from '#features/alignment/contract/index-history.ts';
import type { IndexRecords } from '#features/alignment/contract/index-records.ts';
import { get, type Query } from '#ui/api/client.ts';

export interface IndexScope {
  readonly on: string | null;
  readonly days: string | null;
  /** JSON, as the server takes it: a segment in quotes, or null for what has none. */
  readonly segment: string | null;
  readonly since: string | null;
}

export const useIndex = ({ on, days, segment, since }: IndexScope) =>
  useQuery({
    queryKey: ['alignment', 'index', on, days, segment, since],
    queryFn: ({ signal }) => get<IndexAnswer>('/alignment/index', { on, days, segment, since }, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

export const useIndexHistory = () =>
  useQuery({
    queryKey: ['alignment', 'index', 'history'],
    queryFn: ({ signal }) => get<IndexHistory>('/alignment/index/history', {}, signal),
    staleTime: 60_000,
  });

/** @param params the query of a `recordsUrl`, narrowed or not */
export const useIndexRecords = (params: Query) =>
  useInfiniteQuery({
    queryKey: ['alignment', 'index', 'records', params],
    queryFn: ({ pageParam, signal }) => get<IndexRecords>('/alignment/index/records', { ...params, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

/** Every record, page after page, for a file. */
export async function listAllIndexRecords(params: Query): Promise<IndexRecords['items']> {
  const items: IndexRecords['items'] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: IndexRecords = await get<IndexRecords>('/alignment/index/records', { ...params, limit: 200, cursor });
    items.push(...page.items);
    cursor = page.next;
  }
  return items;
}
