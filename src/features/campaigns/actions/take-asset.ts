/** Content taken into hand for a verb: locked, standing so that it may, by somebody who may. */

import { sql } from 'kysely';
import { standingOf } from '#engine/campaigns/asset-standing.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { AssetVerb } from '../contract/library.ts';
import { whyMayNotWith, whyNotStanding } from '../policy/library.ts';
import { dayIn, groundOf } from '../queries/ground.ts';

export interface TakenVersion {
  readonly id: string;
  readonly number: number;
  readonly validFrom: string;
  readonly expiresOn: string | null;
}
export interface TakenAsset {
  readonly id: string;
  readonly title: string;
  readonly ownerId: string | null;
  readonly madeBy: string | null;
  readonly campaignId: string | null;
  readonly versions: readonly TakenVersion[];
  /** The day it is where the workspace is. */
  readonly today: string;
}

/** @throws Problem not-found; forbidden and conflict say who may, or what stands in the way */
export async function takeAsset(tx: Tx, who: Who, verb: AssetVerb, id: string): Promise<TakenAsset> {
  // Uses and ratings leave it as it is; everything else takes its turn.
  const lock = sql.raw(verb === 'use' || verb === 'rate' ? 'FOR SHARE' : 'FOR NO KEY UPDATE');
  const { rows } = await sql<
    Omit<TakenAsset, 'versions' | 'today'> & { archivedAt: string | null; madeAt: string }
  >`SELECT id, title, owner_id AS "ownerId",
      made_by AS "madeBy", campaign_id AS "campaignId", archived_at AS "archivedAt", made_at AS "madeAt"
    FROM assets WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid ${lock}`.execute(tx);
  const found = rows[0];
  if (!found) throw notFound('content');
  const forbidden = whyMayNotWith(verb, who, found);
  if (forbidden) throw new Problem('forbidden', forbidden);
  const { timeZone, today } = await groundOf(tx, who.workspaceId);
  const versions = await versionsOfAsset(tx, who.workspaceId, id);
  const addedOn = dayIn(timeZone, Date.parse(found.madeAt));
  const standing = standingOf({ archived: found.archivedAt !== null, versions, addedOn, lastUsedOn: null }, today);
  const whyNot = whyNotStanding(verb, standing);
  if (whyNot) throw new Problem('conflict', whyNot, { extra: { standing } });
  return { ...found, versions, today };
}

export async function versionsOfAsset(tx: Tx, workspaceId: WorkspaceId, assetId: string): Promise<TakenVersion[]> {
  const { rows } = await sql<TakenVersion>`SELECT id, number, valid_from AS "validFrom", expires_on AS "expiresOn" FROM asset_versions
    WHERE workspace_id = ${workspaceId}::uuid AND asset_id = ${assetId}::uuid ORDER BY number DESC`.execute(tx);
  return rows;
}

/** Writes what was done with content, in the transaction that did it. */
export async function recordAssetFact(tx: Tx, who: Who, id: string, verb: string, body: Record<string, unknown> = {}): Promise<void> {
  await recordFact(tx, who.workspaceId, { kind: `asset.${verb}`, subjectKind: 'asset', subjectId: id, memberId: who.memberId, body });
}
