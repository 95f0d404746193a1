import type { Sealing } from '#platform/auth/sealing.ts';
import { type Route, route } from '#platform/http/route.ts';
import { openDiagnosis, writeSheet } from '../actions/diagnose.ts';
import { diagnosis, madeDiagnosis, newDiagnosis, newSheet } from '../contract/diagnosis.ts';
import { mayDiagnose, mayReadRollout } from '../policy.ts';
import { answerDiagnosis } from '../queries/diagnosis.ts';

const tag = 'rollout';

export const diagnosisRoutesOf = (sealing: Sealing): readonly Route[] => [
  route({
    method: 'GET',
    path: '/rollout/diagnosis',
    summary: 'What both sides and leadership say, side by side, where they disagree most first',
    tag,
    access: mayReadRollout,
    answers: { 200: diagnosis },
    handle: async ({ who, transact }) => ({ body: await transact((tx) => answerDiagnosis(tx, who, sealing)) }),
  }),
  route({
    method: 'POST',
    path: '/rollout/diagnosis',
    summary: 'Ask everybody the ten sentences of the diagnosis until a day; nothing that is kept says who answered what',
    tag,
    access: mayDiagnose,
    body: newDiagnosis,
    answers: { 201: madeDiagnosis },
    handle: async ({ who, body, transact }) => ({ status: 201, body: await transact((tx) => openDiagnosis(tx, who, body)) }),
  }),
  route({
    method: 'POST',
    path: '/rollout/diagnosis/sheets',
    summary: 'What a side says as one, openly and by name',
    tag,
    access: mayDiagnose,
    body: newSheet,
    answers: { 201: diagnosis },
    handle: async ({ who, body, transact }) => ({
      status: 201,
      body: await transact(async (tx) => {
        await writeSheet(tx, who, body);
        return answerDiagnosis(tx, who, sealing);
      }),
    }),
  }),
];
