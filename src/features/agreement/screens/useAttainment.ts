import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AttainmentAnswer, ClauseRecord } from '#features/agreement/contract.ts';
import { get, type Query } from '#ui/api/client.ts';
import { addDays, today } from '#ui/formats.ts';
import { useUrlSearch } from '#ui/kit/search.ts';

export interface Scope {
  start: string;
  end: string;
  by: string;
  as: string;
  side: string | null;
  clause: string | null;
}

/** What is asked stands in the address: the last 90 days unless said. */
export function useAttainmentScope(): [Scope, (changes: Partial<Record<keyof Scope | 'open', string | null>>) => void] {
  const [search, change] = useUrlSearch();
  return [
    {
      start: search['start'] ?? addDays(today(), -89),
      end: search['end'] ?? today(),
      by: search['by'] ?? 'none',
      as: search['as'] === 'now' ? 'now' : 'then',
      side: search['side'] ?? null,
      clause: search['clause'] ?? null,
    },
    change,
  ];
}

export const useAttainment = (scope: Scope) =>
  useQuery({
    queryKey: ['attainment', { ...scope }],
    queryFn: ({ signal }) => get<AttainmentAnswer>('/attainment', { ...scope }, signal),
    placeholderData: keepPreviousData,
  });

export interface RecordPage {
  items: ClauseRecord[];
  next: string | null;
  total: number | null;
}

/** `path` below the API's root, as a number's `recordsUrl` says it. */
export const useClauseRecords = (params: Query, limit = 50) =>
  useInfiniteQuery({
    queryKey: ['attainment', 'records', params, limit],
    queryFn: ({ pageParam, signal }) => get<RecordPage>('/attainment/records', { ...params, limit, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

/** The query of a "records behind a number" address. */
export const queryOf = (recordsUrl: string): string => recordsUrl.split('?')[1] ?? '';
