import { type Route, route } from '#platform/http/route.ts';
import { byId } from '../contract/pieces.ts';
import {
  leadPage,
  liftAnswer,
  liftRecordsAsk,
  participationAnswer,
  participationAsk,
  participationOverview,
  participationRecordsAsk,
} from '../contract/participation.ts';
import { evidencePage } from '../contract/roles.ts';
import { mayReadCampaigns } from '../policy/plans.ts';
import { answerLift, answerLiftOverall } from '../queries/lift.ts';
import { listLiftRecords } from '../queries/lift-records.ts';
import { answerOverview, answerParticipation, listParticipationRecords } from '../queries/participation.ts';

const tag = 'campaigns';

export const participationRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/campaigns/participation',
    summary: 'Who of sales took part in the campaigns of a period, as sums',
    tag,
    access: mayReadCampaigns,
    query: participationAsk,
    answers: { 200: participationOverview },
    handle: async ({ who, query, database }) => ({ body: await answerOverview(database, who, query) }),
  }),
  route({
    method: 'GET',
    path: '/campaigns/lift',
    summary: 'What taking part changed, over all campaigns of a period',
    tag,
    access: mayReadCampaigns,
    query: participationAsk,
    answers: { 200: liftAnswer },
    handle: async ({ who, query, database }) => ({ body: await answerLiftOverall(database, who, query) }),
  }),
  route({
    method: 'GET',
    path: '/campaigns/:id/participation',
    summary: 'Who took part in a campaign: sums, and the persons one may see',
    tag,
    access: mayReadCampaigns,
    params: byId,
    answers: { 200: participationAnswer },
    handle: async ({ who, params, database }) => ({ body: await answerParticipation(database, who, params.id) }),
  }),
  route({
    method: 'GET',
    path: '/campaigns/:id/participation/records',
    summary: 'The touches by which somebody took part in a campaign, newest first',
    tag,
    access: mayReadCampaigns,
    params: byId,
    query: participationRecordsAsk,
    answers: { 200: evidencePage },
    handle: async ({ who, params, query, transact }) => ({
      body: await transact((tx) => listParticipationRecords(tx, who, params.id, query)),
    }),
  }),
  route({
    method: 'GET',
    path: '/campaigns/:id/lift',
    summary: 'Leads of reps who took part against comparable leads of those who did not, with the interval',
    tag,
    access: mayReadCampaigns,
    params: byId,
    answers: { 200: liftAnswer },
    handle: async ({ who, params, database }) => ({ body: await answerLift(database, who, params.id) }),
  }),
  route({
    method: 'GET',
    path: '/campaigns/:id/lift/records',
    summary: 'The leads behind a number of lift',
    tag,
    access: mayReadCampaigns,
    params: byId,
    query: liftRecordsAsk,
    answers: { 200: leadPage },
    handle: async ({ who, params, query, database }) => ({ body: await listLiftRecords(database, who, params.id, query) }),
  }),
];
