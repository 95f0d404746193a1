import type { Sealing } from '#platform/auth/sealing.ts';
import { route, type Route } from '#platform/http/route.ts';
import { answerPulse } from '../actions/answer-pulse.ts';
import { openPulse } from '../actions/open-pulse.ts';
import { byId } from '../contract/pieces.ts';
import {
  answerTaken,
  madePulse,
  newAnswer,
  newPulse,
  pulse,
  pulseResults,
  pulses,
  pulsesAsk,
  pulseTrend,
  resultsAsk,
} from '../contract/pulse.ts';
import { mayAnswerPulses, mayOpenPulses, mayReadPulses } from '../policy.ts';
import { readPulseResults, readPulseTrend } from '../queries/pulse-results.ts';
import { getPulse, listPulses } from '../queries/pulses.ts';

const tag = 'pulses';

export const pulseRoutesOf = (sealing: Sealing): readonly Route[] => [
  route({
    method: 'GET',
    path: '/pulses',
    summary: 'Pulses, the newest first',
    tag,
    access: mayReadPulses,
    query: pulsesAsk,
    answers: { 200: pulses },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listPulses(tx, who, sealing, query)) }),
  }),
  route({
    method: 'POST',
    path: '/pulses',
    summary: 'Ask everybody a few questions until a day',
    tag,
    access: mayOpenPulses,
    body: newPulse,
    answers: { 201: madePulse },
    handle: async ({ who, body, transact }) => ({ status: 201, body: { id: await transact((tx) => openPulse(tx, who, body)) } }),
  }),
  route({
    method: 'GET',
    path: '/pulses/trend',
    summary: 'The last twelve closed pulses, everybody and by side',
    tag,
    access: mayReadPulses,
    answers: { 200: pulseTrend },
    handle: async ({ who, transact }) => ({ body: await transact((tx) => readPulseTrend(tx, who.workspaceId)) }),
  }),
  route({
    method: 'GET',
    path: '/pulses/:id',
    summary: 'One pulse, and whether the asker has answered it',
    tag,
    access: mayReadPulses,
    params: byId,
    answers: { 200: pulse },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => getPulse(tx, who, sealing, params.id)) }),
  }),
  route({
    method: 'POST',
    path: '/pulses/:id/answers',
    summary: 'Answer a pulse, once; nothing that is kept says who',
    tag,
    access: mayAnswerPulses,
    params: byId,
    body: newAnswer,
    answers: { 200: answerTaken },
    leavesNoTrace: () => true,
    handle: async ({ who, params, body, transact }) => ({
      body: { counted: await transact((tx) => answerPulse(tx, who, sealing, params.id, body)) },
    }),
  }),
  route({
    method: 'GET',
    path: '/pulses/:id/results',
    summary: 'What a closed pulse tells of a group, if it is large enough',
    tag,
    access: mayReadPulses,
    params: byId,
    query: resultsAsk,
    answers: { 200: pulseResults },
    handle: async ({ who, params, query, transact }) => ({
      body: await transact((tx) => readPulseResults(tx, who.workspaceId, params.id, query)),
    }),
  }),
];
