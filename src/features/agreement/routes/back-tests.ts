import { type Route, route } from '#platform/http/route.ts';
import { listCustomFields } from '#features/records/queries/lookups.ts';
import { refuseBadRule } from '../actions/refuse-rule.ts';
import { runBackTest } from '../actions/run-back-test.ts';
import { backTest, backTestAsk, backTestRecordsAsk, byId, leadPage, list, tried, tryRule } from '../contract.ts';
import { vocabularyAnswer, vocabularyAsk, vocabularyOf } from '../contract/vocabulary.ts';
import { mayPropose, mayReadAgreement } from '../policy.ts';
import { listBackTestRecords, listBackTests } from '../queries/kept-back-tests.ts';
import { tryRuleOn } from '../queries/try-rule.ts';

const tag = 'agreement';
/** All leads of a company are judged: seconds at a million, minutes on a small machine that does other things too. */
const patience = { statementTimeout: 10 * 60_000 };

export const backTestRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/definitions/vocabulary',
    summary: 'What a rule may ask: fields, comparisons, stages',
    tag,
    access: mayReadAgreement,
    query: vocabularyAsk,
    answers: { 200: vocabularyAnswer },
    async handle({ who, query, transact }) {
      const own = await transact((tx) => listCustomFields(tx, who.workspaceId));
      return { body: vocabularyOf(query.subject, own, query.term) };
    },
  }),
  route({
    method: 'POST',
    path: '/definitions/trials',
    summary: 'Put a rule to one lead: what of it holds, and what was found',
    tag,
    access: mayReadAgreement,
    body: tryRule,
    answers: { 200: tried },
    async handle({ who, body, transact }) {
      const answer = await transact(async (tx) => {
        await refuseBadRule(tx, who.workspaceId, body.rule, { subject: 'lead' });
        return tryRuleOn(tx, who.workspaceId, body.rule, body.leadId, Date.now());
      });
      return { body: answer };
    },
  }),
  route({
    method: 'POST',
    path: '/definitions/:id/back-tests',
    summary: 'Run a version over past leads, beside the one in force',
    tag,
    access: mayPropose,
    params: byId,
    body: backTestAsk,
    answers: { 201: backTest },
    async handle({ who, params, body, transact }) {
      return { status: 201, body: await transact((tx) => runBackTest(tx, who, params.id, body), patience) };
    },
  }),
  route({
    method: 'GET',
    path: '/definitions/:id/back-tests',
    summary: 'The back-tests of a version, newest first',
    tag,
    access: mayReadAgreement,
    params: byId,
    answers: { 200: list(backTest) },
    async handle({ who, params, transact }) {
      const items = await transact((tx) => listBackTests(tx, who.workspaceId, params.id));
      return { body: { items, next: null, total: items.length } };
    },
  }),
  route({
    method: 'GET',
    path: '/definitions/:id/back-tests/records',
    summary: 'The leads behind a number of a back-test',
    tag,
    access: mayReadAgreement,
    params: byId,
    query: backTestRecordsAsk,
    answers: { 200: leadPage },
    async handle({ who, params, query, transact }) {
      return { body: await transact((tx) => listBackTestRecords(tx, who.workspaceId, params.id, query), patience) };
    },
  }),
];
