import type { Sealing } from '#platform/auth/sealing.ts';
import type { Database } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Door, DoorAnswer, Visit } from '#platform/http/door.ts';
import { rateLimit } from '#platform/http/rate.ts';
import type { Committing } from '../actions/commit-arrivals.ts';
import { checkSignature, isSecret } from '../actions/hook-proof.ts';
import { readBody, receiveDelivery } from '../actions/receive-delivery.ts';
import { onlyCounted, refusedCount } from '../actions/receive-events.ts';
import type { Refusal } from '../contract/arrivals.ts';
import { findOpenHook, type OpenHook } from '../queries/open-hook.ts';

export interface HooksGround {
  readonly database: Database;
  readonly committing: Committing;
  readonly sealing: Sealing;
  readonly now: () => number;
}

/** Of one hook: two hundred a second, and a backlog that a sender catches up with. */
const hookRate = { perMinute: 12_000, burst: 2_000 };
/** Headers by which senders name a delivery; the first is ours, `webhook-id` that of Standard Webhooks. */
const deliveryHeaders = ['accord-delivery', 'webhook-id', 'x-delivery-id'];

/** `POST /t/h/:key`: what another system's form sends. */
export function hooksDoor(ground: HooksGround): Door {
  const withinRate = rateLimit(hookRate);
  return {
    methods: ['POST'],
    path: '/t/h/:key',
    summary: 'Inbound webhook',
    bodyLimit: 262_144,
    handle: async (visit) => {
      const hook = await findOpenHook(ground.database, visit.params['key'] ?? '');
      if (!hook) throw new Problem('not-found', 'There is no hook at this address.');
      if (!withinRate(hook.id)) throw refused(ground, hook, 'rate');
      const wrong = checkProof(ground, hook, visit);
      if (wrong) throw refused(ground, hook, wrong);
      const body = readBody(visit.body.toString('utf8'), visit.header('content-type') ?? '');
      if (body === undefined) throw refused(ground, hook, 'body');
      const deliveryId = deliveryHeaders.map((name) => visit.header(name)).find((id) => id !== undefined && id !== '' && id.length <= 200);
      return answer(await ground.database.inWorkspace(hook.workspaceId, (tx) => receiveDelivery(tx, hook, body, deliveryId)));
    },
  };
}

function checkProof({ sealing, now }: HooksGround, hook: OpenHook, visit: Visit): Refusal | null {
  const secret = sealing.open(hook.secret, `hook ${hook.id}`);
  if (hook.proof === 'signature') return checkSignature(secret, visit.body, visit.header('accord-signature'), now() / 1_000);
  return isSecret(secret, visit.header('accord-secret') ?? visit.query.get('secret')) ? null : 'signature';
}

function refused({ committing }: HooksGround, hook: OpenHook, reason: Refusal): Problem {
  committing.commit(hook.workspaceId, onlyCounted([refusedCount(hook.id, reason)])).catch(() => {});
  if (reason === 'rate')
    return new Problem('too-many', 'More than this hook takes. Send it again in a moment.', { extra: { retryAfter: 5 } });
  if (reason === 'body') return new Problem('bad-input', 'The body is no JSON object or list, and no form.');
  return new Problem(
    'unauthenticated',
    reason === 'time' ? 'Signed more than five minutes away from now.' : 'The signature or secret is wrong or missing.',
  );
}

const answer = ({ id, repeated }: { id: string | null; repeated: boolean }): DoorAnswer => ({
  status: repeated ? 200 : 202,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify({ id, repeated, kept: id === null ? 'as the sample only: the hook is not active yet' : 'as a submission' }),
});
