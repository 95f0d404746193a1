import { route, type Route } from '#platform/http/route.ts';
import { healthRecords, healthRecordsAsk, meetingHealth, meetingHealthAsk } from '../contract/health.ts';
import { mayReadMeetings } from '../policy.ts';
import { listHealthRecords } from '../queries/health-records.ts';
import { readHealth } from '../queries/health.ts';

const tag = 'meetings';

export const healthRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/meetings/health',
    summary: 'Whether meetings are held, attended, deciding and acted upon',
    tag,
    access: mayReadMeetings,
    query: meetingHealthAsk,
    answers: { 200: meetingHealth },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => readHealth(tx, who.workspaceId, query)) }),
  }),
  route({
    method: 'GET',
    path: '/meetings/health/records',
    summary: 'The meetings, seats or actions behind a number of meeting health',
    tag,
    access: mayReadMeetings,
    query: healthRecordsAsk,
    answers: { 200: healthRecords },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listHealthRecords(tx, who.workspaceId, query)) }),
  }),
];
