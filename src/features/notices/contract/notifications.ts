/** What somebody is told in the app. */

import { z } from 'zod';
import { idSchema, instant, paging } from '#features/feedback/contract/pieces.ts';
import { noticeKind } from './kinds.ts';

export const notificationsAsk = z.strictObject({
  ...paging,
  view: z.enum(['all', 'unread']).default('all'),
  kind: noticeKind.optional(),
});
export type NotificationsAsk = z.output<typeof notificationsAsk>;

/** One matter; where a day brought many of one sort, all of them as one line. */
export const notification = z.object({
  /** Of the newest in it. */
  id: idSchema,
  kind: noticeKind,
  title: z.string(),
  /** Address in the app. */
  opens: z.string(),
  at: instant,
  read: z.boolean(),
  count: z.number().int(),
  /** Of a line of many: the newest of them, at most as many as `most`. */
  each: z.array(z.object({ id: idSchema, title: z.string(), opens: z.string(), at: instant })),
  /** Marks them all. */
  ids: z.array(idSchema),
});
export type Notification = z.output<typeof notification>;
export const notificationPage = z.object({ items: z.array(notification), next: z.string().nullable() });
export type NotificationPage = z.output<typeof notificationPage>;
export const most = 20;

export const unread = z.object({
  /** Lines, as they are shown; counted up to `countedUpTo`. */
  count: z.number().int(),
  byKind: z.array(z.object({ kind: noticeKind, count: z.number().int() })),
});
export const countedUpTo = 99;

/** These; or all of a kind; or all. What came after `until` (an instant) is left unread, as nobody has seen it. */
export const markRead = z.strictObject({
  ids: z.array(idSchema).min(1).max(1_000).optional(),
  kind: noticeKind.optional(),
  until: z.iso.datetime().optional(),
});
export const marked = z.object({ marked: z.number().int() });

/** Beyond these days a notification is forgotten; what it told of stays where it stands. */
export const keptDays = 90;
