import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AssetOutcome, UsesPage } from '#features/campaigns/contract/content-uses.ts';
import type { AssetDetail, LibraryPage, LibraryWaiting } from '#features/campaigns/contract/library.ts';
import { get, type Query } from '#ui/api/client.ts';
import { queries } from '#ui/api/queries.ts';

export const useLibrary = (params: Query) =>
  useInfiniteQuery({
    queryKey: ['campaigns', 'libraryPages', params],
    queryFn: ({ pageParam, signal }) => get<LibraryPage>('/library', { ...params, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useAsset = (id: string) =>
  useQuery({ queryKey: ['campaigns', 'asset', id], queryFn: ({ signal }) => get<AssetDetail>(`/library/${id}`, {}, signal) });

export const useOutcome = (id: string) =>
  useQuery({ queryKey: ['campaigns', 'outcome', id], queryFn: ({ signal }) => get<AssetOutcome>(`/library/${id}/outcome`, {}, signal) });

/** A lead or a deal, as the API asks for it. */
export type Subject = { leadId: string } | { dealId: string };

export const useUsesOf = (subject: Subject) =>
  useInfiniteQuery({
    queryKey: ['campaigns', 'usesOf', subject],
    queryFn: ({ pageParam, signal }) => get<UsesPage>('/content-uses', { ...subject, limit: 10, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });

export const useLibraryWaiting = () =>
  useQuery({ queryKey: ['campaigns', 'libraryWaiting'], queryFn: ({ signal }) => get<LibraryWaiting>('/library/waiting', {}, signal) });

/** Does something with content; everything that shows it is asked again, also after a refusal. */
export async function keeping<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } finally {
    await queries.invalidateQueries({ queryKey: ['campaigns'] });
  }
}
