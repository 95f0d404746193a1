import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { CostEntry, CostList, CostSummary, PeriodList, RecurringCost, rateList } from '#features/returns/contract/ledger.ts';
import type { KeyList } from '#features/returns/contract/plans.ts';
import { get, type Query } from '#ui/api/client.ts';
import { queries, type List } from '#ui/api/queries.ts';
import { today } from '#ui/formats.ts';

/** What is asked of the ledger. All of it is asked again when anything of returns changes. */

export const askLedgerAgain = (): Promise<void> => queries.invalidateQueries({ queryKey: ['returns'] });

export const useCostSummary = (query: Query, enabled = true) =>
  useQuery({
    queryKey: ['returns', 'costs', 'summary', query],
    queryFn: ({ signal }) => get<CostSummary>('/costs/summary', query, signal),
    placeholderData: keepPreviousData,
    enabled,
  });

/** Pages of entries; the first tells how many there are and what they sum to. */
export const useEntries = (query: Query) =>
  useInfiniteQuery({
    queryKey: ['returns', 'costs', 'entries', query],
    queryFn: ({ pageParam, signal }) => get<CostList>('/costs', { ...query, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useEntry = (id: string) =>
  useQuery({ queryKey: ['returns', 'costs', 'entry', id], queryFn: ({ signal }) => get<CostEntry>(`/costs/${id}`, {}, signal) });

export const useRecurring = () =>
  useQuery({ queryKey: ['returns', 'recurring'], queryFn: ({ signal }) => get<List<RecurringCost>>('/costs/recurring', {}, signal) });

export type RateList = z.output<typeof rateList>;
export type Rate = RateList['items'][number];
export const useRates = (currency: string | null) =>
  useInfiniteQuery({
    queryKey: ['returns', 'rates', currency],
    queryFn: ({ pageParam, signal }) => get<RateList>('/exchange-rates', { currency, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useKeys = () =>
  useQuery({ queryKey: ['returns', 'keys'], queryFn: ({ signal }) => get<KeyList>('/allocation-keys', {}, signal) });

export const usePeriods = () =>
  useQuery({ queryKey: ['returns', 'periods'], queryFn: ({ signal }) => get<PeriodList>('/periods', {}, signal) });

/** Of which side the asker sees the whole cost, and of which all but pay. Undefined until it is known. */
export const useBasis = (): CostSummary['basis'] | undefined => useCostSummary({ start: today(), end: today() }).data?.basis;
