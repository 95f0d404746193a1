import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ActionItem, ActionPage, DecisionPage } from '#features/cadence/contract/actions.ts';
import type { CalendarFeed, HealthRecords, MeetingHealthAnswer } from '#features/cadence/contract/health.ts';
import type { MeetingDetail, MeetingPage, MeetingsToday, Minutes } from '#features/cadence/contract/meetings.ts';
import type { SeriesList } from '#features/cadence/contract/series.ts';
import { get, type Query } from '#ui/api/client.ts';
import { queries } from '#ui/api/queries.ts';

/** What the pages of meetings ask the server; `cadence` is what live changes refresh. */

const usePages = <T extends { next: string | null }>(name: string, path: string, params: Query) =>
  useInfiniteQuery({
    queryKey: ['cadence', name, params],
    queryFn: ({ pageParam, signal }) => get<T>(path, { ...params, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last: T) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useMeetings = (params: Query) => usePages<MeetingPage>('meetings', '/meetings', params);
export const useActions = (params: Query) => usePages<ActionPage>('actions', '/actions', params);
export const useAction = (id: string) =>
  useQuery({ queryKey: ['cadence', 'action', id], queryFn: ({ signal }) => get<ActionItem>(`/actions/${id}`, {}, signal) });
export const useDecisions = (params: Query) => usePages<DecisionPage>('decisions', '/decisions', params);

export const meetingKey = (id: string) => ['cadence', 'meeting', id] as const;
export const useMeeting = (id: string | undefined) =>
  useQuery({
    queryKey: meetingKey(id ?? ''),
    queryFn: ({ signal }) => get<MeetingDetail>(`/meetings/${id}`, {}, signal),
    enabled: Boolean(id),
  });

export const useMinutes = (id: string) =>
  useQuery({ queryKey: ['cadence', 'minutes', id], queryFn: ({ signal }) => get<Minutes>(`/meetings/${id}/minutes`, {}, signal) });

export const useSeriesList = () =>
  useQuery({ queryKey: ['cadence', 'series'], queryFn: ({ signal }) => get<SeriesList>('/meeting-series', {}, signal) });

export const useMeetingHealth = (params: Query) =>
  useQuery({
    queryKey: ['cadence', 'health', params],
    queryFn: ({ signal }) => get<MeetingHealthAnswer>('/meetings/health', params, signal),
    placeholderData: keepPreviousData,
  });

/** The records behind a number of health, by the address that stands beside it. */
export const useHealthRecords = (url: string) =>
  useInfiniteQuery({
    queryKey: ['cadence', 'health', 'records', url],
    queryFn: ({ pageParam, signal }) => get<HealthRecords>(withCursor(url, pageParam), {}, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });

export const useCalendarFeed = () =>
  useQuery({ queryKey: ['cadence', 'feed'], queryFn: ({ signal }) => get<CalendarFeed>('/meetings/calendar', {}, signal) });

export const useMeetingsToday = () =>
  useQuery({ queryKey: ['cadence', 'today'], queryFn: ({ signal }) => get<MeetingsToday>('/meetings/today', {}, signal) });

/** Does something with meetings; everything that shows them is asked again, also after a refusal. */
export async function doing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } finally {
    await queries.invalidateQueries({ queryKey: ['cadence'] });
  }
}

/** Addresses of the server start at the API’s root; the client adds it. */
function withCursor(url: string, cursor: string): string {
  const path = url.replace(/^\/api\/v1/, '');
  return cursor ? `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}` : path;
}
