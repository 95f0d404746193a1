import { sql } from 'kysely';
import type { z } from 'zod';
import { customTypes } from '#features/records/queries/scope.ts';
import type { Sealing } from '#platform/auth/sealing.ts';
import { newToken } from '#platform/auth/tokens.ts';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { HookMapping, hookChange, newHook } from '../contract/hooks.ts';
import { whyNotActive } from '../queries/hooks.ts';
import { openDoor } from './public-key.ts';

/** @returns its key and secret; the secret can't be read again */
export async function makeHook(
  tx: Tx,
  who: Who,
  sealing: Sealing,
  given: z.output<typeof newHook>,
): Promise<{ id: string; key: string; secret: string }> {
  await checkCampaign(tx, who, given.campaignId);
  const id = newId();
  const key = await openDoor(tx, who.workspaceId, 'hook', id);
  const secret = newToken();
  await sql`INSERT INTO tracking_hooks (workspace_id, id, name, key, proof, secret, campaign_id, origin, made_by)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${given.name}, ${key}, ${given.proof}, ${sealing.seal(secret, `hook ${id}`)}, ${given.campaignId}::uuid, ${given.origin},
      ${who.memberId}::uuid)`.execute(tx);
  await recordHook(tx, who, id, 'trackingHook.made', given);
  return { id, key, secret };
}

export async function changeHook(tx: Tx, who: Who, id: string, given: z.output<typeof hookChange>): Promise<void> {
  const { rows } = await sql<{ mapping: HookMapping; active: boolean; campaignId: string | null; origin: string | null }>`
    SELECT mapping, active, campaign_id AS "campaignId", origin FROM tracking_hooks WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid FOR UPDATE`.execute(
    tx,
  );
  const hook = rows[0];
  if (!hook) throw notFound('hook');
  const { mapping = hook.mapping, active = hook.active, campaignId = hook.campaignId, origin = hook.origin } = given;
  await checkMapping(tx, who, mapping, active);
  await checkCampaign(tx, who, campaignId);
  await sql`UPDATE tracking_hooks SET name = coalesce(${given.name ?? null}, name), proof = coalesce(${given.proof ?? null}, proof), mapping = ${JSON.stringify(mapping)}::jsonb,
      active = ${active}, campaign_id = ${campaignId}::uuid, origin = ${origin},
      archived_at = CASE ${given.archived ?? null}::boolean WHEN true THEN coalesce(archived_at, now()) WHEN false THEN NULL ELSE archived_at END
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await recordHook(tx, who, id, 'trackingHook.changed', given);
}

/** @returns the new secret; the one before holds no longer */
export async function renewHookSecret(tx: Tx, who: Who, sealing: Sealing, id: string): Promise<{ secret: string }> {
  const secret = newToken();
  const { rows } =
    await sql`UPDATE tracking_hooks SET secret = ${sealing.seal(secret, `hook ${id}`)} WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid RETURNING 1`.execute(
      tx,
    );
  if (rows.length === 0) throw notFound('hook');
  await recordHook(tx, who, id, 'trackingHook.secretRenewed', {});
  return { secret };
}

async function checkMapping(tx: Tx, who: Who, mapping: HookMapping, active: boolean): Promise<void> {
  const custom = await customTypes(tx, who.workspaceId, 'lead');
  const unknown = mapping.findIndex(({ field }) => field.startsWith('custom.') && !custom.has(field.slice('custom.'.length)));
  if (unknown >= 0)
    throw new Problem('bad-input', 'mapping: there is no such own field of leads; define it first.', {
      fields: [{ at: `mapping.${unknown}.field`, reason: 'is no own field of leads' }],
    });
  const why = active ? whyNotActive(mapping) : null;
  if (why) throw new Problem('bad-input', why, { fields: [{ at: 'active', reason: why }] });
}

async function checkCampaign(tx: Tx, who: Who, campaignId: string | null): Promise<void> {
  if (campaignId === null) return;
  const { rows } = await sql`SELECT FROM campaigns WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${campaignId}::uuid`.execute(tx);
  if (rows.length === 0) throw notFound('campaign');
}

const recordHook = (tx: Tx, who: Who, id: string, kind: string, body: Record<string, unknown>): Promise<string> =>
  recordFact(tx, who.workspaceId, { kind, subjectKind: 'trackingHook', subjectId: id, memberId: who.memberId, body });
