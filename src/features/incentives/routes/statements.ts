import { type Route, route } from '#platform/http/route.ts';
import * as contract from '../contract/statements.ts';
import { dealWhatIf as dealWhatIfAnswer, dealWhatIfAsk, planWhatIf as planWhatIfAnswer, planWhatIfAsk } from '../contract/what-if.ts';
import { mayDraftPlans, mayReadIncentives } from '../policy.ts';
import { dealWhatIf } from '../queries/deal-what-if.ts';
import { estimateFor } from '../queries/estimates.ts';
import { planWhatIf } from '../queries/plan-what-if.ts';
import { getStatement, listStatements } from '../queries/statements.ts';

const tag = 'incentives';

/** Statements, and what would be on the next one. */
export const statementRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/statements',
    summary: 'Statements of whom the asker sees, newest period first',
    tag,
    access: mayReadIncentives,
    query: contract.statementsAsk,
    answers: { 200: contract.statementList },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listStatements(tx, who, query)) }),
  }),
  route({
    method: 'GET',
    path: '/payout-runs/:id/statements/:memberId',
    summary: 'One person’s statement of a run, line by line; a look at another’s is written down',
    tag,
    access: mayReadIncentives,
    params: contract.statementAddress,
    answers: { 200: contract.statement },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => getStatement(tx, who, params.id, params.memberId)) }),
  }),
  route({
    method: 'GET',
    path: '/incentives/estimate',
    summary: 'What the running period would pay by what is on record so far: no promise',
    tag,
    access: mayReadIncentives,
    query: contract.estimateAsk,
    answers: { 200: contract.estimate },
    handle: async ({ who, query, database }) => ({ body: await estimateFor(database, who, query) }),
  }),
  route({
    method: 'POST',
    path: '/incentives/what-if/deal',
    summary: 'What a deal would change if it closed so; nothing is stored',
    tag,
    access: mayReadIncentives,
    body: dealWhatIfAsk,
    answers: { 200: dealWhatIfAnswer },
    handle: async ({ who, body, database }) => ({ body: await dealWhatIf(database, who, body) }),
  }),
  route({
    method: 'POST',
    path: '/incentives/what-if/plan',
    summary: 'A plan as it could be over past periods, beside a version; nothing is stored',
    tag,
    access: mayDraftPlans,
    body: planWhatIfAsk,
    answers: { 200: planWhatIfAnswer },
    handle: async ({ who, body, database }) => ({ body: await planWhatIf(database, who, body) }),
  }),
];
