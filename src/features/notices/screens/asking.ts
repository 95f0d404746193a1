import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AnnouncementDetail, AnnouncementPage, Announcement } from '#features/notices/contract/announcements.ts';
import type { OwnChoices } from '#features/notices/contract/choices.ts';
import type { CommentPage, Mentionable } from '#features/notices/contract/comments.ts';
import type { NoticeKind } from '#features/notices/contract/kinds.ts';
import type { NotificationPage } from '#features/notices/contract/notifications.ts';
import type { CommentSubject } from '#features/notices/contract/subjects.ts';
import { get, type Query } from '#ui/api/client.ts';
import { queries } from '#ui/api/queries.ts';

export const useComments = (subject: CommentSubject) =>
  useInfiniteQuery({
    queryKey: ['comments', subject],
    queryFn: ({ pageParam, signal }) => get<CommentPage>('/comments', { ...subject, limit: 10, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });

export const useMentionable = (subject: CommentSubject, search: string | null) =>
  useQuery({
    queryKey: ['comments', 'mentionable', subject, search],
    queryFn: ({ signal }) => get<{ items: Mentionable[] }>('/comments/mentionable', { ...subject, search }, signal),
    enabled: search !== null,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });

export const useUnread = () =>
  useQuery({
    queryKey: ['notices', 'unread'],
    queryFn: ({ signal }) => get<{ count: number; byKind: { kind: NoticeKind; count: number }[] }>('/notifications/unread', {}, signal),
  });

export const useNotifications = (params: Query, enabled = true) =>
  useInfiniteQuery({
    queryKey: ['notices', 'list', params],
    queryFn: ({ pageParam, signal }) => get<NotificationPage>('/notifications', { ...params, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
  });

/** Not asked again when something is told: a choice just made would show as it was before. */
export const useChoices = () =>
  useQuery({ queryKey: ['noticeChoices'], queryFn: ({ signal }) => get<OwnChoices>('/notifications/choices', {}, signal) });

export const useAnnouncements = (view: string) =>
  useInfiniteQuery({
    queryKey: ['announcements', 'list', view],
    queryFn: ({ pageParam, signal }) => get<AnnouncementPage>('/announcements', { view, limit: 20, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useAnnouncement = (id: string) =>
  useQuery({
    queryKey: ['announcements', 'one', id],
    queryFn: ({ signal }) => get<AnnouncementDetail>(`/announcements/${id}`, {}, signal),
  });

export const useToAcknowledge = () =>
  useQuery({
    queryKey: ['announcements', 'waiting'],
    queryFn: ({ signal }) => get<{ items: Announcement[] }>('/announcements/waiting', {}, signal),
  });

/** Does something; everything that shows it is asked again, also after a refusal. */
export async function doing<T>(root: 'comments' | 'notices' | 'announcements' | 'noticeChoices', work: Promise<T>): Promise<T> {
  try {
    return await work;
  } finally {
    await queries.invalidateQueries({ queryKey: [root] });
  }
}
