import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { AssetEdit, NewAsset } from '../contract/library.ts';
import { addLink } from './add-version.ts';
import { recordAssetFact, takeAsset } from './take-asset.ts';

/** Adds content, with its first version where that is a link. @returns its id */
export async function addAsset(tx: Tx, who: Who, { version, ...given }: NewAsset): Promise<string> {
  const asset = { ...given, ownerId: given.ownerId === undefined ? who.memberId : given.ownerId };
  await refuseStrangeReferences(tx, who, asset);
  const id = newId();
  await sql`INSERT INTO assets (workspace_id, id, title, kind, about, owner_id, stages, segments, objections, campaign_id, made_by, made_at, changed_at)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${asset.title}, ${asset.kind}, ${asset.about}, ${asset.ownerId}::uuid, ${asset.stages}::text[],
      ${asset.segments}::text[], ${asset.objections}::text[], ${asset.campaignId}::uuid, ${who.memberId}::uuid, clock_timestamp(), clock_timestamp())`.execute(
    tx,
  );
  await recordAssetFact(tx, who, id, 'added', asset);
  if (version) await addLink(tx, who, id, version);
  return id;
}

/** How each field is written: identifiers come from here and nowhere else. */
const written: { readonly [Field in keyof AssetEdit]-?: (value: NonNullable<AssetEdit[Field]> | null) => RawBuilder<unknown> } = {
  title: (value) => sql`title = ${value}`,
  kind: (value) => sql`kind = ${value}`,
  about: (value) => sql`about = ${value}`,
  ownerId: (value) => sql`owner_id = ${value}::uuid`,
  stages: (value) => sql`stages = ${value}::text[]`,
  segments: (value) => sql`segments = ${value}::text[]`,
  objections: (value) => sql`objections = ${value}::text[]`,
  campaignId: (value) => sql`campaign_id = ${value}::uuid`,
};

export async function editAsset(tx: Tx, who: Who, id: string, sets: AssetEdit): Promise<void> {
  await takeAsset(tx, who, 'edit', id);
  await refuseStrangeReferences(tx, who, sets);
  const changes = (Object.keys(written) as (keyof AssetEdit)[])
    .filter((field) => sets[field] !== undefined)
    .map((field) => (written[field] as (value: unknown) => RawBuilder<unknown>)(sets[field]));
  if (changes.length === 0) return;
  await sql`UPDATE assets SET ${sql.join(changes)}, changed_at = clock_timestamp() WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(
    tx,
  );
  await recordAssetFact(tx, who, id, 'edited', { ...sets });
}

/** Takes content out of the library. Links sent before lead where they led. */
export async function archiveAsset(tx: Tx, who: Who, id: string, reason: string): Promise<void> {
  await takeAsset(tx, who, 'archive', id);
  await sql`UPDATE assets SET archived_at = clock_timestamp(), changed_at = clock_timestamp() WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(
    tx,
  );
  await recordAssetFact(tx, who, id, 'archived', { reason });
}

export async function restoreAsset(tx: Tx, who: Who, id: string): Promise<void> {
  await takeAsset(tx, who, 'restore', id);
  await sql`UPDATE assets SET archived_at = NULL, changed_at = clock_timestamp() WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(
    tx,
  );
  await recordAssetFact(tx, who, id, 'restored');
}

async function refuseStrangeReferences(
  tx: Tx,
  who: Who,
  { ownerId, campaignId }: Pick<AssetEdit, 'ownerId' | 'campaignId'>,
): Promise<void> {
  const refuse = async (at: string, query: RawBuilder<unknown>, reason: string) => {
    if ((await query.execute(tx)).rows.length === 0) throw new Problem('bad-input', `${at}: ${reason}.`, { fields: [{ at, reason }] });
  };
  if (ownerId)
    await refuse(
      'ownerId',
      sql`SELECT 1 FROM members WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${ownerId}::uuid AND active`,
      'there is no such member here',
    );
  if (campaignId)
    await refuse(
      'campaignId',
      sql`SELECT 1 FROM campaigns WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${campaignId}::uuid`,
      'there is no such campaign here',
    );
}
