import { route, type Route } from '#platform/http/route.ts';
import { answerRejection } from '../actions/answer-rejection.ts';
import { judgeRejection } from '../actions/judge-rejection.ts';
import {
  byId,
  newRuling,
  qualityAnswer,
  qualityAsk,
  qualityRecords,
  qualityRecordsAsk,
  rejection,
  rejectionAnswer,
  rejectionPage,
  rejectionsAsk,
} from '../contract.ts';
import { mayAnswerRejections, mayJudgeRejections, mayReadHandoff } from '../policy.ts';
import { listQualityRecords } from '../queries/quality-records.ts';
import { readQuality } from '../queries/quality.ts';
import { getRejection, listRejections } from '../queries/rejections.ts';

const tag = 'rejections';

export const rejectionRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/rejections',
    summary: 'Rejections: to answer and to judge in the order they came, settled ones newest first',
    tag,
    access: mayReadHandoff,
    query: rejectionsAsk,
    answers: { 200: rejectionPage },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listRejections(tx, who, query)) }),
  }),
  route({
    method: 'GET',
    path: '/rejections/quality',
    summary: 'Lead quality and reject accuracy, each with its denominator',
    tag,
    access: mayReadHandoff,
    query: qualityAsk,
    answers: { 200: qualityAnswer },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => readQuality(tx, who.workspaceId, query)) }),
  }),
  route({
    method: 'GET',
    path: '/rejections/quality/records',
    summary: 'The leads behind a number of lead quality or reject accuracy',
    tag,
    access: mayReadHandoff,
    query: qualityRecordsAsk,
    answers: { 200: qualityRecords },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listQualityRecords(tx, who.workspaceId, query)) }),
  }),
  route({
    method: 'GET',
    path: '/rejections/:id',
    summary: 'One rejection and what became of it',
    tag,
    access: mayReadHandoff,
    params: byId,
    answers: { 200: rejection },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => getRejection(tx, who, params.id)) }),
  }),
  route({
    method: 'POST',
    path: '/rejections/:id/answer',
    summary: 'Marketing agrees, mends and returns the lead, or contests',
    tag,
    access: mayAnswerRejections,
    params: byId,
    body: rejectionAnswer,
    answers: { 200: rejection },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await answerRejection(tx, who, params.id, body);
        return getRejection(tx, who, params.id);
      }),
    }),
  }),
  route({
    method: 'POST',
    path: '/rejections/:id/rulings',
    summary: 'Judge a rejection that was contested or drawn, for one’s side',
    tag,
    access: mayJudgeRejections,
    params: byId,
    body: newRuling,
    answers: { 200: rejection },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await judgeRejection(tx, who, params.id, body);
        return getRejection(tx, who, params.id);
      }),
    }),
  }),
];
