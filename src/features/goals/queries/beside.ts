/** What of a goal's ground stands in no column: what a lead is worth as agreed, and responses to campaigns. */

import { sql } from 'kysely';
import { inForceAt, signedAgreements } from '#features/agreement/queries/in-force.ts';
import { numberOfDay } from '#features/returns/queries/figure-scope.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { GoalMetric } from '../contract/metrics.ts';
import { type Beside, leadValuesOf } from './flow-days.ts';

/** Only what these metrics need is read. */
export async function readBeside(tx: Tx, workspaceId: WorkspaceId, metrics: readonly GoalMetric[]): Promise<Beside> {
  const inForce = metrics.some(({ name }) => name === 'mqlValue')
    ? inForceAt(await signedAgreements(tx, workspaceId), Date.now())
    : undefined;
  const campaigns = new Set(metrics.flatMap((metric) => (metric.name === 'responders' ? [metric.campaignId ?? 'all'] : [])));
  const responses = new Map<string, Map<number, number>>();
  for (const campaign of campaigns) responses.set(campaign, await responsesOf(tx, workspaceId, campaign === 'all' ? null : campaign));
  return { leadValues: leadValuesOf(inForce?.content), responses };
}

async function responsesOf(tx: Tx, workspaceId: WorkspaceId, campaignId: string | null): Promise<Map<number, number>> {
  const { rows } = await sql<{ day: string; count: number }>`
    SELECT (m.responded_at AT TIME ZONE w.time_zone)::date AS day, count(*)::int AS count
    FROM campaign_members m JOIN workspaces w ON w.id = m.workspace_id
    WHERE m.workspace_id = ${workspaceId}::uuid AND m.responded_at IS NOT NULL AND m.archived_at IS NULL
      ${campaignId === null ? sql`` : sql`AND m.campaign_id = ${campaignId}::uuid`} GROUP BY 1`.execute(tx);
  return new Map(rows.map(({ day, count }) => [numberOfDay(day), count]));
}
