import { sql } from 'kysely';
import { type Judges, judgesNeeded, type JudgingSide, type Verdict } from '#engine/handoff/judging.ts';
import { columnOf } from '#features/records/contract.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';

/** A rejection as its row holds it. */
export interface StoredRejection {
  readonly id: string;
  readonly leadId: string;
  readonly versionId: string;
  readonly clauses: readonly string[];
  readonly comment: string;
  readonly rejectedBy: string;
  readonly rejectedAt: string;
  readonly wasAccepted: boolean;
  readonly campaignId: string | null;
  readonly marketerId: string | null;
  readonly answer: 'agreed' | 'mended' | 'contested' | null;
  readonly answeredBy: string | null;
  readonly answeredAt: string | null;
  readonly answerComment: string | null;
  readonly inSample: boolean;
  readonly ruling: 'upheld' | 'overturned' | null;
  readonly ruledAt: string | null;
}

/** Each field of a rejection but its id, with the type of its column. */
export const rejectionTypes = {
  leadId: 'uuid',
  versionId: 'uuid',
  clauses: 'text[]',
  comment: 'text',
  rejectedBy: 'uuid',
  rejectedAt: 'timestamptz',
  wasAccepted: 'boolean',
  campaignId: 'uuid',
  marketerId: 'uuid',
  answer: 'text',
  answeredBy: 'uuid',
  answeredAt: 'timestamptz',
  answerComment: 'text',
  inSample: 'boolean',
  ruling: 'text',
  ruledAt: 'timestamptz',
} as const satisfies Record<Exclude<keyof StoredRejection, 'id'>, string>;

/** Of `rejections r`. */
export const rejectionColumns = sql.raw(
  ['id', ...Object.keys(rejectionTypes)].map((field) => `r.${columnOf(field)} AS "${field}"`).join(', '),
);

/**
 * In the order in which they were made.
 * @param lock holds them until the transaction ends; their lead must be held already
 */
export async function rejectionsOfLead(tx: Tx, workspaceId: WorkspaceId, leadId: string, lock = false): Promise<StoredRejection[]> {
  const { rows } =
    await sql<StoredRejection>`SELECT ${rejectionColumns} FROM rejections r WHERE r.workspace_id = ${workspaceId}::uuid AND r.lead_id = ${leadId}::uuid
    ORDER BY r.rejected_at, r.id ${lock ? sql`FOR UPDATE` : sql``}`.execute(tx);
  return rows;
}

/** @throws Problem not-found */
export async function getStoredRejection(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<StoredRejection> {
  const { rows } =
    await sql<StoredRejection>`SELECT ${rejectionColumns} FROM rejections r WHERE r.workspace_id = ${workspaceId}::uuid AND r.id = ${id}::uuid`.execute(
      tx,
    );
  if (!rows[0]) throw notFound('rejection');
  return rows[0];
}

export interface StoredRuling {
  readonly rejectionId: string;
  readonly side: JudgingSide;
  readonly memberId: string;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly ruledAt: string;
}

/** In the order in which they were given. */
export async function listRulings(tx: Tx, workspaceId: WorkspaceId, rejectionIds: readonly string[]): Promise<StoredRuling[]> {
  if (rejectionIds.length === 0) return [];
  const { rows } = await sql<StoredRuling>`
    SELECT rejection_id AS "rejectionId", side, member_id AS "memberId", verdict, reason, ruled_at AS "ruledAt" FROM rulings
    WHERE workspace_id = ${workspaceId}::uuid AND rejection_id = ANY(${rejectionIds}::uuid[]) ORDER BY ruled_at, id`.execute(tx);
  return rows;
}

/** Who of each side can judge, see `Judges`: the first few of those who sign in and may write. */
export async function findJudges(tx: Tx, workspaceId: WorkspaceId): Promise<Judges> {
  const { rows } = await sql<{ side: 'marketing' | 'sales'; id: string }>`
    SELECT side, id FROM (SELECT m.side, m.id, row_number() OVER (PARTITION BY m.side ORDER BY m.created_at, m.id) AS place FROM members m
      WHERE m.workspace_id = ${workspaceId}::uuid AND m.active AND m.login_id IS NOT NULL AND m.role <> 'viewer' AND m.side IN ('marketing', 'sales')) ranked
    WHERE place <= ${judgesNeeded} ORDER BY place`.execute(tx);
  const of = (side: string) => rows.filter((row) => row.side === side).map(({ id }) => id);
  return { marketing: of('marketing'), sales: of('sales') };
}
