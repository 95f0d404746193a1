import { type Route, route } from '#platform/http/route.ts';
import { endOwnRoom, type RoomGround, setOwnRoom } from '../actions/keep-rooms.ts';
import { markNotificationsRead } from '../actions/mark-read.ts';
import { setChoices } from '../actions/set-choices.ts';
import type { SendGround } from '../actions/hand-over.ts';
import { choicesChange, newOwnRoom, ownChoices } from '../contract/choices.ts';
import { marked, markRead, notificationPage, notificationsAsk, unread } from '../contract/notifications.ts';
import { mayChooseNotices, mayReadNotices } from '../policy.ts';
import { getOwnChoices } from '../queries/choices.ts';
import { countUnread, listNotifications } from '../queries/notifications.ts';

const tag = 'notices';

export const notificationRoutes = (ground: RoomGround & Pick<SendGround, 'mailer'>): Route[] => {
  const now = () => ({ at: Date.now(), mails: ground.mailer.configured });
  return [
    route({
      method: 'GET',
      path: '/notifications',
      summary: 'What the asker was told of, newest first; many of one sort on a day are one line',
      tag,
      access: mayReadNotices,
      query: notificationsAsk,
      answers: { 200: notificationPage },
      handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listNotifications(tx, who, query)) }),
    }),
    route({
      method: 'GET',
      path: '/notifications/unread',
      summary: 'How many lines the asker has not read',
      tag,
      access: mayReadNotices,
      answers: { 200: unread },
      handle: async ({ who, transact }) => ({ body: await transact((tx) => countUnread(tx, who)) }),
    }),
    route({
      method: 'POST',
      path: '/notifications/reading',
      summary: 'Mark notifications as read: these, of a kind, or all that were there at an instant',
      tag,
      access: mayReadNotices,
      body: markRead,
      answers: { 200: marked },
      handle: async ({ who, body, transact }) => ({ body: { marked: await transact((tx) => markNotificationsRead(tx, who, body)) } }),
    }),
    route({
      method: 'GET',
      path: '/notifications/choices',
      summary: 'What the asker wants to hear, where, and when not',
      tag,
      access: mayReadNotices,
      answers: { 200: ownChoices },
      handle: async ({ who, transact }) => ({ body: await transact((tx) => getOwnChoices(tx, who, now())) }),
    }),
    route({
      method: 'PATCH',
      path: '/notifications/choices',
      summary: 'Choose what to hear, where, and when not; what is left out stays',
      tag,
      access: mayChooseNotices,
      body: choicesChange,
      answers: { 200: ownChoices },
      handle: async ({ who, body, transact }) => ({
        body: await transact(async (tx) => {
          await setChoices(tx, who, body);
          return getOwnChoices(tx, who, now());
        }),
      }),
    }),
    route({
      method: 'PUT',
      path: '/notifications/room',
      summary: 'Name one’s own room of Slack or Teams by the address of its webhook, which is sealed and never shown again',
      tag,
      access: mayChooseNotices,
      body: newOwnRoom,
      answers: { 200: ownChoices },
      handle: async ({ who, body, transact }) => ({
        body: await transact(async (tx) => {
          await setOwnRoom(tx, who, ground, body);
          return getOwnChoices(tx, who, now());
        }),
      }),
    }),
    route({
      method: 'DELETE',
      path: '/notifications/room',
      summary: 'Give one’s own room up: its address is forgotten',
      tag,
      access: mayChooseNotices,
      answers: { 200: ownChoices },
      handle: async ({ who, transact }) => ({
        body: await transact(async (tx) => {
          await endOwnRoom(tx, who);
          return getOwnChoices(tx, who, now());
        }),
      }),
    }),
  ];
};
