import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { HandoffDetail, InboxPage, Rejection } from '#features/handoff/contract.ts';
import { get, post, type Query } from '#ui/api/client.ts';
import { queries } from '#ui/api/queries.ts';

/** What hangs on a move of a lead: asked again at once, for the one who moved it; others hear by the live stream. */
export function refreshHandoff(): void {
  for (const key of ['handoff', 'rejections', 'record', 'list', 'today', 'attainment']) void queries.invalidateQueries({ queryKey: [key] });
}

export const useHandoff = (leadId: string | null) =>
  useQuery({
    queryKey: ['handoff', 'lead', leadId],
    queryFn: ({ signal }) => get<HandoffDetail>(`/leads/${leadId}/handoff`, {}, signal),
    enabled: leadId !== null,
    placeholderData: (before) => (before?.leadId === leadId ? before : undefined),
  });

export const useInbox = (params: Query) =>
  useInfiniteQuery({
    queryKey: ['handoff', 'inbox', params],
    queryFn: ({ pageParam, signal }) => get<InboxPage>('/inbox', { ...params, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export interface RejectionPage {
  items: Rejection[];
  next: string | null;
  total: number | null;
}

export const useRejections = (params: Query) =>
  useInfiniteQuery({
    queryKey: ['rejections', params],
    queryFn: ({ pageParam, signal }) => get<RejectionPage>('/rejections', { ...params, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

/** A verb on a lead, e.g. `acceptance`; everything that shows the lead is asked again. */
export async function move(leadId: string, noun: string, body: Record<string, unknown> = {}): Promise<void> {
  try {
    await post(`/leads/${leadId}/${noun}`, body);
  } finally {
    // Also after a refusal: somebody else moved it, and the screen should show how.
    refreshHandoff();
  }
}
