/** What is done day by day, and so can be lost again. */

import { sql } from 'kysely';
import { enough, type Evidence } from '#engine/rollout/evidence.ts';
import { listTookPart } from '#features/campaigns/queries/took-part.ts';
import type { Asking } from './evidence.ts';

/** Leads passed in the last three days may still be decided in time. */
export async function handoffEvidence({ tx, workspaceId }: Asking): Promise<Evidence['handoff']> {
  const { rows } = await sql<
    Evidence['handoff']
  >`SELECT count(*)::int AS passed, count(*) FILTER (WHERE decided_at IS NOT NULL)::int AS decided,
      EXISTS (SELECT 1 FROM routing_versions WHERE workspace_id = ${workspaceId}::uuid) AS routing
    FROM handoffs WHERE workspace_id = ${workspaceId}::uuid AND mql_at > now() - interval '31 days' AND mql_at <= now() - interval '3 days'`.execute(
    tx,
  );
  return rows[0]!;
}

/** A meeting counts as held where people of both sides came. */
export async function rhythmEvidence({ tx, workspaceId }: Asking): Promise<Evidence['rhythm']> {
  const { rows } = await sql<Evidence['rhythm']>`
    WITH latest AS (SELECT m.status = 'held' AND (SELECT count(DISTINCT p.side) FILTER (WHERE p.side <> 'leadership') = 2 FROM meeting_attendees a
        JOIN members p ON p.workspace_id = a.workspace_id AND p.id = a.member_id
        WHERE a.workspace_id = m.workspace_id AND a.meeting_id = m.id AND a.came_at IS NOT NULL) AS held
      FROM meetings m WHERE m.workspace_id = ${workspaceId}::uuid AND m.purpose = 'weekly' AND m.status <> 'cancelled'
        AND m.starts_at + make_interval(mins => m.minutes) < now() ORDER BY m.starts_at DESC LIMIT ${enough.rhythm.due})
    SELECT count(*)::int AS due, count(*) FILTER (WHERE held)::int AS held,
      EXISTS (SELECT 1 FROM meeting_series WHERE workspace_id = ${workspaceId}::uuid AND purpose = 'weekly' AND ended_at IS NULL) AS weekly FROM latest`.execute(
    tx,
  );
  return rows[0]!;
}

/** Anonymous feedback is of no side here: it must not be known. */
export async function criticismEvidence({ tx, workspaceId, ground }: Asking): Promise<Evidence['criticism']> {
  const { rows } = await sql<{ gave: ('marketing' | 'sales')[]; due: number; inTime: number }>`
    SELECT coalesce(array_agg(DISTINCT from_side) FILTER (WHERE from_side <> 'leadership' AND given_on > ${ground.today}::date - 60), '{}') AS gave,
      count(*) FILTER (WHERE tone = 'criticism' AND due_at BETWEEN now() - interval '60 days' AND now())::int AS due,
      count(*) FILTER (WHERE tone = 'criticism' AND due_at BETWEEN now() - interval '60 days' AND now() AND answered_in_time)::int AS "inTime"
    FROM feedback WHERE workspace_id = ${workspaceId}::uuid AND state <> 'withdrawn'`.execute(tx);
  return rows[0]!;
}

/** More than these are not looked at: one is enough. */
const latestCampaigns = 20;

export async function campaignEvidence({ tx, workspaceId, ground }: Asking): Promise<Evidence['campaigns']> {
  const { rows: launched } = await sql<{ id: string; parts: string[] }>`SELECT p.campaign_id AS id,
      array(SELECT r.member_id FROM campaign_roles r JOIN members m ON m.workspace_id = r.workspace_id AND m.id = r.member_id
        WHERE r.workspace_id = p.workspace_id AND r.campaign_id = p.campaign_id AND r.state = 'accepted' AND m.side = 'sales') AS parts
    FROM campaign_plans p WHERE p.workspace_id = ${workspaceId}::uuid AND p.state IN ('launched', 'ended')
    ORDER BY p.launched_at DESC NULLS LAST, p.campaign_id LIMIT ${latestCampaigns}`.execute(tx);
  const together = launched.filter(({ parts }) => parts.length > 0);
  const took = await listTookPart(
    tx,
    workspaceId,
    ground.timeZone,
    together.map(({ id }) => ({ id, family: [id] })),
  );
  const acted = took.filter(({ campaignId, memberId }) => together.some(({ id, parts }) => id === campaignId && parts.includes(memberId)));
  return {
    launched: launched.length,
    accepted: together.reduce((sum, { parts }) => sum + parts.length, 0),
    acted: new Set(acted.map(({ memberId }) => memberId)).size,
  };
}
