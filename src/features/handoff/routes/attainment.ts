import {
  attainmentAnswer,
  attainmentAsk,
  attainmentRecordsAsk,
  byId,
  clauseRecords,
  evidenceAsk,
  leadClocks,
  leadClocksAsk,
} from '#features/agreement/contract.ts';
import { type Route, route } from '#platform/http/route.ts';
import { sendCsv } from '#platform/http/send-csv.ts';
import { mayExportEvidence, mayReadHandoff } from '../policy.ts';
import { listAttainmentRecords } from '../queries/attainment-records.ts';
import { answerAttainment } from '../queries/attainment.ts';
import { exportEvidence } from '../queries/evidence.ts';
import { answerLeadClocks } from '../queries/lead-clocks.ts';

export const attainmentRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/attainment',
    summary: 'Whether each side keeps what was agreed, clause by clause',
    tag: 'attainment',
    access: mayReadHandoff,
    query: attainmentAsk,
    answers: { 200: attainmentAnswer },
    handle: async ({ database, who, query }) => ({ body: await answerAttainment(database, who.workspaceId, query) }),
  }),
  route({
    method: 'GET',
    path: '/attainment/records',
    summary: 'The leads behind a number of attainment, with clock, evidence and excuse',
    tag: 'attainment',
    access: mayReadHandoff,
    query: attainmentRecordsAsk,
    answers: { 200: clauseRecords },
    handle: async ({ database, who, query }) => ({ body: await listAttainmentRecords(database, who.workspaceId, query) }),
  }),
  route({
    method: 'GET',
    path: '/attainment/evidence.csv',
    summary: 'The evidence for a period as CSV: clause by clause, lead by lead',
    tag: 'attainment',
    access: mayExportEvidence,
    query: evidenceAsk,
    stream: 'text/csv',
    handle: async ({ who, query, transact, reply }) => {
      await transact((tx) => sendCsv(reply, 'evidence.csv', exportEvidence(tx, who.workspaceId, query)), {
        snapshot: true,
        statementTimeout: 0,
      });
    },
  }),
  route({
    method: 'GET',
    path: '/leads/:id/clocks',
    summary: 'The state of every clock of one lead, now or at any past moment',
    tag: 'attainment',
    access: mayReadHandoff,
    params: byId,
    query: leadClocksAsk,
    answers: { 200: leadClocks },
    handle: async ({ database, who, params, query }) => ({
      body: await answerLeadClocks(database, who.workspaceId, params.id, query.asOf),
    }),
  }),
];
