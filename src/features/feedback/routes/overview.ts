import { z } from 'zod';
import { route, type Route } from '#platform/http/route.ts';
import { linkFeedback } from '../actions/link.ts';
import { setFeedback } from '../actions/set-settings.ts';
import { feedbackSettings, feedbackSettingsChange, health, healthAsk, newLink, themes, themesAsk } from '../contract/overview.ts';
import { mayGroupFeedback, mayReadFeedback, maySetFeedback } from '../policy.ts';
import { readHealth } from '../queries/health.ts';
import { getSettings } from '../queries/settings.ts';
import { listThemes } from '../queries/themes.ts';

const tag = 'feedback';

export const overviewRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/feedback/themes',
    summary: 'What recurs in criticism',
    tag,
    access: mayReadFeedback,
    query: themesAsk,
    answers: { 200: themes },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listThemes(tx, who, query.toSide)) }),
  }),
  route({
    method: 'POST',
    path: '/feedback/links',
    summary: 'Say of two pieces of feedback that they belong together, or that they don’t',
    tag,
    access: mayGroupFeedback,
    body: newLink,
    answers: { 204: z.undefined() },
    handle: async ({ who, body, transact }) => {
      await transact((tx) => linkFeedback(tx, who, body));
    },
  }),
  route({
    method: 'GET',
    path: '/feedback/health',
    summary: 'How criticism goes between the sides: given, answered in time, settled, recurring',
    tag,
    access: mayReadFeedback,
    query: healthAsk,
    answers: { 200: health },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => readHealth(tx, who.workspaceId, query)) }),
  }),
  route({
    method: 'GET',
    path: '/feedback/settings',
    summary: 'What is agreed: days for an answer, whether feedback may be anonymous, how often a pulse opens',
    tag,
    access: mayReadFeedback,
    answers: { 200: feedbackSettings },
    handle: async ({ who, transact }) => ({ body: await transact((tx) => getSettings(tx, who)) }),
  }),
  route({
    method: 'PATCH',
    path: '/feedback/settings',
    summary: 'Agree on days for an answer, anonymity and the rhythm of pulses',
    tag,
    access: maySetFeedback,
    body: feedbackSettingsChange,
    answers: { 200: feedbackSettings },
    handle: async ({ who, body, transact }) => ({
      body: await transact(async (tx) => {
        await setFeedback(tx, who, body);
        return getSettings(tx, who);
      }),
    }),
  }),
];
