import { type Route, route } from '#platform/http/route.ts';
import { changeForm, makeForm } from '../actions/keep-forms.ts';
import * as contract from '../contract/forms.ts';
import { byId } from '../contract/pieces.ts';
import { mayKeepTracking, mayReadTracking } from '../policy.ts';
import { getForm, listForms, listFormVersions } from '../queries/forms.ts';
import { tryForm } from '../queries/trial.ts';

export const formRoutes = ({ publicUrl }: { publicUrl: string }): Route[] => [
  route({
    method: 'GET',
    path: '/tracking/forms',
    summary: 'Hosted forms, with what each asks',
    tag: 'tracking',
    access: mayReadTracking,
    answers: { 200: contract.formList },
    handle: async ({ who, transact }) => ({ body: { items: await transact((tx) => listForms(tx, who.workspaceId, publicUrl)) } }),
  }),
  route({
    method: 'POST',
    path: '/tracking/forms',
    summary: 'Make a form',
    tag: 'tracking',
    access: mayKeepTracking,
    body: contract.newForm,
    answers: { 201: contract.form },
    handle: async ({ who, body, transact }) => ({
      status: 201,
      body: await transact(async (tx) => getForm(tx, who.workspaceId, publicUrl, (await makeForm(tx, who, body)).id)),
    }),
  }),
  route({
    method: 'GET',
    path: '/tracking/forms/:id',
    summary: 'A form',
    tag: 'tracking',
    access: mayReadTracking,
    params: byId,
    answers: { 200: contract.form },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => getForm(tx, who.workspaceId, publicUrl, params.id)) }),
  }),
  route({
    method: 'PATCH',
    path: '/tracking/forms/:id',
    summary: 'Change a form: another content is another version',
    tag: 'tracking',
    access: mayKeepTracking,
    params: byId,
    body: contract.formChange,
    answers: { 200: contract.form },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await changeForm(tx, who, params.id, body);
        return getForm(tx, who.workspaceId, publicUrl, params.id);
      }),
    }),
  }),
  route({
    method: 'GET',
    path: '/tracking/forms/:id/versions',
    summary: 'What a form asked, version by version, newest first',
    tag: 'tracking',
    access: mayReadTracking,
    params: byId,
    answers: { 200: contract.formVersions },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => listFormVersions(tx, who.workspaceId, params.id)) }),
  }),
  route({
    method: 'POST',
    path: '/tracking/forms/:id/trial',
    summary: 'What would become of these values; nothing is stored',
    tag: 'tracking',
    access: mayReadTracking,
    params: byId,
    body: contract.trialValues,
    answers: { 200: contract.trial },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact((tx) => tryForm(tx, who.workspaceId, publicUrl, params.id, body.values)),
    }),
  }),
];
