import { type Route, route } from '#platform/http/route.ts';
import {
  matrixAnswer,
  matrixAsk,
  matrixRecords,
  matrixRecordsAsk,
  speedAnswer,
  speedAsk,
  speedRecords,
  speedRecordsAsk,
} from '../contract.ts';
import { mayReadHandoff } from '../policy.ts';
import { answerMatrix, listMatrixRecords } from '../queries/matrix.ts';
import { listSpeedRecords } from '../queries/speed-records.ts';
import { answerSpeed } from '../queries/speed.ts';

export const speedRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/speed',
    summary: 'Speed to lead, by group, and the company’s own curve of conversion against it',
    tag: 'speed',
    access: mayReadHandoff,
    query: speedAsk,
    answers: { 200: speedAnswer },
    handle: async ({ database, who, query }) => ({ body: await answerSpeed(database, who.workspaceId, query) }),
  }),
  route({
    method: 'GET',
    path: '/speed/records',
    summary: 'The leads behind a number of speed to lead',
    tag: 'speed',
    access: mayReadHandoff,
    query: speedRecordsAsk,
    answers: { 200: speedRecords },
    handle: async ({ database, who, query }) => ({ body: await listSpeedRecords(database, who.workspaceId, query) }),
  }),
  route({
    method: 'GET',
    path: '/handoffs/matrix',
    summary: 'Who hands to whom, SDR by rep, and what became of the leads',
    tag: 'speed',
    access: mayReadHandoff,
    query: matrixAsk,
    answers: { 200: matrixAnswer },
    handle: async ({ database, who, query }) => ({ body: await answerMatrix(database, who.workspaceId, query) }),
  }),
  route({
    method: 'GET',
    path: '/handoffs/matrix/records',
    summary: 'The leads behind a number of who hands to whom',
    tag: 'speed',
    access: mayReadHandoff,
    query: matrixRecordsAsk,
    answers: { 200: matrixRecords },
    handle: async ({ database, who, query }) => ({ body: await listMatrixRecords(database, who.workspaceId, query) }),
  }),
];
