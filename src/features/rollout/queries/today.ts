import { sql } from 'kysely';
import { groundOf } from '#features/campaigns/queries/ground.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { RolloutToday } from '../contract/today.ts';
import { whyNotPlan } from '../policy.ts';

/** From what was kept, so that everybody’s first page doesn’t count over all tables. */
export async function rolloutOfToday(tx: Tx, who: Who): Promise<RolloutToday> {
  const { workspaceId, memberId } = who;
  const { today } = await groundOf(tx, workspaceId);
  const { rows: late } = await sql<RolloutToday['late'][number]>`SELECT s.step, s.due_on AS "dueOn" FROM rollout_steps s
    WHERE s.workspace_id = ${workspaceId}::uuid AND s.owner_id = ${memberId}::uuid AND s.due_on < ${today}::date
      AND (SELECT p.state FROM rollout_passages p WHERE p.workspace_id = s.workspace_id AND p.step = s.step ORDER BY p.at DESC, p.id DESC LIMIT 1) IS DISTINCT FROM 'through'
    ORDER BY s.due_on, s.step`.execute(tx);
  const { rows } = await sql<{ toSign: boolean; empty: boolean }>`SELECT
      coalesce((SELECT c.signed_at IS NULL AND c.sponsor_id = ${memberId}::uuid FROM rollout_charters c WHERE c.workspace_id = ${workspaceId}::uuid ORDER BY c.number DESC LIMIT 1), false) AS "toSign",
      NOT EXISTS (SELECT 1 FROM rollout_charters WHERE workspace_id = ${workspaceId}::uuid)
        AND NOT EXISTS (SELECT 1 FROM leads WHERE workspace_id = ${workspaceId}::uuid)
        AND NOT EXISTS (SELECT 1 FROM definition_versions WHERE workspace_id = ${workspaceId}::uuid) AS empty`.execute(tx);
  const { toSign, empty } = rows[0]!;
  return { begin: empty && whyNotPlan(who) === null, toSign, late };
}
