import { type Route, route } from '#platform/http/route.ts';
import { workBackAnswer, workBackAsk } from '../contract/plans.ts';
import { whatIfAnswer, whatIfAsk, whatIfChoices } from '../contract/what-if.ts';
import { mayReadGoals } from '../policy.ts';
import { tryWorkBack } from '../queries/try-work-back.ts';
import { answerWhatIf } from '../queries/what-if.ts';
import { whatIfChoices as readChoices } from '../queries/what-if-choices.ts';

const asking = { tag: 'goals', access: mayReadGoals } as const;

/** They calculate and store nothing. */
export const whatIfRoutes: readonly Route[] = [
  route({
    ...asking,
    method: 'POST',
    path: '/goals/work-back',
    summary: 'Work revenue back to deals, SQLs, MQLs, value and budget, and say whether it can be kept; stores nothing',
    body: workBackAsk,
    answers: { 200: workBackAnswer },
    handle: async ({ database, who, body }) => ({ body: await tryWorkBack(database, who, body) }),
  }),
  route({
    ...asking,
    method: 'GET',
    path: '/goals/what-if',
    summary: 'What can be done otherwise, with the company’s own numbers',
    answers: { 200: whatIfChoices },
    handle: async ({ database, who }) => ({ body: await readChoices(database, who) }),
  }),
  route({
    ...asking,
    method: 'POST',
    path: '/goals/what-if',
    summary: 'The plan’s range before and after what is done otherwise; stores nothing',
    body: whatIfAsk,
    answers: { 200: whatIfAnswer },
    handle: async ({ database, who, body }) => ({ body: await answerWhatIf(database, who, body) }),
  }),
];
