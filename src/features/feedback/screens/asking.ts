import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { FeedbackDetail, FeedbackPage, SubjectAnswer } from '#features/feedback/contract/feedback.ts';
import type { FeedbackSettings, FeedbackToday, Health, Theme } from '#features/feedback/contract/overview.ts';
import { get, type Query } from '#ui/api/client.ts';
import { queries } from '#ui/api/queries.ts';

export const useFeedbackList = (params: Query) =>
  useInfiniteQuery({
    queryKey: ['feedback', 'list', params],
    queryFn: ({ pageParam, signal }) => get<FeedbackPage>('/feedback', { ...params, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useFeedback = (id: string) =>
  useQuery({ queryKey: ['feedback', 'one', id], queryFn: ({ signal }) => get<FeedbackDetail>(`/feedback/${id}`, {}, signal) });

export const useSubject = (kind: string, id: string) =>
  useQuery({
    queryKey: ['feedback', 'subject', kind, id],
    queryFn: ({ signal }) => get<SubjectAnswer>('/feedback/subject', { kind, id }, signal),
    staleTime: 60_000,
  });

export const useFeedbackToday = () =>
  useQuery({ queryKey: ['feedback', 'today'], queryFn: ({ signal }) => get<FeedbackToday>('/feedback/today', {}, signal) });

export interface Themes {
  items: Theme[];
  days: number;
  whyNotMerge: string | null;
}
export const useThemes = (toSide: string | undefined) =>
  useQuery({
    queryKey: ['feedback', 'themes', toSide ?? null],
    queryFn: ({ signal }) => get<Themes>('/feedback/themes', { toSide }, signal),
    placeholderData: keepPreviousData,
  });

export const useHealth = (period: { start: string | null; end: string | null }) =>
  useQuery({
    queryKey: ['feedback', 'health', period],
    queryFn: ({ signal }) => get<Health>('/feedback/health', period, signal),
    placeholderData: keepPreviousData,
  });

export const useFeedbackSettings = () =>
  useQuery({ queryKey: ['feedback', 'settings'], queryFn: ({ signal }) => get<FeedbackSettings>('/feedback/settings', {}, signal) });

/** Does something with feedback; everything that shows it is asked again, also after a refusal. */
export async function doing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } finally {
    await queries.invalidateQueries({ queryKey: ['feedback'] });
  }
}
