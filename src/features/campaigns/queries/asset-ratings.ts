import { sql } from 'kysely';
import { namesOf } from '#features/records/queries/names.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Side, Who } from '#platform/http/route.ts';
import type { AssetRating } from '../contract/library.ts';
import { whyMayNotAnswerRating } from '../policy/library.ts';

interface RatingRow {
  id: string;
  assetId: string;
  assetTitle: string;
  ownerId: string | null;
  memberId: string;
  side: Side;
  stars: number;
  reason: string;
  ratedAt: string;
  versionNumber: number | null;
  replaced: boolean;
  answer: string | null;
  answeredBy: string | null;
  answeredAt: string | null;
}

const mostRatings = 100;
const mostWaiting = 20;

/** Of one asset, the newest first. */
export const listRatings = async (tx: Tx, who: Who, { asset }: { asset: { readonly id: string } }): Promise<AssetRating[]> =>
  shownRatings(
    tx,
    who,
    await readRatings(tx, who, sql`r.asset_id = ${asset.id}::uuid ORDER BY r.rated_at DESC, r.id DESC LIMIT ${mostRatings}`),
  );

/** Ratings that count and wait for this member as the one who answers for the content, oldest first. */
export async function ratingsToAnswer(tx: Tx, who: Who): Promise<(AssetRating & { asset: { id: string; name: string } })[]> {
  const mine = sql`r.answered_at IS NULL AND a.archived_at IS NULL AND a.owner_id = ${who.memberId}::uuid AND NOT ${isReplaced} ORDER BY r.rated_at, r.id LIMIT ${mostWaiting}`;
  const rows = await readRatings(tx, who, mine);
  const shown = await shownRatings(tx, who, rows);
  return shown.map((rating, at) => ({ ...rating, asset: { id: rows[at]!.assetId, name: rows[at]!.assetTitle } }));
}

const isReplaced = sql`EXISTS (SELECT 1 FROM asset_ratings n WHERE n.workspace_id = r.workspace_id AND n.asset_id = r.asset_id
  AND n.member_id = r.member_id AND (n.rated_at, n.id) > (r.rated_at, r.id))`;

async function readRatings(tx: Tx, who: Who, condition: ReturnType<typeof sql>): Promise<RatingRow[]> {
  const { rows } =
    await sql<RatingRow>`SELECT r.id, a.id AS "assetId", a.title AS "assetTitle", a.owner_id AS "ownerId", r.member_id AS "memberId", m.side,
      r.stars, r.reason, r.rated_at AS "ratedAt", v.number AS "versionNumber", ${isReplaced} AS replaced, r.answer,
      r.answered_by AS "answeredBy", r.answered_at AS "answeredAt"
    FROM asset_ratings r
    JOIN assets a ON a.workspace_id = r.workspace_id AND a.id = r.asset_id
    JOIN members m ON m.workspace_id = r.workspace_id AND m.id = r.member_id
    LEFT JOIN asset_versions v ON v.workspace_id = r.workspace_id AND v.id = r.version_id
    WHERE r.workspace_id = ${who.workspaceId}::uuid AND ${condition}`.execute(tx);
  return rows;
}

async function shownRatings(tx: Tx, who: Who, rows: readonly RatingRow[]): Promise<AssetRating[]> {
  const names = await namesOf(tx, who.workspaceId, {
    member: new Set(rows.flatMap((row) => [row.memberId, row.answeredBy ?? row.memberId])),
  });
  const member = (id: string) => names.get(`member ${id}`) ?? { id, name: 'somebody who is gone' };
  return rows.map((row) => ({
    id: row.id,
    member: member(row.memberId),
    side: row.side,
    stars: row.stars,
    reason: row.reason,
    ratedAt: row.ratedAt,
    versionNumber: row.versionNumber,
    replaced: row.replaced,
    answer:
      row.answer === null || row.answeredBy === null || row.answeredAt === null
        ? null
        : { by: member(row.answeredBy), at: row.answeredAt, text: row.answer },
    mayNotAnswer: whyMayNotAnswerRating(who, { ownerId: row.ownerId, isAnswered: row.answer !== null }),
  }));
}
