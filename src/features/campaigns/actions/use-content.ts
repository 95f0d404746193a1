import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { currentVersion } from '#engine/campaigns/asset-standing.ts';
import { throughGate } from '#features/people/queries/gate.ts';
import { hashToken } from '#platform/auth/tokens.ts';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { NewUse } from '../contract/content-uses.ts';
import { whyMayNotRevoke } from '../policy/library.ts';
import { takeAsset } from './take-asset.ts';

/**
 * Content for a lead or a deal: a tracked link to send, or shown in a call or meeting. It is the version that counts today.
 * @returns the link's token, which is nowhere else; null where it was shown
 */
export async function useContent(tx: Tx, who: Who, assetId: string, given: NewUse): Promise<{ id: string; token: string | null }> {
  const asset = await takeAsset(tx, who, 'use', assetId);
  const version = currentVersion(asset.versions, asset.today);
  if (!version) throw new Problem('conflict', 'No version has been added.');
  const subject = await subjectOf(tx, who, given);
  const id = newId();
  const token = given.way === 'link' ? randomBytes(20).toString('base64url') : null;
  const hash = token === null ? null : hashToken(token);
  await sql`INSERT INTO content_uses (workspace_id, id, asset_id, version_id, member_id, way, lead_id, deal_id, note, token_hash, used_at)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${assetId}::uuid, ${version.id}::uuid, ${who.memberId}::uuid, ${given.way}, ${subject.leadId}::uuid,
      ${subject.dealId}::uuid, ${given.note}, ${hash}, clock_timestamp())`.execute(tx);
  if (hash !== null)
    await throughGate(tx, () =>
      sql`INSERT INTO gate_tokens (token_hash, purpose, workspace_id, record_id) VALUES (${hash}, 'link', ${who.workspaceId}, ${id})`.execute(
        tx,
      ),
    );
  const body = { assetId, versionId: version.id, number: version.number, way: given.way, ...subject, note: given.note };
  await recordFact(tx, who.workspaceId, {
    kind: 'contentUse.made',
    subjectKind: 'contentUse',
    subjectId: id,
    memberId: who.memberId,
    body,
  });
  return { id, token };
}

/** A deal's use counts for its lead as well. */
async function subjectOf(tx: Tx, who: Who, { leadId, dealId }: NewUse): Promise<{ leadId: string | null; dealId: string | null }> {
  const at = dealId === undefined ? 'leadId' : 'dealId';
  const query =
    dealId === undefined
      ? sql<{
          leadId: string | null;
          dealId: string | null;
        }>`SELECT id AS "leadId", NULL::uuid AS "dealId" FROM leads WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${leadId}::uuid`
      : sql<{
          leadId: string | null;
          dealId: string | null;
        }>`SELECT lead_id AS "leadId", id AS "dealId" FROM deals WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${dealId}::uuid`;
  const found = (await query.execute(tx)).rows[0];
  if (found) return found;
  throw new Problem('bad-input', `${at}: there is no such record here.`, { fields: [{ at, reason: 'there is no such record here' }] });
}

/** Closes a link: from now on it leads nowhere, as if it had never been. What was opened stays on record. */
export async function revokeLink(tx: Tx, who: Who, useId: string): Promise<void> {
  const { rows } = await sql<{
    memberId: string;
    way: string;
    revokedAt: string | null;
  }>`SELECT member_id AS "memberId", way, revoked_at AS "revokedAt"
    FROM content_uses WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${useId}::uuid FOR NO KEY UPDATE`.execute(tx);
  const use = rows[0];
  if (!use) throw notFound('use of content');
  if (use.revokedAt !== null) return;
  const whyNot = whyMayNotRevoke(who, use);
  if (whyNot) throw new Problem(use.way === 'link' ? 'forbidden' : 'conflict', whyNot);
  await sql`UPDATE content_uses SET revoked_at = clock_timestamp() WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${useId}::uuid`.execute(
    tx,
  );
  await throughGate(tx, () => sql`DELETE FROM gate_tokens WHERE record_id = ${useId}`.execute(tx));
  await recordFact(tx, who.workspaceId, {
    kind: 'contentUse.revoked',
    subjectKind: 'contentUse',
    subjectId: useId,
    memberId: who.memberId,
  });
}
