/** What the page of the cost asks the server; the first word of each key is what live changes refresh. */

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { CostAnswer, CostBy, CostRecords } from '#features/alignment/contract/cost.ts';
import type { CostSettings, CostSettingsChange } from '#features/alignment/contract/cost-settings.ts';
import { get, patch, type Query } from '#ui/api/client.ts';
import { queries } from '#ui/api/queries.ts';

export interface CostScope {
  readonly start: string | null;
  readonly end: string | null;
  /** JSON, as the server takes it: a segment in quotes, or null for what has none. */
  readonly segment: string | null;
}

export const useCost = (by: CostBy, { start, end, segment }: CostScope) =>
  useQuery({
    queryKey: ['alignment', 'cost', by, start, end, segment],
    queryFn: ({ signal }) => get<CostAnswer>('/alignment/cost', { by, start, end, segment }, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

/** @param params the query of a cause’s `recordsUrl`, narrowed or not */
export const useCostRecords = (params: Query) =>
  useInfiniteQuery({
    queryKey: ['alignment', 'cost', 'records', params],
    queryFn: ({ pageParam, signal }) => get<CostRecords>('/alignment/cost/records', { ...params, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

/** Every record, page after page, for a file. */
export async function listAllCostRecords(params: Query): Promise<CostRecords['items']> {
  const items: CostRecords['items'] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: CostRecords = await get<CostRecords>('/alignment/cost/records', { ...params, limit: 200, cursor });
    items.push(...page.items);
    cursor = page.next;
  }
  return items;
}

export const useCostSettings = () =>
  useQuery({
    queryKey: ['alignment', 'cost', 'settings'],
    queryFn: ({ signal }) => get<CostSettings>('/alignment/cost/settings', {}, signal),
  });

export async function setCostSettings(change: CostSettingsChange): Promise<void> {
  await patch<CostSettings>('/alignment/cost/settings', change);
  await queries.invalidateQueries({ queryKey: ['alignment'] });
}
