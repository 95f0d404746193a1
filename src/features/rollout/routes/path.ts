import { type Route, route } from '#platform/http/route.ts';
import { planStep } from '../actions/plan-step.ts';
import { byStep, path, stepPlan } from '../contract/path.ts';
import { rolloutToday } from '../contract/today.ts';
import { mayPlanRollout, mayReadRollout } from '../policy.ts';
import { readPath } from '../queries/path.ts';
import { rolloutOfToday } from '../queries/today.ts';

const tag = 'rollout';

export const pathRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/rollout',
    summary: 'The way in: every step with its gate as computed from the records now',
    tag,
    access: mayReadRollout,
    answers: { 200: path },
    handle: async ({ who, transact }) => ({ body: await transact((tx) => readPath(tx, who)) }),
  }),
  route({
    method: 'GET',
    path: '/rollout/today',
    summary: 'What the way in asks of the asker today',
    tag,
    access: mayReadRollout,
    answers: { 200: rolloutToday },
    handle: async ({ who, transact }) => ({ body: await transact((tx) => rolloutOfToday(tx, who)) }),
  }),
  route({
    method: 'PUT',
    path: '/rollout/steps/:step',
    summary: 'Who has a step, and by when',
    tag,
    access: mayPlanRollout,
    params: byStep,
    body: stepPlan,
    answers: { 200: path },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await planStep(tx, who, params.step, body);
        return readPath(tx, who);
      }),
    }),
  }),
];
