/** Content as it is stored, with what its uses and ratings add up to. */

import { type RawBuilder, sql } from 'kysely';
import { type AssetKind, type AssetStanding, standingOf } from '#engine/campaigns/asset-standing.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { AssetItem } from '../contract/library.ts';
import { dayIn, type Ground } from './ground.ts';

export interface StoredVersion {
  readonly id: string;
  readonly number: number;
  readonly url: string | null;
  readonly fileName: string | null;
  readonly fileType: string | null;
  readonly fileBytes: number | null;
  readonly note: string;
  readonly validFrom: string;
  readonly expiresOn: string | null;
  readonly madeBy: string | null;
  readonly madeAt: string;
}

export interface StoredAsset {
  readonly id: string;
  readonly title: string;
  readonly kind: AssetKind;
  readonly about: string;
  readonly ownerId: string | null;
  readonly stages: AssetItem['stages'];
  readonly segments: string[];
  readonly objections: string[];
  readonly campaignId: string | null;
  readonly madeBy: string | null;
  readonly madeAt: string;
  readonly archivedAt: string | null;
  /** The newest first. */
  readonly versions: StoredVersion[];
  readonly uses: number;
  readonly users: number;
  readonly opens: number;
  readonly lastUsedAt: string | null;
  readonly stars: number | null;
  readonly ratings: number;
}

const versionsOf = sql`(SELECT coalesce(json_agg(json_build_object('id', v.id, 'number', v.number, 'url', v.url, 'fileName', v.file_name, 'fileType', v.file_type,
    'fileBytes', v.file_bytes, 'note', v.note, 'validFrom', v.valid_from, 'expiresOn', v.expires_on, 'madeBy', v.made_by,
    'madeAt', to_char(v.made_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY v.number DESC), '[]')
  FROM asset_versions v WHERE v.workspace_id = a.workspace_id AND v.asset_id = a.id)`;

/** In no order. @param condition on the assets `a` */
export async function readAssets(tx: Tx, workspaceId: WorkspaceId, condition: RawBuilder<unknown>): Promise<StoredAsset[]> {
  const { rows } =
    await sql<StoredAsset>`SELECT a.id, a.title, a.kind, a.about, a.owner_id AS "ownerId", a.stages, a.segments, a.objections,
      a.campaign_id AS "campaignId", a.made_by AS "madeBy", a.made_at AS "madeAt", a.archived_at AS "archivedAt", ${versionsOf} AS versions,
      coalesce(u.uses, 0) AS uses, coalesce(u.users, 0) AS users, u.last AS "lastUsedAt", coalesce(o.opens, 0) AS opens, r.stars, coalesce(r.ratings, 0) AS ratings
    FROM assets a
    LEFT JOIN (SELECT asset_id, count(*)::int AS uses, count(DISTINCT member_id)::int AS users, max(used_at) AS last
      FROM content_uses WHERE workspace_id = ${workspaceId}::uuid GROUP BY 1) u ON u.asset_id = a.id
    LEFT JOIN (SELECT u.asset_id, sum(o.opens)::int AS opens FROM content_opens o JOIN content_uses u ON u.workspace_id = o.workspace_id AND u.id = o.use_id
      WHERE o.workspace_id = ${workspaceId}::uuid AND o.kind = 'person' GROUP BY 1) o ON o.asset_id = a.id
    LEFT JOIN (SELECT asset_id, round(avg(stars), 1)::float8 AS stars, count(*)::int AS ratings FROM (SELECT DISTINCT ON (asset_id, member_id) asset_id, stars
      FROM asset_ratings WHERE workspace_id = ${workspaceId}::uuid ORDER BY asset_id, member_id, rated_at DESC, id DESC) latest GROUP BY 1) r ON r.asset_id = a.id
    WHERE a.workspace_id = ${workspaceId}::uuid AND ${condition}`.execute(tx);
  return rows;
}

export const standingIn = (asset: StoredAsset, { timeZone, today }: Ground): AssetStanding =>
  standingOf(
    {
      archived: asset.archivedAt !== null,
      versions: asset.versions,
      addedOn: dayIn(timeZone, Date.parse(asset.madeAt)),
      lastUsedOn: asset.lastUsedAt === null ? null : dayIn(timeZone, Date.parse(asset.lastUsedAt)),
    },
    today,
  );
