import { sql } from 'kysely';
import type { Evidence } from '#engine/rollout/evidence.ts';
import { inForceAt, signedAgreements, signedDefinitionsByTerm } from '#features/agreement/queries/in-force.ts';
import type { Asking } from './evidence.ts';

export async function languageEvidence({ tx, workspaceId, ground }: Asking): Promise<Evidence['language']> {
  const signed = await signedDefinitionsByTerm(tx, workspaceId);
  const { rows } = await sql<{ term: string; status: string }>`SELECT DISTINCT term, status FROM definition_versions
    WHERE workspace_id = ${workspaceId}::uuid AND status IN ('draft', 'proposed') ORDER BY term`.execute(tx);
  return {
    inForce: [...signed].filter(([, versions]) => inForceAt(versions, ground.now)).map(([term]) => term),
    proposed: rows.filter(({ status }) => status === 'proposed').map(({ term }) => term),
    drafted: rows.filter(({ status }) => status === 'draft').length,
  };
}

export async function agreementEvidence({ tx, workspaceId, ground }: Asking): Promise<Evidence['agreement']> {
  const inForce = inForceAt(await signedAgreements(tx, workspaceId), ground.now);
  const { rows } = await sql<{ proposed: number }>`SELECT count(*)::int AS proposed FROM agreement_versions
    WHERE workspace_id = ${workspaceId}::uuid AND status = 'proposed'`.execute(tx);
  const owing = (['marketing', 'sales'] as const).filter((side) => inForce?.content.clauses.some((clause) => clause.side === side));
  return { owing, proposed: rows[0]!.proposed };
}

export async function renewalEvidence({ tx, workspaceId }: Asking): Promise<Evidence['renewal']> {
  const { rows } = await sql<Evidence['renewal']>`
    SELECT (SELECT count(*)::int FROM agreement_versions WHERE workspace_id = ${workspaceId}::uuid AND status = 'signed') AS versions,
      (SELECT coalesce(greatest(extract(day FROM max(signed_at) - min(effective_from)), 0), 0)::int FROM agreement_versions
        WHERE workspace_id = ${workspaceId}::uuid AND status = 'signed') AS days,
      (SELECT coalesce(max(starts_on) > min(ends_on), false) FROM goal_plans WHERE workspace_id = ${workspaceId}::uuid AND status = 'signed') AS "goalsAgain"`.execute(
    tx,
  );
  return rows[0]!;
}
