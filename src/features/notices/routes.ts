import type { Door } from '#platform/http/door.ts';
import type { Route } from '#platform/http/route.ts';
import type { SendGround } from './actions/hand-over.ts';
import type { RoomGround } from './actions/keep-rooms.ts';
import { announcementRoutes } from './routes/announcements.ts';
import { commentRoutes } from './routes/comments.ts';
import { digestRoutes } from './routes/digest.ts';
import { notificationRoutes } from './routes/notifications.ts';
import { roomRoutes } from './routes/rooms.ts';
import { unsubscribeDoor } from './routes/unsubscribe-door.ts';

export const noticeRoutes = (ground: RoomGround & SendGround): Route[] => [
  ...commentRoutes,
  ...announcementRoutes,
  ...notificationRoutes(ground),
  ...digestRoutes(ground),
  ...roomRoutes(ground),
];

export const noticeDoors = (ground: Pick<SendGround, 'database' | 'sealing'>): Door[] => [unsubscribeDoor(ground)];
