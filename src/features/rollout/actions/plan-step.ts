import { sql } from 'kysely';
import type { StepName } from '#engine/rollout/steps.ts';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { StepPlan } from '../contract/path.ts';

/** Says who has a step and by when. @throws Problem not-found: no such member */
export async function planStep(tx: Tx, { workspaceId, memberId }: Who, step: StepName, { ownerId, dueOn }: StepPlan): Promise<void> {
  if (ownerId !== null) await refuseUnknown(tx, workspaceId, ownerId);
  const { rows } = await sql<{ id: string }>`INSERT INTO rollout_steps (workspace_id, id, step, owner_id, due_on, planned_by)
    VALUES (${workspaceId}::uuid, ${newId()}::uuid, ${step}, ${ownerId}::uuid, ${dueOn}::date, ${memberId}::uuid)
    ON CONFLICT (workspace_id, step) DO UPDATE SET owner_id = excluded.owner_id, due_on = excluded.due_on, planned_by = excluded.planned_by, planned_at = now()
    RETURNING id`.execute(tx);
  const body = { step, ownerId, dueOn };
  await recordFact(tx, workspaceId, { kind: 'rolloutStep.planned', subjectKind: 'rolloutStep', subjectId: rows[0]!.id, memberId, body });
}

async function refuseUnknown(tx: Tx, workspaceId: string, id: string): Promise<void> {
  const { rows } = await sql`SELECT 1 FROM members WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid AND active`.execute(tx);
  if (rows.length === 0) throw notFound('member');
}
