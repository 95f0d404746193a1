/** What the pages of joint campaigns ask the server; the first word of each key is what live changes refresh. */

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { CalendarAnswer } from '#features/campaigns/contract/calendar.ts';
import type { FollowUpPage } from '#features/campaigns/contract/follow-up.ts';
import type { LiftAnswer, ParticipationAnswer } from '#features/campaigns/contract/participation.ts';
import type { PlanDetail } from '#features/campaigns/contract/plans.ts';
import type { EvidencePage, RoleList } from '#features/campaigns/contract/roles.ts';
import type { CampaignToday } from '#features/campaigns/contract/today.ts';
import { get } from '#ui/api/client.ts';
import { queries } from '#ui/api/queries.ts';

export const usePlan = (id: string) =>
  useQuery({ queryKey: ['campaigns', 'plan', id], queryFn: ({ signal }) => get<PlanDetail>(`/campaigns/${id}/plan`, {}, signal) });
export const useRoles = (id: string) =>
  useQuery({ queryKey: ['campaigns', 'roles', id], queryFn: ({ signal }) => get<RoleList>(`/campaigns/${id}/roles`, {}, signal) });
export const useParticipation = (id: string) =>
  useQuery({
    queryKey: ['campaigns', 'participation', id],
    queryFn: ({ signal }) => get<ParticipationAnswer>(`/campaigns/${id}/participation`, {}, signal),
  });
export const useLift = (id: string) =>
  useQuery({ queryKey: ['campaigns', 'lift', id], queryFn: ({ signal }) => get<LiftAnswer>(`/campaigns/${id}/lift`, {}, signal) });
export const useCalendar = (asked: { start?: string | undefined; end?: string | undefined; region?: string | undefined }) =>
  useQuery({
    queryKey: ['campaigns', 'calendar', asked],
    queryFn: ({ signal }) => get<CalendarAnswer>('/campaigns/calendar', asked, signal),
    placeholderData: keepPreviousData,
  });
export const useToday = () =>
  useQuery({ queryKey: ['campaigns', 'today'], queryFn: ({ signal }) => get<CampaignToday>('/campaigns/today', {}, signal) });

/** Of one campaign, or (`id` null) of all. */
export const useFollowUp = (id: string | null, of: string) =>
  useInfiniteQuery({
    queryKey: ['campaigns', 'follow-up', id, of],
    queryFn: ({ pageParam, signal }) =>
      get<FollowUpPage>(id ? `/campaigns/${id}/follow-up` : '/campaigns/follow-up', { of, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

/** @param url as the server gave it */
export const useEvidence = (url: string) =>
  useInfiniteQuery({
    queryKey: ['campaigns', 'evidence', url],
    queryFn: ({ pageParam, signal }) => get<EvidencePage>(withCursor(url, pageParam), {}, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });

function withCursor(url: string, cursor: string): string {
  const path = url.replace(/^\/api\/v1/, '');
  return cursor ? `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}` : path;
}

/** After a write of our own. */
export const askAgain = (): Promise<void> => queries.invalidateQueries({ queryKey: ['campaigns'] });
