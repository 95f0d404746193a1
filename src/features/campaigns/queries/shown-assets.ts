/** Content as it is shown to somebody. */

import { currentVersion, isExpired } from '#engine/campaigns/asset-standing.ts';
import { labelOfEnding } from '#engine/campaigns/file-type.ts';
import { namesOf } from '#features/records/queries/names.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { AssetDetail, AssetItem } from '../contract/library.ts';
import { whyNotWith } from '../policy/library.ts';
import { type StoredAsset, standingIn, type StoredVersion } from './asset-rows.ts';
import type { FitFor } from './fitting.ts';
import { fitOf } from './fitting.ts';
import type { Ground } from './ground.ts';

type Version = AssetDetail['allVersions'][number];
export interface Shown {
  readonly item: AssetItem;
  readonly versions: Version[];
}

/** @param fitFor the lead or deal it is looked for; null: none */
export async function shownAssets(
  tx: Tx,
  who: Who,
  rows: readonly StoredAsset[],
  { ground, fitFor = null }: { ground: Ground; fitFor?: FitFor | null },
): Promise<Shown[]> {
  const names = await namesOf(tx, who.workspaceId, {
    member: new Set(rows.flatMap((row) => [row.ownerId, ...row.versions.map(({ madeBy }) => madeBy)].filter((id) => id !== null))),
    campaign: new Set(rows.flatMap(({ campaignId }) => campaignId ?? [])),
  });
  const member = (id: string | null) => (id === null ? null : (names.get(`member ${id}`) ?? null));
  return rows.map((row) => {
    const standing = standingIn(row, ground);
    const current = currentVersion(row.versions, ground.today);
    const versions = row.versions.map((version) =>
      shownVersion(row.id, version, { current: current?.id, today: ground.today, madeBy: member(version.madeBy) }),
    );
    const item: AssetItem = {
      id: row.id,
      title: row.title,
      kind: row.kind,
      about: row.about,
      owner: member(row.ownerId),
      stages: row.stages,
      segments: row.segments,
      objections: row.objections,
      campaign: row.campaignId === null ? null : (names.get(`campaign ${row.campaignId}`) ?? null),
      standing,
      version: versions.find(({ current: counts }) => counts) ?? null,
      versions: versions.length,
      uses: row.uses,
      users: row.users,
      opens: row.opens,
      lastUsedAt: row.lastUsedAt,
      rating: { mean: row.stars, n: row.ratings },
      fits: fitFor && fitOf(row, fitFor),
      mayNotUse: whyNotWith('use', who, { ...row, standing }),
      addedAt: row.madeAt,
    };
    return { item, versions };
  });
}

function shownVersion(
  assetId: string,
  version: StoredVersion,
  { current, today, madeBy }: { current: string | undefined; today: string; madeBy: Version['madeBy'] },
): Version {
  const { url, fileName } = version;
  return {
    id: version.id,
    number: version.number,
    source: url === null ? 'file' : 'link',
    url,
    file:
      fileName === null
        ? null
        : { name: fileName, bytes: version.fileBytes ?? 0, type: version.fileType ?? '', typeLabel: labelOfEnding(fileName) },
    openUrl: url ?? `/api/v1/library/${assetId}/versions/${version.id}/file`,
    note: version.note,
    validFrom: version.validFrom,
    expiresOn: version.expiresOn,
    expired: isExpired(version, today),
    current: version.id === current,
    madeBy,
    madeAt: version.madeAt,
  };
}
