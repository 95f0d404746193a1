import { z } from 'zod';
import { byId, made } from '#features/agreement/contract.ts';
import { type Route, route } from '#platform/http/route.ts';
import { commentOnPlan } from '../actions/comment-plan.ts';
import { draftNextVersion, draftPlan, editPlan, readContent } from '../actions/draft-plan.ts';
import { endPlan, withdrawPlan } from '../actions/end-plan.ts';
import { lookAtPlan } from '../actions/look.ts';
import { proposePlan } from '../actions/propose-plan.ts';
import { signPlan } from '../actions/sign-plan.ts';
import { measured } from '../contract/measured.ts';
import * as contract from '../contract/plans.ts';
import { newPlanSignature } from '../contract/sign-off.ts';
import { planTemplates } from '../contract/templates.ts';
import { checkAsk, checked } from '../contract/warnings.ts';
import { mayCommentPlans, mayDraftPlans, mayReadIncentives, maySignPlans } from '../policy.ts';
import { checkDraft } from '../queries/check-draft.ts';
import { listMeasured } from '../queries/measured.ts';
import { suggestPlans } from '../queries/plan-templates.ts';
import { getPlan, listPlans } from '../queries/plans.ts';

const tag = 'incentives';

const planRoutesOf: readonly Route[] = [
  route({
    method: 'GET',
    path: '/incentive-plans',
    summary: 'Plans that concern the asker, by their newest version, newest first',
    tag,
    access: mayReadIncentives,
    query: contract.plansAsk,
    answers: { 200: contract.planList },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listPlans(tx, who, query)) }),
  }),
  route({
    method: 'POST',
    path: '/incentive-plans',
    summary: 'Draft a new plan; who does sees the pay of all it pays',
    tag,
    access: mayDraftPlans,
    body: contract.planDraft,
    answers: { 201: contract.madeVersion },
    handle: async ({ who, body, transact }) => ({ status: 201, body: await transact((tx) => draftPlan(tx, who, body.content)) }),
  }),
  route({
    method: 'GET',
    path: '/incentive-plans/templates',
    summary: 'Plans to begin with: good practice, filled from the company’s own past',
    tag,
    access: mayDraftPlans,
    answers: { 200: planTemplates },
    handle: async ({ who, transact }) => ({ body: await transact((tx) => suggestPlans(tx, who)) }),
  }),
  route({
    method: 'GET',
    path: '/incentive-plans/measured',
    summary: 'What plans can count and ask for: kinds of facts with roles and tags, results, clauses',
    tag,
    access: mayReadIncentives,
    answers: { 200: measured },
    handle: async ({ who, transact }) => ({ body: await transact((tx) => listMeasured(tx, who.workspaceId)) }),
  }),
  route({
    method: 'GET',
    path: '/incentive-plans/:id',
    summary: 'A plan with its versions',
    tag,
    access: mayReadIncentives,
    params: byId,
    answers: { 200: contract.plan },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => getPlan(tx, who, params.id)) }),
  }),
  route({
    method: 'POST',
    path: '/incentive-plans/:id/versions',
    summary: 'Draft the next version of a plan',
    tag,
    access: mayDraftPlans,
    params: byId,
    body: contract.planDraft,
    answers: { 201: contract.madeVersion },
    handle: async ({ who, params, body, transact }) => ({
      status: 201,
      body: await transact((tx) => draftNextVersion(tx, who, params.id, body.content)),
    }),
  }),
  route({
    method: 'POST',
    path: '/incentive-plans/:id/ending',
    summary: 'End a signed plan from the first day of a coming period',
    tag,
    access: mayDraftPlans,
    params: byId,
    body: contract.planEnding,
    answers: { 200: contract.plan },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await endPlan(tx, who, params.id, body.from);
        return getPlan(tx, who, params.id);
      }),
    }),
  }),
];

const versionRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/incentive-plan-versions/checks',
    summary: 'What is wrong with a plan, and what experience and the company’s past warn of; stores nothing',
    tag,
    access: mayDraftPlans,
    body: checkAsk,
    answers: { 200: checked },
    handle: async ({ who, body, database, transact }) => {
      const content = await transact((tx) => readContent(tx, who, body.content));
      return { body: await checkDraft(database, who, content) };
    },
  }),
  route({
    method: 'GET',
    path: '/incentive-plan-versions/:id',
    summary: 'One version of a plan: the part that concerns the asker, in words, with signatures, comments and warnings',
    tag,
    access: mayReadIncentives,
    params: byId,
    answers: { 200: contract.planVersion },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => lookAtPlan(tx, who, params.id)) }),
  }),
  route({
    method: 'PATCH',
    path: '/incentive-plan-versions/:id',
    summary: 'Edit a draft of a plan',
    tag,
    access: mayDraftPlans,
    params: byId,
    body: contract.planDraft,
    answers: { 200: contract.planVersion },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await editPlan(tx, who, params.id, body.content);
        return lookAtPlan(tx, who, params.id);
      }),
    }),
  }),
  route({
    method: 'DELETE',
    path: '/incentive-plan-versions/:id',
    summary: 'Withdraw a draft or a proposal of a plan; it stays readable',
    tag,
    access: mayDraftPlans,
    params: byId,
    answers: { 204: z.undefined() },
    async handle({ who, params, transact }) {
      await transact((tx) => withdrawPlan(tx, who, params.id));
      return { status: 204 };
    },
  }),
  route({
    method: 'POST',
    path: '/incentive-plan-versions/:id/proposal',
    summary: 'Propose a draft to whom it pays, the heads and the sponsor, to count from the first day of a period',
    tag,
    access: mayDraftPlans,
    params: byId,
    body: contract.planProposal,
    answers: { 201: contract.planVersion },
    handle: async ({ who, params, body, transact }) => ({
      status: 201,
      body: await transact(async (tx) => {
        await proposePlan(tx, who, params.id, body.effectiveFrom);
        return lookAtPlan(tx, who, params.id);
      }),
    }),
  }),
  route({
    method: 'POST',
    path: '/incentive-plan-versions/:id/signatures',
    summary: 'Sign: a payee their own part, a head for their side, the sponsor the whole',
    tag,
    access: maySignPlans,
    params: byId,
    body: newPlanSignature,
    answers: { 201: contract.planVersion },
    handle: async ({ who, params, body, transact }) => ({
      status: 201,
      body: await transact(async (tx) => {
        await signPlan(tx, who, params.id, body);
        return lookAtPlan(tx, who, params.id);
      }),
    }),
  }),
  route({
    method: 'POST',
    path: '/incentive-plan-versions/:id/comments',
    summary: 'Say something about a version: to all who see it, or about one payee’s part',
    tag,
    access: mayCommentPlans,
    params: byId,
    body: contract.newPlanComment,
    answers: { 201: made },
    handle: async ({ who, params, body, transact }) => ({
      status: 201,
      body: { id: await transact((tx) => commentOnPlan(tx, who, params.id, body)) },
    }),
  }),
];

/** Plans of pay and their versions. */
export const planRoutes: readonly Route[] = [...planRoutesOf, ...versionRoutes];
