import type { Sealing } from '#platform/auth/sealing.ts';
import { route, type Route } from '#platform/http/route.ts';
import { guess } from '../actions/guess.ts';
import { guessTaken, newGuess, perception, perceptionGaps, perceptionGapsAsk } from '../contract/perception.ts';
import { mayGuess, mayReadPerception } from '../policy.ts';
import { readGaps } from '../queries/perception-gaps.ts';
import { readGuessed, readPerception } from '../queries/perception.ts';

const tag = 'perception';

export const perceptionRoutesOf = (sealing: Sealing): readonly Route[] => [
  route({
    method: 'GET',
    path: '/perception',
    summary: 'This month’s numbers: those still to guess, and the others beside what they are',
    tag,
    access: mayReadPerception,
    answers: { 200: perception },
    handle: async ({ who, database }) => ({ body: await readPerception(database, who, sealing) }),
  }),
  route({
    method: 'POST',
    path: '/perception/guesses',
    summary: 'Guess a number before it is shown, or pass; nothing that is kept says who',
    tag,
    access: mayGuess,
    body: newGuess,
    answers: { 200: guessTaken },
    leavesNoTrace: () => true,
    handle: async ({ who, body, database, transact }) => {
      const counted = await transact((tx) => guess(tx, who, sealing, body));
      return { body: { counted, item: await readGuessed(database, who, body.metric) } };
    },
  }),
  route({
    method: 'GET',
    path: '/perception/gaps',
    summary: 'What each side thought the numbers of a month were, beside what they are',
    tag,
    access: mayReadPerception,
    query: perceptionGapsAsk,
    answers: { 200: perceptionGaps },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => readGaps(tx, who.workspaceId, query.period)) }),
  }),
];
