/** Somebody asks for a tracked link: who it is, what it leads to, and what is kept of it. */

import { sql } from 'kysely';
import { servedVersion } from '#engine/campaigns/asset-standing.ts';
import { isSameSitting, type LinkRequest, openerOf } from '#engine/campaigns/link-opening.ts';
import { makeTrackedLink } from '#features/tracking/actions/make-link.ts';
import { recordTouch } from '#features/records/actions/record-touch.ts';
import { hashToken } from '#platform/auth/tokens.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { announceChange, recordFact } from '#platform/facts/facts.ts';
import { groundOf } from '../queries/ground.ts';
import { type TakenVersion, versionsOfAsset } from './take-asset.ts';

export type Led =
  | { readonly to: 'link'; readonly url: string }
  | { readonly to: 'file'; readonly workspaceId: WorkspaceId; readonly assetId: string; readonly versionId: string };

/**
 * Opens a link for whoever asks. A person's opening is kept, and is a touch by the customer; further ones within half an
 * hour are counted with it. What asks without being a person is only counted.
 * @returns null where it leads nowhere: unknown, closed, or nothing valid is left
 */
export async function openLink(database: Database, token: string, request: LinkRequest): Promise<Led | null> {
  if (!/^[\w-]{27}$/.test(token)) return null;
  const hash = hashToken(token);
  const workspaceId = await workspaceOfLink(database, hash);
  return workspaceId === null ? null : database.inWorkspace(workspaceId, (tx) => openIn(tx, workspaceId, hash, request));
}

async function workspaceOfLink(database: Database, hash: Buffer): Promise<WorkspaceId | null> {
  const { rows } = await database.atGate('sign-in', (tx) =>
    sql<{ id: WorkspaceId }>`SELECT workspace_id AS id FROM gate_tokens WHERE token_hash = ${hash} AND purpose = 'link'`.execute(tx),
  );
  return rows[0]?.id ?? null;
}

interface LinkedUse {
  readonly id: string;
  readonly assetId: string;
  readonly versionId: string;
  readonly leadId: string | null;
  readonly dealId: string | null;
  readonly title: string;
  readonly campaignId: string | null;
  readonly memberId: string;
  readonly secondsOld: number;
}

async function openIn(tx: Tx, workspaceId: WorkspaceId, hash: Buffer, request: LinkRequest): Promise<Led | null> {
  // Locked: of several openings at once the first makes the touch, the others count with it.
  const { rows } =
    await sql<LinkedUse>`SELECT u.id, u.asset_id AS "assetId", u.version_id AS "versionId", u.lead_id AS "leadId", u.deal_id AS "dealId",
      a.title, a.campaign_id AS "campaignId", u.member_id AS "memberId", extract(epoch FROM clock_timestamp() - u.used_at)::float8 AS "secondsOld"
    FROM content_uses u JOIN assets a ON a.workspace_id = u.workspace_id AND a.id = u.asset_id
    WHERE u.workspace_id = ${workspaceId}::uuid AND u.token_hash = ${hash} AND u.revoked_at IS NULL FOR NO KEY UPDATE OF u`.execute(tx);
  const use = rows[0];
  if (!use) return null;
  const versions = await versionsOfAsset(tx, workspaceId, use.assetId);
  const made = versions.find(({ id }) => id === use.versionId);
  const served = made ? servedVersion(made, versions, (await groundOf(tx, workspaceId)).today) : null;
  const isNew = await keepOpening(tx, workspaceId, use, { opener: openerOf(request, use.secondsOld), served });
  const led = served && (await leadTo(tx, workspaceId, use.assetId, served.id));
  return led?.to === 'link' && isNew ? { ...led, url: await joined(tx, workspaceId, use, led.url) } : led;
}

async function leadTo(tx: Tx, workspaceId: WorkspaceId, assetId: string, versionId: string): Promise<Led> {
  const { rows } = await sql<{
    url: string | null;
  }>`SELECT url FROM asset_versions WHERE workspace_id = ${workspaceId}::uuid AND id = ${versionId}::uuid`.execute(tx);
  const url = rows[0]?.url ?? null;
  return url === null ? { to: 'file', workspaceId, assetId, versionId } : { to: 'link', url };
}

/**
 * The company's own page is told whose visit begins there, so that the tracking script can join it to the lead; of other
 * pages nobody is told anything.
 */
async function joined(tx: Tx, workspaceId: WorkspaceId, { leadId, campaignId, memberId }: LinkedUse, url: string): Promise<string> {
  if (leadId === null) return url;
  const { rows } =
    await sql`SELECT 1 FROM leads l JOIN tracking_sites s ON s.workspace_id = l.workspace_id AND s.archived_at IS NULL, unnest(s.domains) domain
    WHERE l.workspace_id = ${workspaceId}::uuid AND l.id = ${leadId}::uuid AND l.contact_id IS NOT NULL
      AND (domain = ${new URL(url).hostname} OR right(${new URL(url).hostname}::text, length(domain) + 1) = '.' || domain) LIMIT 1`.execute(
      tx,
    );
  return rows.length === 0 ? url : (await makeTrackedLink(tx, workspaceId, { leadId, campaignId, url, memberId })).url;
}

// ── what is kept ────────────────────────────────────────────────────────────

type Kind = 'person' | 'scanner' | 'inVain';

/** @returns whether a person’s sitting begins with it */
async function keepOpening(
  tx: Tx,
  workspaceId: WorkspaceId,
  use: LinkedUse,
  { opener, served }: { opener: ReturnType<typeof openerOf>; served: TakenVersion | null },
): Promise<boolean> {
  if (opener === 'nobody') return false;
  const kind: Kind = opener === 'scanner' ? 'scanner' : served ? 'person' : 'inVain';
  const sitting = await findSitting(tx, workspaceId, use.id, kind);
  if (sitting)
    await sql`UPDATE content_opens SET opens = opens + 1, last_at = clock_timestamp(), version_id = ${served?.id ?? null}::uuid
      WHERE workspace_id = ${workspaceId}::uuid AND id = ${sitting}::uuid`.execute(tx);
  else await beginSitting(tx, workspaceId, use, kind, served);
  await announceChange(tx, workspaceId, 'contentUse');
  return kind === 'person' && !sitting;
}

/** The one that is still going on; null: none is. */
async function findSitting(tx: Tx, workspaceId: WorkspaceId, useId: string, kind: Kind): Promise<string | null> {
  const { rows } = await sql<{
    id: string;
    lastAt: string;
    now: string;
  }>`SELECT id, last_at AS "lastAt", clock_timestamp() AS now FROM content_opens
    WHERE workspace_id = ${workspaceId}::uuid AND use_id = ${useId}::uuid AND kind = ${kind} ORDER BY last_at DESC LIMIT 1`.execute(tx);
  const last = rows[0];
  return last && isSameSitting(Date.parse(last.lastAt), Date.parse(last.now)) ? last.id : null;
}

async function beginSitting(tx: Tx, workspaceId: WorkspaceId, use: LinkedUse, kind: Kind, served: TakenVersion | null): Promise<void> {
  const touchId = kind === 'person' ? await touchOf(tx, workspaceId, use) : null;
  await sql`INSERT INTO content_opens (workspace_id, id, use_id, kind, version_id, first_at, last_at, touch_id)
    VALUES (${workspaceId}::uuid, ${newId()}::uuid, ${use.id}::uuid, ${kind}, ${served?.id ?? null}::uuid, clock_timestamp(), clock_timestamp(), ${touchId}::uuid)`.execute(
    tx,
  );
  if (kind === 'scanner') return;
  await recordFact(tx, workspaceId, {
    kind: kind === 'person' ? 'contentUse.opened' : 'contentUse.openedInVain',
    subjectKind: 'contentUse',
    subjectId: use.id,
    body: { assetId: use.assetId, versionId: served?.id ?? null, touchId },
  });
}

/** What the customer did, on the lead or the deal it was sent for. */
async function touchOf(tx: Tx, workspaceId: WorkspaceId, { leadId, dealId, campaignId, title }: LinkedUse): Promise<string> {
  const { rows } = await sql<{ now: string }>`SELECT clock_timestamp() AS now`.execute(tx);
  const about = { side: 'customer', kind: 'content', channel: 'Sales content', direction: 'in', subject: title, outcome: 'opened' };
  const named = { ...(leadId && { leadId }), ...(dealId && { dealId }), ...(campaignId && { campaignId }) };
  const { id } = await recordTouch(tx, workspaceId, { occurredAt: rows[0]!.now, ...about, ...named }, null);
  return id;
}
