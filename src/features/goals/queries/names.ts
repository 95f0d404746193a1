/** What stands under the ids that a plan names: members, teams, campaigns. */

import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Goal } from '../contract/plans.ts';

export async function namesOfGoals(tx: Tx, workspaceId: WorkspaceId, goals: readonly Goal[]): Promise<Record<string, string>> {
  const members = goals.flatMap(({ owners }) => [owners.marketing, owners.sales]);
  const teams = goals.flatMap(({ scope }) => scope.teamId ?? []);
  const campaigns = goals.flatMap(({ metric }) => (metric.name === 'responders' ? (metric.campaignId ?? []) : []));
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT id, name FROM members WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${members}::uuid[])
    UNION ALL SELECT id, name FROM teams WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${teams}::uuid[])
    UNION ALL SELECT id, name FROM campaigns WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${campaigns}::uuid[])`.execute(tx);
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}

export const namedIn = (names: Readonly<Record<string, string>>, id: string): { id: string; name: string } => ({
  id,
  name: names[id] ?? 'Somebody who left',
});
