import { type Route, route } from '#platform/http/route.ts';
import { setFigures } from '../actions/set-figures.ts';
import { changesAnswer, changesQuery, whereNextAnswer, whereNextQuery } from '../contract/changes.ts';
import {
  cohortRecordsQuery,
  cohortsAnswer,
  cohortsQuery,
  retentionAnswer,
  retentionQuery,
  retentionRecordsQuery,
} from '../contract/retention.ts';
import {
  figureRecordsQuery,
  figuresAnswer,
  figureSettings,
  figureSettingsChange,
  figuresQuery,
  recordsAnswer,
} from '../contract/figures.ts';
import { trendAnswer, trendQuery, waterfallAnswer, waterfallQuery } from '../contract/trend.ts';
import { overviewAnswer, overviewQuery } from '../contract/overview.ts';
import { payVisible } from '../contract/pay.ts';
import { mayReadReturns, maySetFigures } from '../policy.ts';
import { answerChanges } from '../queries/changes.ts';
import { answerCohorts, listCohortRecords } from '../queries/cohorts.ts';
import { listFigureRecords } from '../queries/figure-records.ts';
import { readFigureSettings } from '../queries/figure-settings.ts';
import { answerFigures } from '../queries/figures.ts';
import { answerOverview } from '../queries/overview.ts';
import { answerRetention, listRetentionRecords } from '../queries/retention.ts';
import { answerTrend } from '../queries/trend.ts';
import { answerWaterfall } from '../queries/waterfall.ts';
import { answerWhereNext } from '../queries/where-next.ts';

const reading = { method: 'GET', tag: 'returns', access: mayReadReturns } as const;

export const figureRoutes: readonly Route[] = [
  route({
    ...reading,
    path: '/figures',
    summary: 'Win rate, cycle, CAC, LTV, payback, ROMI and more, by group',
    query: figuresQuery,
    answers: { 200: figuresAnswer },
    handle: async ({ database, who, query }) => ({ body: await answerFigures(database, who.workspaceId, payVisible(who), query) }),
  }),
  route({
    ...reading,
    path: '/figures/records',
    summary: 'The records behind a part of the figures',
    query: figureRecordsQuery,
    answers: { 200: recordsAnswer },
    handle: async ({ database, who, query }) => ({ body: await listFigureRecords(database, who, query) }),
  }),
  route({
    ...reading,
    path: '/figures/trend',
    summary: 'Figures month by month, changes of the agreement marked',
    query: trendQuery,
    answers: { 200: trendAnswer },
    handle: async ({ database, who, query }) => ({ body: await answerTrend(database, who.workspaceId, payVisible(who), query) }),
  }),
  route({
    ...reading,
    path: '/figures/waterfall',
    summary: 'From spend to contribution, in steps that close',
    query: waterfallQuery,
    answers: { 200: waterfallAnswer },
    handle: async ({ database, who, query }) => ({ body: await answerWaterfall(database, who.workspaceId, payVisible(who), query) }),
  }),
  route({
    ...reading,
    path: '/figures/settings',
    summary: 'What figures rest on beside the records',
    answers: { 200: figureSettings },
    handle: async ({ transact, who }) => ({ body: await transact((tx) => readFigureSettings(tx, who.workspaceId)) }),
  }),
  route({
    method: 'PUT',
    path: '/figures/settings',
    summary: 'Set the gross margin and how revenue is read',
    tag: 'returns',
    access: maySetFigures,
    body: figureSettingsChange,
    answers: { 200: figureSettings },
    handle: async ({ transact, who, body }) => ({ body: await transact((tx) => setFigures(tx, who, body)) }),
  }),
  route({
    ...reading,
    path: '/retention',
    summary: 'NRR, GRR, logo retention and the bridge behind them, by group',
    query: retentionQuery,
    answers: { 200: retentionAnswer },
    handle: async ({ database, who, query }) => ({ body: await answerRetention(database, who.workspaceId, query) }),
  }),
  route({
    ...reading,
    path: '/retention/records',
    summary: 'The accounts behind a step of the bridge',
    query: retentionRecordsQuery,
    answers: { 200: recordsAnswer },
    handle: async ({ database, who, query }) => ({ body: await listRetentionRecords(database, who.workspaceId, query) }),
  }),
  route({
    ...reading,
    path: '/cohorts',
    summary: 'The retention triangle',
    query: cohortsQuery,
    answers: { 200: cohortsAnswer },
    handle: async ({ database, who, query }) => ({ body: await answerCohorts(database, who.workspaceId, query) }),
  }),
  route({
    ...reading,
    path: '/cohorts/records',
    summary: 'The accounts behind a cell of the triangle',
    query: cohortRecordsQuery,
    answers: { 200: recordsAnswer },
    handle: async ({ database, who, query }) => ({ body: await listCohortRecords(database, who.workspaceId, query) }),
  }),
  route({
    ...reading,
    path: '/returns/changes',
    summary: 'What changed between two periods: volume, mix, rate, price',
    query: changesQuery,
    answers: { 200: changesAnswer },
    handle: async ({ database, who, query }) => ({ body: await answerChanges(database, who.workspaceId, query) }),
  }),
  route({
    ...reading,
    path: '/returns/where-next',
    summary: 'Where the next amount would bring most, with its range',
    query: whereNextQuery,
    answers: { 200: whereNextAnswer },
    handle: async ({ database, who, query }) => ({ body: await answerWhereNext(database, who.workspaceId, payVisible(who), query) }),
  }),
  route({
    ...reading,
    path: '/returns/overview',
    summary: 'The leader’s page in one answer',
    query: overviewQuery,
    answers: { 200: overviewAnswer },
    handle: async ({ database, who, query }) => ({ body: await answerOverview(database, who, query) }),
  }),
];
