import { sql } from 'kysely';
import type { PlanState } from '#engine/campaigns/states.ts';
import type { Sql } from '#features/records/queries/columns.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Named } from '#features/records/queries/names.ts';

/** One thing that was done with a plan: when, by whom, why. */
export interface Done {
  readonly at: string;
  readonly by: Named | null;
  readonly reason: string;
}

/** A campaign with how far its plan has come. */
export interface CampaignAtHand {
  readonly id: string;
  readonly name: string;
  readonly type: string | null;
  readonly channel: string | null;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly owner: Named | null;
  readonly archived: boolean;
  /** Its own id and those of the campaigns merged into it. */
  readonly family: string[];
  /** Null: nothing is planned. */
  readonly state: PlanState | null;
  readonly launched: (Done & { readonly withoutIds: string[] }) | null;
  readonly ended: Done | null;
  readonly cancelled: Done | null;
}

const memberOf = (column: string): Sql =>
  sql`(SELECT json_build_object('id', m.id, 'name', m.name) FROM members m WHERE m.workspace_id = c.workspace_id AND m.id = ${sql.ref(column)})`;

/** Own id and merged ones of campaign `c`. */
export const familyOf = (alias: string): Sql =>
  sql`(ARRAY(SELECT o.id FROM campaigns o WHERE o.workspace_id = ${sql.ref(`${alias}.workspace_id`)} AND o.merged_into = ${sql.ref(`${alias}.id`)}) || ${sql.ref(`${alias}.id`)})`;

/** In the order of their ids. */
export async function familiesOf(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<{ id: string; family: string[] }[]> {
  const { rows } = await sql<{ id: string; family: string[] }>`SELECT c.id, ${familyOf('c')} AS family FROM campaigns c
    WHERE c.workspace_id = ${workspaceId}::uuid AND c.id = ANY(${[...ids]}::uuid[]) ORDER BY c.id`.execute(tx);
  return rows;
}

interface Row extends Omit<CampaignAtHand, 'launched' | 'ended' | 'cancelled'> {
  launchedAt: string | null;
  launchedBy: Named | null;
  launchReason: string | null;
  withoutIds: string[] | null;
  endedAt: string | null;
  endedBy: Named | null;
  endReason: string | null;
  cancelledAt: string | null;
  cancelledBy: Named | null;
  cancelReason: string | null;
}

/**
 * A merged campaign as its survivor.
 * @throws Problem not-found
 */
export async function getCampaign(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<CampaignAtHand> {
  const { rows } = await sql<Row>`
    SELECT c.id, c.name, c.type, c.channel, c.starts_on AS "startsOn", c.ends_on AS "endsOn", ${memberOf('c.owner_id')} AS owner,
      c.archived_at IS NOT NULL AS archived, ${familyOf('c')} AS family, p.state,
      p.launched_at AS "launchedAt", ${memberOf('p.launched_by')} AS "launchedBy", p.launch_reason AS "launchReason", p.launched_without AS "withoutIds",
      p.ended_at AS "endedAt", ${memberOf('p.ended_by')} AS "endedBy", p.end_reason AS "endReason",
      p.cancelled_at AS "cancelledAt", ${memberOf('p.cancelled_by')} AS "cancelledBy", p.cancel_reason AS "cancelReason"
    FROM campaigns o JOIN campaigns c ON c.workspace_id = o.workspace_id AND c.id = CASE WHEN o.merged_into IS NULL THEN o.id ELSE o.merged_into END
    LEFT JOIN campaign_plans p ON p.workspace_id = c.workspace_id AND p.campaign_id = c.id
    WHERE o.workspace_id = ${workspaceId}::uuid AND o.id = ${id}::uuid`.execute(tx);
  const [row] = rows;
  if (!row) throw notFound('campaign');
  const { id: campaignId, name, type, channel, startsOn, endsOn, owner, archived, family, state } = row;
  const launched = done(row.launchedAt, row.launchedBy, row.launchReason);
  return {
    ...{ id: campaignId, name, type, channel, startsOn, endsOn, owner, archived, family, state },
    launched: launched && { ...launched, withoutIds: row.withoutIds ?? [] },
    ended: done(row.endedAt, row.endedBy, row.endReason),
    cancelled: done(row.cancelledAt, row.cancelledBy, row.cancelReason),
  };
}

const done = (at: string | null, by: Named | null, reason: string | null): Done | null =>
  at === null ? null : { at, by, reason: reason ?? '' };

/** The same, held: nobody else moves the plan until this transaction ends. Without a plan the campaign itself is held. */
export async function holdCampaign(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<CampaignAtHand> {
  const { id: campaignId } = await getCampaign(tx, workspaceId, id);
  await sql`SELECT 1 FROM campaigns WHERE workspace_id = ${workspaceId}::uuid AND id = ${campaignId}::uuid FOR NO KEY UPDATE`.execute(tx);
  await sql`SELECT 1 FROM campaign_plans WHERE workspace_id = ${workspaceId}::uuid AND campaign_id = ${campaignId}::uuid FOR UPDATE`.execute(
    tx,
  );
  return getCampaign(tx, workspaceId, campaignId);
}
