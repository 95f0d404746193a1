import { type Route, route, type Who } from '#platform/http/route.ts';
import type { Database } from '#platform/db/database.ts';
import { setAttribution } from '../actions/attribution-settings.ts';
import { askEstimate } from '../actions/estimate.ts';
import {
  type AttributionAsk,
  attributionAnswer,
  attributionAsk,
  attributionSetting,
  attributionSettings,
  newAttributionSetting,
} from '../contract/attribution.ts';
import { channelGroupsAnswer, groupsTrial, groupsTrialBody, groupTouches, groupTouchesAsk } from '../contract/channel-groups.ts';
import { creditsAnswer, creditsAsk, journeyAnswer, journeyParams, journeysAnswer, journeysAsk } from '../contract/credits.ts';
import { pathsAnswer, pathsAsk } from '../contract/paths.ts';
import { mayReadReturns, maySetAttribution } from '../policy.ts';
import { answerAttribution } from '../queries/attribution.ts';
import { getAttributionSettings } from '../queries/attribution-settings.ts';
import { answerChannelGroups, tryChannelRules } from '../queries/channel-groups.ts';
import { listCredits } from '../queries/credits.ts';
import { journeysStamp } from '../queries/estimates.ts';
import { listGroupTouches } from '../queries/group-touches.ts';
import { getJourney } from '../queries/journey.ts';
import { listJourneysOf } from '../queries/journeys-of-record.ts';
import { answerPaths } from '../queries/paths.ts';

/** Data-driven models are asked while somebody looks at them, and answer some moments later. */
const attribution = (database: Database, { workspaceId }: Who, asked: AttributionAsk) =>
  answerAttribution(database, workspaceId, asked, async (tx, setting) => {
    const stamp = await journeysStamp(tx, workspaceId, setting);
    const question = { start: asked.start ?? null, end: asked.end ?? null };
    const estimate = await askEstimate(tx, workspaceId, { setting, question, stamp });
    return { ...estimate, isStale: estimate.stamp !== stamp };
  });

export const attributionRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/attribution',
    summary: 'What each channel, campaign, content, member, segment or month is credited, by every model side by side',
    tag: 'attribution',
    access: mayReadReturns,
    query: attributionAsk,
    answers: { 200: attributionAnswer },
    handle: async ({ database, who, query }) => ({ body: await attribution(database, who, query) }),
  }),
  route({
    method: 'GET',
    path: '/attribution/credits',
    summary: 'The conversions and touches behind a credited amount',
    tag: 'attribution',
    access: mayReadReturns,
    query: creditsAsk,
    answers: { 200: creditsAnswer },
    handle: async ({ database, who, query }) => ({ body: await listCredits(database, who.workspaceId, query) }),
  }),
  route({
    method: 'GET',
    path: '/attribution/journeys',
    summary: 'The journeys a record is part of',
    tag: 'attribution',
    access: mayReadReturns,
    query: journeysAsk,
    answers: { 200: journeysAnswer },
    handle: async ({ transact, who, query }) => ({ body: await transact((tx) => listJourneysOf(tx, who.workspaceId, query)) }),
  }),
  route({
    method: 'GET',
    path: '/attribution/journeys/:unitId/:place',
    summary: 'One journey, touch by touch, with what each earns by every model',
    tag: 'attribution',
    access: mayReadReturns,
    params: journeyParams,
    answers: { 200: journeyAnswer },
    handle: async ({ transact, who, params }) => ({ body: await transact((tx) => getJourney(tx, who.workspaceId, params)) }),
  }),
  route({
    method: 'GET',
    path: '/attribution/paths',
    summary: 'Which ways lead to conversion: steps, links, the most frequent paths',
    tag: 'attribution',
    access: mayReadReturns,
    query: pathsAsk,
    answers: { 200: pathsAnswer },
    handle: async ({ database, who, query }) => ({ body: await answerPaths(database, who.workspaceId, query) }),
  }),
  route({
    method: 'GET',
    path: '/attribution/settings',
    summary: 'How journeys are read and credited, now and before',
    tag: 'attribution',
    access: mayReadReturns,
    answers: { 200: attributionSettings },
    handle: async ({ transact, who }) => ({
      body: await transact((tx) => getAttributionSettings(tx, who.workspaceId, maySetAttribution.may(who))),
    }),
  }),
  route({
    method: 'POST',
    path: '/attribution/settings',
    summary: 'Read and credit journeys in another way, from when they are built anew',
    tag: 'attribution',
    access: maySetAttribution,
    body: newAttributionSetting,
    answers: { 201: attributionSetting },
    handle: async ({ transact, who, body }) => ({ status: 201, body: await transact((tx) => setAttribution(tx, who, body)) }),
  }),
  route({
    method: 'GET',
    path: '/attribution/groups',
    summary: 'Channel groups: which rule decides for how many touches, and what fell through',
    tag: 'attribution',
    access: mayReadReturns,
    answers: { 200: channelGroupsAnswer },
    handle: async ({ database, who }) => ({ body: await answerChannelGroups(database, who.workspaceId) }),
  }),
  route({
    method: 'GET',
    path: '/attribution/groups/touches',
    summary: 'The touches behind a count of channel groups',
    tag: 'attribution',
    access: mayReadReturns,
    query: groupTouchesAsk,
    answers: { 200: groupTouches },
    handle: async ({ database, who, query }) => ({ body: await listGroupTouches(database, who.workspaceId, query) }),
  }),
  route({
    method: 'POST',
    path: '/attribution/groups/trial',
    summary: 'What other channel rules would change, before they are set',
    tag: 'attribution',
    access: mayReadReturns,
    body: groupsTrialBody,
    answers: { 200: groupsTrial },
    handle: async ({ database, who, body }) => ({ body: await tryChannelRules(database, who.workspaceId, body.ownRules) }),
  }),
];
