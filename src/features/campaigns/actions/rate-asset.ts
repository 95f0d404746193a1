import { sql } from 'kysely';
import { currentVersion } from '#engine/campaigns/asset-standing.ts';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { NewRating } from '../contract/library.ts';
import { whyMayNotAnswerRating } from '../policy/library.ts';
import { recordAssetFact, takeAsset } from './take-asset.ts';

/** One to five, with the reason, which goes to who answers for the content. A member's later rating replaces the earlier. */
export async function rateAsset(tx: Tx, who: Who, assetId: string, { stars, reason }: NewRating): Promise<void> {
  const asset = await takeAsset(tx, who, 'rate', assetId);
  const id = newId();
  const versionId = currentVersion(asset.versions, asset.today)?.id ?? null;
  await sql`INSERT INTO asset_ratings (workspace_id, id, asset_id, version_id, member_id, stars, reason, rated_at)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${assetId}::uuid, ${versionId}::uuid, ${who.memberId}::uuid, ${stars}, ${reason}, clock_timestamp())`.execute(
    tx,
  );
  await recordAssetFact(tx, who, assetId, 'rated', { ratingId: id, versionId, stars, reason });
}

/** @returns the asset's id */
export async function answerRating(tx: Tx, who: Who, ratingId: string, text: string): Promise<string> {
  const { rows } = await sql<{
    assetId: string;
    ownerId: string | null;
    isAnswered: boolean;
  }>`SELECT a.id AS "assetId", a.owner_id AS "ownerId",
      r.answered_at IS NOT NULL AS "isAnswered"
    FROM asset_ratings r JOIN assets a ON a.workspace_id = r.workspace_id AND a.id = r.asset_id
    WHERE r.workspace_id = ${who.workspaceId}::uuid AND r.id = ${ratingId}::uuid FOR NO KEY UPDATE OF r`.execute(tx);
  const rating = rows[0];
  if (!rating) throw notFound('rating');
  const whyNot = whyMayNotAnswerRating(who, rating);
  if (whyNot) throw new Problem(rating.isAnswered ? 'conflict' : 'forbidden', whyNot);
  await sql`UPDATE asset_ratings SET answer = ${text}, answered_by = ${who.memberId}::uuid, answered_at = clock_timestamp()
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${ratingId}::uuid`.execute(tx);
  await recordAssetFact(tx, who, rating.assetId, 'ratingAnswered', { ratingId, text });
  return rating.assetId;
}
