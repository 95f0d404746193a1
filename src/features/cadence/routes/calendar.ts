import { z } from 'zod';
import type { Database } from '#platform/db/database.ts';
import type { Door, DoorAnswer } from '#platform/http/door.ts';
import { route, type Route } from '#platform/http/route.ts';
import { makeFeed, revokeFeed } from '../actions/keep-feed.ts';
import { nothing } from '../contract/actions.ts';
import { calendarAddress, calendarFeed } from '../contract/health.ts';
import { mayHaveFeed } from '../policy.ts';
import { getFeed, readFeed } from '../queries/feed.ts';

const tag = 'meetings';

export const calendarRoutesOf = (publicUrl: string): readonly Route[] => [
  route({
    method: 'GET',
    path: '/meetings/calendar',
    summary: 'Whether the asker has a calendar address, and when a program last read it',
    tag,
    access: mayHaveFeed,
    query: z.strictObject({}),
    answers: { 200: calendarFeed },
    handle: async ({ who, transact }) => ({ body: await transact((tx) => getFeed(tx, who)) }),
  }),
  route({
    method: 'POST',
    path: '/meetings/calendar',
    summary: 'Make the asker’s calendar address; the one before stops at once',
    tag,
    access: mayHaveFeed,
    body: nothing,
    answers: { 201: calendarAddress },
    answersSecret: true,
    handle: async ({ who, transact }) => {
      const { secret, madeAt } = await transact((tx) => makeFeed(tx, who));
      return { status: 201, body: { url: new URL(`/calendar/${secret}.ics`, publicUrl).href, madeAt } };
    },
  }),
  route({
    method: 'DELETE',
    path: '/meetings/calendar',
    summary: 'Revoke the asker’s calendar address',
    tag,
    access: mayHaveFeed,
    answers: { 204: z.undefined() },
    handle: async ({ who, transact }) => {
      await transact((tx) => revokeFeed(tx, who));
    },
  }),
];

/** What programs subscribe to: no session, no cookie; the secret in the address is all. */
export const calendarDoor = (database: Database, publicUrl: string): Door => ({
  methods: ['GET', 'HEAD'],
  path: '/calendar/:file',
  summary: 'A member’s meetings as a calendar that other programs read',
  handle: async ({ method, params }) => {
    const secret = /^([\w-]{43})\.ics$/.exec(params['file'] ?? '')?.[1];
    const calendar = secret === undefined ? null : await readFeed(database, secret, publicUrl);
    if (calendar === null) return nowhere;
    return {
      status: 200,
      headers: { ...always, 'content-type': 'text/calendar; charset=utf-8' },
      ...(method === 'HEAD' ? {} : { body: calendar }),
    };
  },
});

const always = { 'x-robots-tag': 'noindex', 'cache-control': 'private, no-store', 'referrer-policy': 'no-referrer' };
/** The same for an address that never was and for one that was revoked. */
const nowhere: DoorAnswer = {
  status: 404,
  headers: { ...always, 'content-type': 'text/plain; charset=utf-8' },
  body: 'There is no calendar at this address. It may have been renewed: take the new one from the page of meetings.\n',
};
