import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { z } from 'zod';
import type {
  AttributionAnswer,
  AttributionContent,
  AttributionSetting,
  AttributionSettings,
} from '#features/returns/contract/attribution.ts';
import type { ChannelGroupsAnswer, ChannelRule, GroupsTrial, groupTouches } from '#features/returns/contract/channel-groups.ts';
import type { CreditsAnswer, JourneyAnswer, journeysAnswer } from '#features/returns/contract/credits.ts';
import type { PathsAnswer } from '#features/returns/contract/paths.ts';
import { get, post, type Query } from '#ui/api/client.ts';
import { queries } from '#ui/api/queries.ts';
import { sameRules } from './groupRulesDraft.ts';

/** What is asked of attribution. All of it is asked again when anything of returns changes. */

/** Changes of journeys are told; progress of long work is looked for. */
const whileWorking = 2000;

export const useAttribution = (query: Query, enabled = true) =>
  useQuery({
    queryKey: ['returns', 'attribution', query],
    queryFn: ({ signal }) => get<AttributionAnswer>('/attribution', query, signal),
    placeholderData: keepPreviousData,
    enabled,
    refetchInterval: ({ state }) => (state.data && isWorking(state.data) ? whileWorking : false),
  });

function isWorking({ freshness, models }: AttributionAnswer): boolean {
  const estimating = models.some(({ estimate }) => estimate?.state === 'waiting' || estimate?.state === 'running');
  return freshness.building !== null || estimating;
}

export const usePaths = (query: Query) =>
  useQuery({
    queryKey: ['returns', 'attribution-paths', query],
    queryFn: ({ signal }) => get<PathsAnswer>('/attribution/paths', query, signal),
    placeholderData: keepPreviousData,
  });

/** Pages of what stands behind a number. @param query as the server gave it, without its path */
export function useCredits(query: string) {
  const params = useMemo(() => Object.fromEntries(new URLSearchParams(query)), [query]);
  return useInfiniteQuery({
    queryKey: ['returns', 'credits', params],
    queryFn: ({ pageParam, signal }) => get<CreditsAnswer>('/attribution/credits', { ...params, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export const useJourney = (unitId: string, place: string) =>
  useQuery({
    queryKey: ['returns', 'journey', unitId, place],
    queryFn: ({ signal }) => get<JourneyAnswer>(`/attribution/journeys/${unitId}/${place}`, {}, signal),
  });

export type JourneysOf = z.output<typeof journeysAnswer>;
export const useJourneysOf = (kind: 'account' | 'contact' | 'lead' | 'deal', id: string) =>
  useQuery({
    queryKey: ['returns', 'journeys-of', kind, id],
    queryFn: ({ signal }) => get<JourneysOf>('/attribution/journeys', { kind, id }, signal),
  });

export const useAttributionSettings = () =>
  useQuery({
    queryKey: ['returns', 'attribution-settings'],
    queryFn: ({ signal }) => get<AttributionSettings>('/attribution/settings', {}, signal),
    refetchInterval: ({ state }) => (state.data?.building ? whileWorking : false),
  });

/** @returns the setting that was made, or the one in force where nothing differs */
export async function setAttribution(content: AttributionContent, after: number): Promise<AttributionSetting> {
  const made = await post<AttributionSetting>('/attribution/settings', { content, after });
  await queries.invalidateQueries({ queryKey: ['returns'] });
  return made;
}

/** Touches are counted now and then: just after a change the answer may be by the rules before. @param rules those in force */
export const useChannelGroups = (rules: readonly ChannelRule[] | undefined) =>
  useQuery({
    queryKey: ['returns', 'channel-groups'],
    queryFn: ({ signal }) => get<ChannelGroupsAnswer>('/attribution/groups', {}, signal),
    refetchInterval: ({ state }) => (state.data && rules && !sameRules(state.data.ownRules, rules) ? 1000 : false),
  });

export type GroupTouches = z.output<typeof groupTouches>;
export function useGroupTouches(query: string) {
  const params = useMemo(() => Object.fromEntries(new URLSearchParams(query)), [query]);
  return useInfiniteQuery({
    queryKey: ['returns', 'group-touches', params],
    queryFn: ({ pageParam, signal }) => get<GroupTouches>('/attribution/groups/touches', { ...params, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** @param rules null: nothing to try */
export const useGroupsTrial = (rules: readonly ChannelRule[] | null) =>
  useQuery({
    queryKey: ['returns', 'groups-trial', rules],
    queryFn: () => post<GroupsTrial>('/attribution/groups/trial', { ownRules: rules }),
    enabled: rules !== null,
    placeholderData: keepPreviousData,
  });
