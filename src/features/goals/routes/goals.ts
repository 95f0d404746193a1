import { byId } from '#features/agreement/contract.ts';
import { type Route, route } from '#platform/http/route.ts';
import { goalChoices, goalDetail, goalsAsk, goalsToday, goalTree } from '../contract/goals.ts';
import { respondersAnswer, respondersAsk } from '../contract/responders.ts';
import { mayReadGoals } from '../policy.ts';
import { goalChoices as readChoices } from '../queries/choices.ts';
import { answerGoal } from '../queries/goal-detail.ts';
import { answerGoalTree } from '../queries/goal-tree.ts';
import { listResponders } from '../queries/responders.ts';
import { goalsOfToday } from '../queries/today.ts';

const reading = { method: 'GET', tag: 'goals', access: mayReadGoals } as const;

export const goalReadingRoutes: readonly Route[] = [
  route({
    ...reading,
    path: '/goals',
    summary: 'The goals that count: value, target, pace, forecast and owners of each',
    query: goalsAsk,
    answers: { 200: goalTree },
    handle: async ({ database, who, query }) => ({ body: await answerGoalTree(database, who, query) }),
  }),
  route({
    ...reading,
    path: '/goals/today',
    summary: 'Own goals off their pace, and plans that wait for one’s signature',
    answers: { 200: goalsToday },
    handle: async ({ database, who }) => ({ body: await goalsOfToday(database, who) }),
  }),
  route({
    ...reading,
    path: '/goals/choices',
    summary: 'What a goal can be about, and who can own it',
    answers: { 200: goalChoices },
    handle: async ({ who, transact }) => ({ body: await transact((tx) => readChoices(tx, who.workspaceId)) }),
  }),
  route({
    ...reading,
    path: '/goals/responders',
    summary: 'The responses to campaigns that a goal counts',
    query: respondersAsk,
    answers: { 200: respondersAnswer },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listResponders(tx, who.workspaceId, query)) }),
  }),
  route({
    ...reading,
    path: '/goals/:id',
    summary: 'One goal: its course, where it is going, what would close the gap, when it was off pace',
    params: byId,
    answers: { 200: goalDetail },
    handle: async ({ database, who, params }) => ({ body: await answerGoal(database, who, params.id) }),
  }),
];
