import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ProposalDetail, ProposalsPage, ProposalsWaiting } from '#features/campaigns/contract/proposals.ts';
import { get, type Query } from '#ui/api/client.ts';
import { queries } from '#ui/api/queries.ts';

export const useProposals = (params: Query) =>
  useInfiniteQuery({
    queryKey: ['campaigns', 'proposals', params],
    queryFn: ({ pageParam, signal }) => get<ProposalsPage>('/proposals', { ...params, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useProposal = (id: string) =>
  useQuery({
    queryKey: ['campaigns', 'proposal', id],
    queryFn: ({ signal }) => get<ProposalDetail>(`/proposals/${id}`, {}, signal),
  });

/** Those whose titles say much the same as one being written; asked from two words on. */
export const useAlike = (title: string) =>
  useQuery({
    queryKey: ['campaigns', 'alike', title],
    queryFn: ({ signal }) => get<ProposalsPage>('/proposals', { like: title, state: 'live', limit: 3 }, signal),
    enabled: title.trim().split(/\s+/).length >= 2,
    placeholderData: keepPreviousData,
  });

export const useProposalsWaiting = () =>
  useQuery({
    queryKey: ['campaigns', 'proposalsWaiting'],
    queryFn: ({ signal }) => get<ProposalsWaiting>('/proposals/waiting', {}, signal),
  });

/** What hangs on a change of a proposal: asked again at once, also after a refusal, as it shows how it stands now. */
export async function askProposalsAgain(): Promise<void> {
  await queries.invalidateQueries({ queryKey: ['campaigns'] });
}

/** Does something with a proposal; everything that shows it is asked again. */
export async function doing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } finally {
    await askProposalsAgain();
  }
}
