import { sql } from 'kysely';
import { inForceAt, signedAgreements } from '#features/agreement/queries/in-force.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { GoalChoices } from '../contract/goals.ts';
import { meaningOf, metricNames } from '../contract/metrics.ts';

/** Longer lists are not chosen from. */
const most = 500;

/** What a goal can be about, and who can own it. */
export async function goalChoices(tx: Tx, workspaceId: WorkspaceId): Promise<GoalChoices> {
  const { rows } = await sql<{ kind: 'segment' | 'team' | 'marketing' | 'sales' | 'campaign'; id: string; name: string }>`
    (SELECT 'segment' AS kind, segment AS id, segment AS name FROM leads WHERE workspace_id = ${workspaceId}::uuid AND segment IS NOT NULL AND archived_at IS NULL
      GROUP BY segment ORDER BY count(*) DESC, segment LIMIT 50)
    UNION ALL (SELECT 'team', id::text, name FROM teams WHERE workspace_id = ${workspaceId}::uuid ORDER BY name COLLATE "C", id LIMIT ${most})
    UNION ALL (SELECT side, id::text, name FROM members WHERE workspace_id = ${workspaceId}::uuid AND active AND side IN ('marketing', 'sales') ORDER BY name COLLATE "C", id LIMIT ${2 * most})
    UNION ALL (SELECT 'campaign', id::text, name FROM campaigns WHERE workspace_id = ${workspaceId}::uuid AND archived_at IS NULL AND merged_into IS NULL
      ORDER BY starts_on DESC NULLS LAST, id LIMIT ${most})`.execute(tx);
  const { rows: own } = await sql<{ currency: string }>`SELECT currency FROM workspaces WHERE id = ${workspaceId}::uuid`.execute(tx);
  const of = (kind: string): { id: string; name: string }[] =>
    rows.filter((row) => row.kind === kind).map(({ id, name }) => ({ id, name }));
  const content = inForceAt(await signedAgreements(tx, workspaceId), Date.now())?.content;
  return {
    metrics: metricNames.map((name) => {
      const { label, unit, runs, formula, better, scopes, needs } = meaningOf(name);
      return { name, label, unit, runs, formula, better, scopes: [...scopes], needs };
    }),
    segments: of('segment').map(({ id }) => id),
    teams: of('team'),
    owners: { marketing: of('marketing'), sales: of('sales') },
    clauses: (content?.clauses ?? []).map(({ key, side, title }) => ({ key, side, title })),
    campaigns: of('campaign'),
    currency: own[0]!.currency,
  };
}
