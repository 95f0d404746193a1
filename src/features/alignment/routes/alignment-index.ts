import { payVisible } from '#features/returns/contract/pay.ts';
import { type Route, route } from '#platform/http/route.ts';
import { indexAnswer, indexQuery } from '../contract/index-answer.ts';
import { indexHistory, indexHistoryQuery } from '../contract/index-history.ts';
import { indexRecords, indexRecordsQuery } from '../contract/index-records.ts';
import { scoreboard } from '../contract/scoreboard.ts';
import { mayReadIndex } from '../policy.ts';
import { answerIndex } from '../queries/alignment-index.ts';
import { listIndexRecords } from '../queries/index-records.ts';
import { readIndexHistory } from '../queries/index-snapshots.ts';
import { answerScoreboard } from '../queries/scoreboard.ts';

const reading = { method: 'GET', tag: 'alignment', access: mayReadIndex } as const;

export const indexRoutes: readonly Route[] = [
  route({
    ...reading,
    path: '/alignment/index',
    summary: 'The alignment index: six sub-scores, what moved it, what would move it most, what to look at first',
    query: indexQuery,
    answers: { 200: indexAnswer },
    handle: async ({ database, who, query }) => ({ body: await answerIndex(database, who.workspaceId, payVisible(who), query) }),
  }),
  route({
    ...reading,
    path: '/alignment/index/history',
    summary: 'What the index was, day by day, each by the formula of its day',
    query: indexHistoryQuery,
    answers: { 200: indexHistory },
    handle: async ({ database, who, query }) => ({
      body: await database.inWorkspace(who.workspaceId, (tx) => readIndexHistory(tx, who.workspaceId, query)),
    }),
  }),
  route({
    ...reading,
    path: '/alignment/index/records',
    summary: 'The records behind the count of a component of the index, each with why it counts as it does',
    query: indexRecordsQuery,
    answers: { 200: indexRecords },
    handle: async ({ database, who, query }) => ({ body: await listIndexRecords(database, who, query) }),
  }),
  route({
    ...reading,
    path: '/alignment/scoreboard',
    summary: 'Index, cost of misalignment, agreement and goals, the same for everybody',
    answers: { 200: scoreboard },
    handle: async ({ database, who }) => ({ body: await answerScoreboard(database, who) }),
  }),
];
