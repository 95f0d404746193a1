import { sql } from 'kysely';
import { rulingOf } from '#engine/handoff/judging.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { columnOf } from '#features/records/contract.ts';
import { rejectionTypes, type StoredRuling } from './stored-rejections.ts';

export interface RejectionDifference {
  readonly id: string;
  readonly what: string;
}

const mostListed = 1_000;

/**
 * Compares rejections with the fold of their facts, rulings with the facts that tell of them, and what was decided
 * with the verdicts. Reads only.
 */
export async function verifyRejections(tx: Tx, workspaceId: WorkspaceId): Promise<RejectionDifference[]> {
  return [
    ...(await unlikeFacts(tx, workspaceId)),
    ...(await unlikeTold(tx, workspaceId)),
    ...(await wronglyRuled(tx, workspaceId)),
    ...(await unlikeLeads(tx, workspaceId)),
  ];
}

/** Where a fact does not speak of a field, the row has what it was made with. */
async function unlikeFacts(tx: Tx, workspaceId: WorkspaceId): Promise<RejectionDifference[]> {
  const unlike = Object.entries(rejectionTypes).map(([field, type]) => {
    const folded = type === 'text[]' ? `ARRAY(SELECT jsonb_array_elements_text(f.sets->'${field}'))` : `(f.sets->>'${field}')::${type}`;
    const fromFacts = type === 'boolean' ? `coalesce(${folded}, false)` : folded;
    return `CASE WHEN r.${columnOf(field)} IS DISTINCT FROM ${fromFacts} THEN '${field}' END`;
  });
  const { rows } = await sql<RejectionDifference>`
    WITH folded AS (SELECT subject_id, accord.fold_sets(sets ORDER BY recorded_at, id) AS sets FROM facts
      WHERE workspace_id = ${workspaceId}::uuid AND subject_kind = 'rejection' AND sets IS NOT NULL GROUP BY subject_id)
    SELECT coalesce(r.id, f.subject_id) AS id, CASE WHEN r.id IS NULL THEN 'was made by a fact but is not in the table'
        WHEN f.subject_id IS NULL THEN 'is in the table but no fact made it' ELSE 'differs from what the facts say: ' || d.fields END AS what
    FROM folded f FULL JOIN (SELECT * FROM rejections WHERE workspace_id = ${workspaceId}::uuid) r ON r.id = f.subject_id
    CROSS JOIN LATERAL (SELECT concat_ws(', ', ${sql.raw(unlike.join(', '))}) AS fields) d
    WHERE r.id IS NULL OR f.subject_id IS NULL OR d.fields <> '' LIMIT ${mostListed}`.execute(tx);
  return rows;
}

/** A ruling and the fact `rejection.judged` tell the same. */
async function unlikeTold(tx: Tx, workspaceId: WorkspaceId): Promise<RejectionDifference[]> {
  const { rows } = await sql<RejectionDifference>`
    SELECT coalesce(g.rejection_id, f.subject_id) AS id, 'a ruling and the facts differ' AS what
    FROM (SELECT subject_id, member_id, body->>'side' AS side, body->>'verdict' AS verdict, body->>'note' AS reason FROM facts
      WHERE workspace_id = ${workspaceId}::uuid AND subject_kind = 'rejection' AND kind = 'rejection.judged') f
    FULL JOIN (SELECT * FROM rulings WHERE workspace_id = ${workspaceId}::uuid) g ON g.rejection_id = f.subject_id AND g.side = f.side
    WHERE g.id IS NULL OR f.side IS NULL OR (g.member_id, g.verdict, g.reason) IS DISTINCT FROM (f.member_id, f.verdict, f.reason) LIMIT ${mostListed}`.execute(
    tx,
  );
  return rows;
}

/** What was decided is what the verdicts come to, and nothing was decided without them. */
async function wronglyRuled(tx: Tx, workspaceId: WorkspaceId): Promise<RejectionDifference[]> {
  const { rows } = await sql<{ id: string; ruling: string | null; verdicts: Pick<StoredRuling, 'side' | 'verdict'>[] }>`
    SELECT r.id, r.ruling, coalesce((SELECT json_agg(json_build_object('side', g.side, 'verdict', g.verdict)) FROM rulings g
      WHERE g.workspace_id = r.workspace_id AND g.rejection_id = r.id), '[]') AS verdicts
    FROM rejections r WHERE r.workspace_id = ${workspaceId}::uuid AND (r.ruling IS NOT NULL OR r.answer = 'contested' OR r.in_sample)`.execute(
    tx,
  );
  return rows
    .filter(({ ruling, verdicts }) => ruling !== rulingOf({ verdicts }))
    .slice(0, mostListed)
    .map(({ id }) => ({ id, what: 'was decided otherwise than the verdicts say' }));
}

/** A lead that is rejected by clause says when its latest rejection did; one that was mended or overturned is not rejected by it. */
async function unlikeLeads(tx: Tx, workspaceId: WorkspaceId): Promise<RejectionDifference[]> {
  const { rows } = await sql<RejectionDifference>`
    SELECT r.id, 'its lead is still rejected by it although it was taken back' AS what FROM rejections r
    JOIN leads l ON l.workspace_id = ${workspaceId}::uuid AND l.id = r.lead_id AND l.rejected_at = r.rejected_at
    WHERE r.workspace_id = ${workspaceId}::uuid AND (r.answer = 'mended' OR r.ruling = 'overturned')
    UNION ALL
    SELECT (array_agg(r.id ORDER BY r.rejected_at))[1], 'its lead has more than one rejection without an answer' FROM rejections r
    JOIN leads l ON l.workspace_id = ${workspaceId}::uuid AND l.id = r.lead_id AND l.rejected_at IS NOT NULL
    WHERE r.workspace_id = ${workspaceId}::uuid AND r.answer IS NULL AND r.rejected_at >= l.rejected_at GROUP BY r.lead_id HAVING count(*) > 1
    LIMIT ${mostListed}`.execute(tx);
  return rows;
}
