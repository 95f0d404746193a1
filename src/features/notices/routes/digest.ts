import { type Route, route } from '#platform/http/route.ts';
import { chooseDigest } from '../actions/choose-digest.ts';
import type { SendGround } from '../actions/hand-over.ts';
import { digestChoice, ownDigest } from '../contract/digest.ts';
import { mayChooseDigest, mayReadDigest } from '../policy/delivery.ts';
import { readOwnDigest } from '../queries/digest/own.ts';

export const digestRoutes = (ground: SendGround): Route[] => [
  route({
    method: 'GET',
    path: '/notices/digest',
    summary: 'When the asker has a digest, and what it would say now',
    tag: 'notices',
    access: mayReadDigest,
    answers: { 200: ownDigest },
    handle: async ({ who }) => ({ body: await readOwnDigest(ground, who, Date.now()) }),
  }),
  route({
    method: 'PUT',
    path: '/notices/digest',
    summary: 'Choose when one’s digest comes',
    tag: 'notices',
    access: mayChooseDigest,
    body: digestChoice,
    answers: { 200: digestChoice },
    handle: async ({ who, body, transact }) => {
      await transact((tx) => chooseDigest(tx, who, body));
      return { body };
    },
  }),
];
