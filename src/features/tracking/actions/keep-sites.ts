import { sql } from 'kysely';
import type { z } from 'zod';
import type { Sealing } from '#platform/auth/sealing.ts';
import { newToken } from '#platform/auth/tokens.ts';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { newSite, siteChange } from '../contract/sites.ts';
import { openDoor } from './public-key.ts';

export async function makeSite(tx: Tx, who: Who, given: z.output<typeof newSite>): Promise<{ id: string }> {
  const id = newId();
  const key = await openDoor(tx, who.workspaceId, 'site', id);
  await sql`INSERT INTO tracking_sites (workspace_id, id, name, domains, key, consent, made_by)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${given.name}, ${given.domains}::text[], ${key}, ${given.consent}, ${who.memberId}::uuid)`.execute(
    tx,
  );
  await recordSite(tx, who, id, 'trackingSite.made', given);
  return { id };
}

/** An archived site's door stays shut until it is taken back. */
export async function changeSite(tx: Tx, who: Who, id: string, given: z.output<typeof siteChange>): Promise<void> {
  const { rows } =
    await sql`UPDATE tracking_sites SET name = coalesce(${given.name ?? null}, name), domains = coalesce(${given.domains ?? null}::text[], domains),
      consent = coalesce(${given.consent ?? null}, consent),
      archived_at = CASE ${given.archived ?? null}::boolean WHEN true THEN coalesce(archived_at, now()) WHEN false THEN NULL ELSE archived_at END
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid RETURNING 1`.execute(tx);
  if (rows.length === 0) throw notFound('site');
  await recordSite(tx, who, id, 'trackingSite.changed', given);
}

/**
 * A new secret by which the site's own server signs who is signed in; the one before holds no longer.
 * @returns the secret, which can't be read again
 */
export async function renewIdentitySecret(tx: Tx, who: Who, sealing: Sealing, id: string): Promise<{ secret: string }> {
  const secret = newToken();
  const { rows } = await sql`UPDATE tracking_sites SET identity_secret = ${sealing.seal(secret, `site ${id}`)}
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid RETURNING 1`.execute(tx);
  if (rows.length === 0) throw notFound('site');
  await recordSite(tx, who, id, 'trackingSite.secretRenewed', {});
  return { secret };
}

const recordSite = (tx: Tx, who: Who, id: string, kind: string, body: Record<string, unknown>): Promise<string> =>
  recordFact(tx, who.workspaceId, { kind, subjectKind: 'trackingSite', subjectId: id, memberId: who.memberId, body });
