import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Arrivals, eventPage } from '#features/tracking/contract/arrivals.ts';
import type { Form } from '#features/tracking/contract/forms.ts';
import type { Hook } from '#features/tracking/contract/hooks.ts';
import type { Site } from '#features/tracking/contract/sites.ts';
import type { SubmissionDetail, submissionPage } from '#features/tracking/contract/submissions.ts';
import { get, type Query } from '#ui/api/client.ts';
import { queries, type List } from '#ui/api/queries.ts';
import { useRights } from '#ui/api/session.ts';

/** What is asked of tracking. All of it is asked again when anything of it changes. */

export const askTrackingAgain = (): Promise<void> => queries.invalidateQueries({ queryKey: ['tracking'] });

export const useSites = () =>
  useQuery({ queryKey: ['tracking', 'sites'], queryFn: ({ signal }) => get<List<Site>>('/tracking/sites', {}, signal) });
export const useForms = () =>
  useQuery({ queryKey: ['tracking', 'forms'], queryFn: ({ signal }) => get<List<Form>>('/tracking/forms', {}, signal) });
export const useHooks = () =>
  useQuery({ queryKey: ['tracking', 'hooks'], queryFn: ({ signal }) => get<List<Hook>>('/tracking/hooks', {}, signal) });

export const useArrivals = (query: Query) =>
  useQuery({
    queryKey: ['tracking', 'arrivals', query],
    queryFn: ({ signal }) => get<Arrivals>('/tracking/arrivals', query, signal),
    placeholderData: keepPreviousData,
  });

/** @param url as the server gave it: below the API's root, with its query */
export const useEvents = (url: string) =>
  useInfiniteQuery({
    queryKey: ['tracking', 'events', url],
    queryFn: ({ pageParam, signal }) => get<z.output<typeof eventPage>>(withCursor(url, pageParam), {}, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

const withCursor = (url: string, cursor: string): string =>
  cursor === '' ? url : `${url}${url.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;

export const useSubmissions = (query: Query) =>
  useInfiniteQuery({
    queryKey: ['tracking', 'submissions', query],
    queryFn: ({ pageParam, signal }) =>
      get<z.output<typeof submissionPage>>('/tracking/submissions', { ...query, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useSubmission = (id: string) =>
  useQuery({
    queryKey: ['tracking', 'submission', id],
    queryFn: ({ signal }) => get<SubmissionDetail>(`/tracking/submissions/${id}`, {}, signal),
  });

interface CustomField {
  kind: string;
  key: string;
  label: string;
}
/** The company’s own fields of leads, which forms and hooks can fill. */
export const useOwnFields = () =>
  useQuery({ queryKey: ['custom-fields', 'lead'], queryFn: () => get<List<CustomField>>('/custom-fields', { kind: 'lead' }) });

/** Null: the asker keeps sites, forms and hooks; else who does. */
export const useWhyNotKeep = (): string | null =>
  useRights().may('tracking.write') ? null : 'Kept by the owner, admins, and the managers of marketing and leadership.';
