import { z } from 'zod';
import { type Route, route } from '#platform/http/route.ts';
import { draftAgreement, editAgreement, proposeAgreement } from '../actions/contract.ts';
import { askExcuse, decideExcuse } from '../actions/excuses.ts';
import { lives, signVersion, withdrawVersion } from '../actions/signing.ts';
import {
  agreementDraft,
  agreementSummary,
  agreementTemplates,
  agreementVersion,
  byId,
  capacityAnswer,
  capacityAsk,
  excuse,
  excuseDecision,
  list,
  made,
  newExcuse,
  newSignature,
  proposal,
} from '../contract.ts';
import { mayAskExcuse, mayDecideExcuse, mayPropose, mayReadAgreement, maySign } from '../policy.ts';
import { answerCapacity } from '../queries/capacity.ts';
import { getAgreement, getAgreementVersion } from '../queries/contract.ts';
import { listExcuses } from '../queries/excuses.ts';
import { suggestedAgreement } from '../queries/suggestion.ts';

const tag = 'agreement';

const readingRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/agreement',
    summary: 'The agreement in force, its versions, and the terms',
    tag,
    access: mayReadAgreement,
    answers: { 200: agreementSummary },
    handle: async ({ who, transact }) => ({ body: await transact((tx) => getAgreement(tx, who)) }),
  }),
  route({
    method: 'GET',
    path: '/agreement/templates',
    summary: 'Clauses and definitions to begin with, filled with the company’s own numbers',
    tag,
    access: mayReadAgreement,
    answers: { 200: agreementTemplates },
    handle: async ({ who, transact }) => ({ body: await transact((tx) => suggestedAgreement(tx, who.workspaceId)) }),
  }),
  route({
    method: 'POST',
    path: '/agreement/capacity',
    summary: 'Whether the reps can keep what is promised; each assumption is told',
    tag,
    access: mayReadAgreement,
    body: capacityAsk,
    answers: { 200: capacityAnswer },
    handle: async ({ who, body, transact }) => ({ body: await transact((tx) => answerCapacity(tx, who.workspaceId, body)) }),
  }),
];

const draftRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/agreement/versions',
    summary: 'Draft a new version of the agreement',
    tag,
    access: mayPropose,
    body: agreementDraft,
    answers: { 201: made },
    handle: async ({ who, body, transact }) => ({ status: 201, body: { id: await transact((tx) => draftAgreement(tx, who, body)) } }),
  }),
  route({
    method: 'GET',
    path: '/agreement/versions/:id',
    summary: 'One version of the agreement: its clauses as sentences, signatures, comments, what it changes',
    tag,
    access: mayReadAgreement,
    params: byId,
    answers: { 200: agreementVersion },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => getAgreementVersion(tx, who, params.id)) }),
  }),
  route({
    method: 'PATCH',
    path: '/agreement/versions/:id',
    summary: 'Edit a draft of the agreement',
    tag,
    access: mayPropose,
    params: byId,
    body: agreementDraft,
    answers: { 200: agreementVersion },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await editAgreement(tx, who, params.id, body);
        return getAgreementVersion(tx, who, params.id);
      }),
    }),
  }),
  route({
    method: 'DELETE',
    path: '/agreement/versions/:id',
    summary: 'Withdraw a draft or a proposal of the agreement',
    tag,
    access: mayPropose,
    params: byId,
    answers: { 204: z.undefined() },
    async handle({ who, params, transact }) {
      await transact((tx) => withdrawVersion(tx, who, lives.agreement, params.id));
      return { status: 204 };
    },
  }),
];

const proposalRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/agreement/versions/:id/proposal',
    summary: 'Propose a draft to both sides, with its calendars as they stand, to count from a day on',
    tag,
    access: mayPropose,
    params: byId,
    body: proposal,
    answers: { 201: agreementVersion },
    handle: async ({ who, params, body, transact }) => ({
      status: 201,
      body: await transact(async (tx) => {
        await proposeAgreement(tx, who, params.id, body.effectiveFrom);
        return getAgreementVersion(tx, who, params.id);
      }),
    }),
  }),
  route({
    method: 'POST',
    path: '/agreement/versions/:id/signatures',
    summary: 'Sign a proposed agreement for one’s side; the second side’s signature makes it count',
    tag,
    access: maySign,
    params: byId,
    body: newSignature,
    answers: { 201: agreementVersion },
    handle: async ({ who, params, body, transact }) => ({
      status: 201,
      body: await transact(async (tx) => {
        await signVersion(tx, who, lives.agreement, params.id, body);
        return getAgreementVersion(tx, who, params.id);
      }),
    }),
  }),
];

const excuseRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/excuses',
    summary: 'Excuses: those that wait for a decision first',
    tag,
    access: mayReadAgreement,
    answers: { 200: list(excuse) },
    handle: async ({ who, transact }) => ({ body: await transact((tx) => listExcuses(tx, who)) }),
  }),
  route({
    method: 'POST',
    path: '/excuses',
    summary: 'Ask that a lead, or a time, not be counted',
    tag,
    access: mayAskExcuse,
    body: newExcuse,
    answers: { 201: made },
    handle: async ({ who, body, transact }) => ({ status: 201, body: { id: await transact((tx) => askExcuse(tx, who, body)) } }),
  }),
  route({
    method: 'POST',
    path: '/excuses/:id/decision',
    summary: 'Grant or refuse an excuse of the other side',
    tag,
    access: mayDecideExcuse,
    params: byId,
    body: excuseDecision,
    answers: { 204: z.undefined() },
    async handle({ who, params, body, transact }) {
      await transact((tx) => decideExcuse(tx, who, params.id, body));
      return { status: 204 };
    },
  }),
];

export const contractRoutes: readonly Route[] = [...readingRoutes, ...draftRoutes, ...proposalRoutes, ...excuseRoutes];
