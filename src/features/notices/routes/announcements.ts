import { byId } from '#features/feedback/contract/pieces.ts';
import type { Tx } from '#platform/db/database.ts';
import { type Policy, route, type Route, type Who } from '#platform/http/route.ts';
import { acknowledge, announce, remind, withdraw } from '../actions/announce.ts';
import {
  announcementDetail,
  announcementPage,
  announcementsAsk,
  announcementsToAcknowledge,
  newAnnouncement,
  reminded,
} from '../contract/announcements.ts';
import { mayAcknowledge, mayAnnounce, mayReadAnnouncements } from '../policy.ts';
import { getAnnouncement, listAnnouncements, listToAcknowledge } from '../queries/announcements.ts';

const tag = 'notices';

/** One verb: does it, and answers with what became of the announcement. */
const verb = (noun: string, summary: string, access: Policy, act: (tx: Tx, who: Who, id: string) => Promise<void>): Route =>
  route({
    method: 'POST',
    path: `/announcements/:id/${noun}`,
    summary,
    tag,
    access,
    params: byId,
    answers: { 200: announcementDetail },
    handle: async ({ who, params, transact }) => ({
      body: await transact(async (tx) => {
        await act(tx, who, params.id);
        return getAnnouncement(tx, who, params.id);
      }),
    }),
  });

export const announcementRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/announcements',
    summary: 'Announcements to the asker and of the asker, newest first',
    tag,
    access: mayReadAnnouncements,
    query: announcementsAsk,
    answers: { 200: announcementPage },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listAnnouncements(tx, who, query)) }),
  }),
  route({
    method: 'GET',
    path: '/announcements/waiting',
    summary: 'What the asker has still to acknowledge, oldest first',
    tag,
    access: mayReadAnnouncements,
    answers: { 200: announcementsToAcknowledge },
    handle: async ({ who, transact }) => ({ body: { items: await transact((tx) => listToAcknowledge(tx, who)) } }),
  }),
  route({
    method: 'POST',
    path: '/announcements',
    summary: 'Announce something to sides, teams, people or everybody',
    tag,
    access: mayAnnounce,
    body: newAnnouncement,
    answers: { 201: announcementDetail },
    handle: async ({ who, body, transact }) => ({
      status: 201,
      body: await transact(async (tx) => getAnnouncement(tx, who, await announce(tx, who, body))),
    }),
  }),
  route({
    method: 'GET',
    path: '/announcements/:id',
    summary: 'One announcement; for who keeps it, with who has acknowledged it and who has not yet',
    tag,
    access: mayReadAnnouncements,
    params: byId,
    answers: { 200: announcementDetail },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => getAnnouncement(tx, who, params.id)) }),
  }),
  verb('acknowledgement', 'Take note of an announcement', mayAcknowledge, acknowledge),
  verb('withdrawal', 'Withdraw an announcement', mayAnnounce, withdraw),
  route({
    method: 'POST',
    path: '/announcements/:id/reminders',
    summary: 'Remind those who have not acknowledged it',
    tag,
    access: mayAnnounce,
    params: byId,
    answers: { 200: reminded },
    handle: async ({ who, params, transact }) => ({ body: { reminded: await transact((tx) => remind(tx, who, params.id)) } }),
  }),
];
