import { z } from 'zod';
import { route, type Route } from '#platform/http/route.ts';
import { recordTouch, voidTouch } from '../actions/record-touch.ts';
import { idParams, idSchema, setsSchema } from '../contract/schemas.ts';
import { Problem } from '#platform/errors.ts';
import { mayWriteRecords, whyMayNotLog } from '../policy.ts';

export const touchRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/touches',
    summary: 'Record a touch: a call, mail, meeting or any other interaction that happened',
    tag: 'touches',
    access: mayWriteRecords,
    body: setsSchema,
    answers: { 201: z.object({ id: idSchema }) },
    handle: async ({ who, body, transact }) => {
      const whyNot = whyMayNotLog(who, body);
      if (whyNot) throw new Problem('bad-input', whyNot, { fields: [{ at: 'memberId', reason: whyNot }] });
      return { status: 201, body: await transact((tx) => recordTouch(tx, who.workspaceId, body, who.memberId)) };
    },
  }),
  route({
    method: 'POST',
    path: '/touches/:id/voiding',
    summary: 'Take a touch out of account; it stays on record with who did it and why',
    tag: 'touches',
    access: mayWriteRecords,
    params: idParams,
    body: z.strictObject({ reason: z.string().trim().min(1, 'Say why.').max(2_000) }),
    answers: { 204: z.undefined() },
    handle: async ({ who, params, body, transact }) => {
      await transact((tx) => voidTouch(tx, who.workspaceId, { id: params.id, memberId: who.memberId, reason: body.reason }));
    },
  }),
];
