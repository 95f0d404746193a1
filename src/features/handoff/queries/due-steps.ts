import { sql } from 'kysely';
import type { LadderStep } from '#engine/agreement/clause.ts';
import type { SignedAgreement } from '#features/agreement/queries/in-force.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { milliseconds } from './moments.ts';

/** A step of a clock's ladder that fell due. */
export interface DueStep {
  readonly leadId: string;
  readonly leadName: string | null;
  /** Who has the lead now. */
  readonly ownerId: string | null;
  readonly clauseKey: string;
  readonly clauseTitle: string;
  readonly startedAt: number;
  readonly step: number;
  readonly kind: LadderStep['kind'];
  readonly dueAt: number;
}

/**
 * Holds the leads of the next steps due by a moment, the longest overdue first. Leads that somebody else holds are
 * passed over: another tick has them, or they are just being worked, and the next minute tells.
 */
export async function holdLeadsWithStepsDue(tx: Tx, workspaceId: WorkspaceId, at: number, most: number): Promise<string[]> {
  const { rows } = await sql<{
    id: string;
  }>`SELECT l.id FROM clocks c JOIN leads l ON l.workspace_id = ${workspaceId}::uuid AND l.id = c.lead_id
    WHERE c.workspace_id = ${workspaceId}::uuid AND c.next_step_at <= to_timestamp(${at}::float8 / 1000)
    ORDER BY c.next_step_at, c.lead_id LIMIT ${most} FOR UPDATE OF l SKIP LOCKED`.execute(tx);
  return [...new Set(rows.map(({ id }) => id))].sort();
}

interface Row extends Omit<DueStep, 'kind' | 'clauseTitle'> {
  readonly versionId: string;
}

/** The steps of these leads, which were just followed, that are due by a moment. */
export async function stepsDue(
  tx: Tx,
  workspaceId: WorkspaceId,
  agreements: readonly SignedAgreement[],
  leadIds: readonly string[],
  at: number,
): Promise<DueStep[]> {
  const { rows } =
    await sql<Row>`SELECT c.lead_id AS "leadId", l.name AS "leadName", h.owner_id AS "ownerId", c.clause_key AS "clauseKey", c.version_id AS "versionId",
      ${milliseconds('c.started_at')} AS "startedAt", c.next_step AS step, ${milliseconds('c.next_step_at')} AS "dueAt"
    FROM clocks c JOIN leads l ON l.workspace_id = ${workspaceId}::uuid AND l.id = c.lead_id
    JOIN handoffs h ON h.workspace_id = ${workspaceId}::uuid AND h.lead_id = c.lead_id
    WHERE c.workspace_id = ${workspaceId}::uuid AND c.lead_id = ANY(${leadIds}::uuid[]) AND c.next_step_at <= to_timestamp(${at}::float8 / 1000)
    ORDER BY c.next_step_at, c.lead_id, c.clause_key`.execute(tx);
  const clauses = new Map(
    agreements.flatMap(({ id, content }) => content.clauses.map((clause) => [`${id} ${clause.key}`, clause] as const)),
  );
  return rows.map(({ versionId, ...row }) => {
    const clause = clauses.get(`${versionId} ${row.clauseKey}`)!;
    return { ...row, clauseTitle: clause.title, kind: clause.ladder[row.step]!.kind };
  });
}
