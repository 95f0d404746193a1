import { z } from 'zod';
import { byId, made, newSignature } from '#features/agreement/contract.ts';
import { signVersion, withdrawVersion } from '#features/agreement/actions/signing.ts';
import { type Route, route } from '#platform/http/route.ts';
import { planLife } from '../actions/plan-life.ts';
import { draftPlan, editPlan, proposePlan } from '../actions/write-plan.ts';
import { newPlan, planEdit, planList, planSuggestion, planVersion, suggestAsk } from '../contract/plans.ts';
import { mayPlanGoals, mayReadGoals, maySignGoals } from '../policy.ts';
import { listPlans } from '../queries/plan-list.ts';
import { getPlanVersion, readPlanVersion, withFeasibility } from '../queries/plan-version.ts';
import { suggestPlan } from '../queries/suggestion.ts';
import { workContent } from '../queries/try-work-back.ts';

const tag = 'goals';

const draftRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/goals/plans',
    summary: 'Plans of goals, all versions in short',
    tag,
    access: mayReadGoals,
    answers: { 200: planList },
    handle: async ({ who, transact }) => ({ body: await transact((tx) => listPlans(tx, who)) }),
  }),
  route({
    method: 'GET',
    path: '/goals/plans/suggestion',
    summary: 'A plan to begin with, filled with the company’s own past',
    tag,
    access: mayReadGoals,
    query: suggestAsk,
    answers: { 200: planSuggestion },
    handle: async ({ database, who, query }) => ({ body: await suggestPlan(database, who, query) }),
  }),
  route({
    method: 'POST',
    path: '/goals/plans',
    summary: 'Draft a plan of goals, or the next version of one',
    tag,
    access: mayPlanGoals,
    body: newPlan,
    answers: { 201: made },
    async handle({ database, who, body, transact }) {
      const working = await workContent(database, who, body.content);
      const id = await transact((tx) => draftPlan(tx, who, body.planId, { content: body.content, working }));
      return { status: 201, body: { id } };
    },
  }),
  route({
    method: 'GET',
    path: '/goals/plans/:id',
    summary: 'One version of a plan: goals, worked-back sheet, feasibility, signatures, what it changes',
    tag,
    access: mayReadGoals,
    params: byId,
    answers: { 200: planVersion },
    handle: async ({ database, who, params }) => ({ body: await getPlanVersion(database, who, params.id) }),
  }),
  route({
    method: 'PATCH',
    path: '/goals/plans/:id',
    summary: 'Edit a draft; it is worked back anew',
    tag,
    access: mayPlanGoals,
    params: byId,
    body: planEdit,
    answers: { 200: planVersion },
    async handle({ database, who, params, body, transact }) {
      const working = await workContent(database, who, body.content);
      const read = await transact(async (tx) => {
        await editPlan(tx, who, params.id, { content: body.content, working });
        return readPlanVersion(tx, who, params.id);
      });
      return { body: await withFeasibility(database, who, read) };
    },
  }),
  route({
    method: 'DELETE',
    path: '/goals/plans/:id',
    summary: 'Withdraw a draft or a proposal of a plan',
    tag,
    access: mayPlanGoals,
    params: byId,
    answers: { 204: z.undefined() },
    async handle({ who, params, transact }) {
      await transact((tx) => withdrawVersion(tx, who, planLife, params.id));
      return { status: 204 };
    },
  }),
];

const signingRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/goals/plans/:id/proposal',
    summary: 'Propose a draft to both sides, with its sheet as it was saved',
    tag,
    access: mayPlanGoals,
    params: byId,
    answers: { 201: planVersion },
    async handle({ database, who, params, transact }) {
      const read = await transact(async (tx) => {
        await proposePlan(tx, who, params.id);
        return readPlanVersion(tx, who, params.id);
      });
      return { status: 201, body: await withFeasibility(database, who, read) };
    },
  }),
  route({
    method: 'POST',
    path: '/goals/plans/:id/signatures',
    summary: 'Sign a proposed plan for one’s side; the second side’s signature makes it count',
    tag,
    access: maySignGoals,
    params: byId,
    body: newSignature,
    answers: { 201: planVersion },
    async handle({ database, who, params, body, transact }) {
      const read = await transact(async (tx) => {
        await signVersion(tx, who, planLife, params.id, body);
        return readPlanVersion(tx, who, params.id);
      });
      return { status: 201, body: await withFeasibility(database, who, read) };
    },
  }),
];

export const planRoutes: readonly Route[] = [...draftRoutes, ...signingRoutes];
