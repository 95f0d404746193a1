import { sql } from 'kysely';
import { startOfDay } from '#features/agreement/queries/in-force.ts';
import type { Sql } from '#features/records/queries/columns.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { PlanDetail, Target } from '../contract/plans.ts';
import type { CampaignAtHand } from './campaign-at-hand.ts';

/** By which moment of a lead it counts, and what is summed. */
const counted: Readonly<Record<Target['metric'], { column: string; sum: Sql }>> = {
  leads: { column: 'opened_at', sum: sql`count(*)` },
  mqls: { column: 'mql_at', sum: sql`count(*)` },
  sqls: { column: 'sql_at', sum: sql`count(*)` },
  deals: { column: 'deal_at', sum: sql`count(*)` },
  won: { column: 'won_at', sum: sql`count(*)` },
  wonValue: { column: 'won_at', sum: sql`coalesce(sum(l.value) FILTER (WHERE l.currency = w.currency), 0)` },
};

/** How far the campaign's own leads are towards what was wanted, up to the day it was wanted by. */
export async function targetNow(
  tx: Tx,
  workspaceId: WorkspaceId,
  { id, family }: Pick<CampaignAtHand, 'id' | 'family'>,
  target: Target,
  timeZone: string,
): Promise<NonNullable<PlanDetail['target']>> {
  const { column, sum } = counted[target.metric];
  const until = new Date(startOfDay(dayAfter(target.by), timeZone)).toISOString();
  const at = sql.ref(`l.${column}`);
  const { rows } = await sql<{ reached: string; currency: string }>`
    SELECT (SELECT ${sum}::text FROM leads l WHERE l.workspace_id = ${workspaceId}::uuid AND l.campaign_id = ANY(${family}::uuid[])
      AND l.archived_at IS NULL AND ${at} IS NOT NULL AND ${at} < ${until}::timestamptz) AS reached, w.currency
    FROM workspaces w WHERE w.id = ${workspaceId}::uuid`.execute(tx);
  const { reached, currency } = rows[0]!;
  const wanted = Number(target.amount);
  const field = column.replace('_at', 'At');
  const filter = { all: [{ field: 'campaignId', is: 'eq', value: id }, ...(field === 'openedAt' ? [] : [{ field, is: 'notBlank' }])] };
  return {
    ...target,
    reached,
    currency: target.metric === 'wonValue' ? currency : null,
    share: wanted === 0 ? null : Number(reached) / wanted,
    recordsUrl: `/leads?${new URLSearchParams({ filter: JSON.stringify(filter) })}`,
  };
}

const dayAfter = (day: string): string => Temporal.PlainDate.from(day).add({ days: 1 }).toString();
