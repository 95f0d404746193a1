import { type Route, route } from '#platform/http/route.ts';
import { endPilot, planPilot } from '../actions/pilots.ts';
import { byId } from '../contract/pieces.ts';
import {
  beforeAfter,
  beforeAfterAsk,
  madePilot,
  newPilot,
  pilotChoices,
  pilotEnd,
  pilotRecords,
  pilotRecordsAsk,
  pilots,
} from '../contract/pilots.ts';
import { mayPlanRollout, mayReadRollout } from '../policy.ts';
import { answerBeforeAfter } from '../queries/before-after.ts';
import { listPilotRecords } from '../queries/pilot-records.ts';
import { getPilot, listPilots, readChoices } from '../queries/pilots.ts';

const tag = 'rollout';
const reading = { method: 'GET', tag, access: mayReadRollout } as const;

export const pilotRoutes: readonly Route[] = [
  route({
    ...reading,
    path: '/rollout/pilots',
    summary: 'Pilots, the newest first',
    answers: { 200: pilots },
    handle: async ({ who, transact }) => ({ body: await transact((tx) => listPilots(tx, who)) }),
  }),
  route({
    ...reading,
    path: '/rollout/pilots/choices',
    summary: 'What groups can be made of, with the leads each was passed lately',
    answers: { 200: pilotChoices },
    handle: async ({ who, transact }) => ({ body: await transact((tx) => readChoices(tx, who.workspaceId)) }),
  }),
  route({
    method: 'POST',
    path: '/rollout/pilots',
    summary: 'Plan a pilot: its group, its comparison group, its measure and its start, settled for good',
    tag,
    access: mayPlanRollout,
    body: newPilot,
    answers: { 201: madePilot },
    handle: async ({ who, body, transact }) => ({ status: 201, body: { id: await transact((tx) => planPilot(tx, who, body)) } }),
  }),
  route({
    method: 'POST',
    path: '/rollout/pilots/:id/end',
    summary: 'End a pilot from today on, or withdraw one that has not begun',
    tag,
    access: mayPlanRollout,
    params: byId,
    body: pilotEnd,
    answers: { 200: pilots },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await endPilot(tx, who, params.id, body.because);
        return listPilots(tx, who);
      }),
    }),
  }),
  route({
    ...reading,
    path: '/rollout/pilots/:id/before-after',
    summary: 'Before and after against the comparison group, with how sure one can be',
    params: byId,
    query: beforeAfterAsk,
    answers: { 200: beforeAfter },
    handle: async ({ who, params, query, transact }) => ({
      body: await transact(async (tx) => {
        const pilot = await getPilot(tx, who.workspaceId, params.id);
        return answerBeforeAfter(tx, who.workspaceId, pilot, query.measure ?? pilot.measure);
      }),
    }),
  }),
  route({
    ...reading,
    path: '/rollout/pilots/:id/records',
    summary: 'The leads behind a week of a group',
    params: byId,
    query: pilotRecordsAsk,
    answers: { 200: pilotRecords },
    handle: async ({ who, params, query, transact }) => ({
      body: await transact((tx) => listPilotRecords(tx, who.workspaceId, params.id, query)),
    }),
  }),
];
