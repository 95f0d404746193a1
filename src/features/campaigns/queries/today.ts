/** What campaigns want of somebody today. */

import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { CampaignToday } from '../contract/today.ts';
import { listFollowUp } from './follow-up.ts';
import { listRoleRows } from './role-rows.ts';
import { shownRoles } from './roles.ts';
import { seenBy } from './seen.ts';

const shownAtMost = 20;
const declinedDays = 14;
const responders = { of: 'me', days: 30, limit: 5 } as const;

export async function answerToday(tx: Tx, who: Who): Promise<CampaignToday> {
  const seen = await seenBy(tx, who);
  const roles = async (where: ReturnType<typeof sql>) =>
    shownRoles(
      tx,
      who,
      await listRoleRows(tx, who.workspaceId, where, sql`ORDER BY r.due_on, r.asked_at, r.id LIMIT ${shownAtMost}`),
      seen,
    );
  const mine = sql`r.member_id = ${who.memberId}::uuid`;
  const askedByMe = sql`r.asked_by = ${who.memberId}::uuid`;
  const accepted = await roles(sql`${mine} AND r.state = 'accepted' AND ${isRunning}`);
  const waiting = who.side === 'sales' ? await listFollowUp(tx, who, null, responders) : null;
  return {
    asked: await roles(sql`${mine} AND r.state = 'asked'`),
    owed: accepted.filter(({ evidence }) => evidence?.fulfilment === 'open'),
    briefs: await listBriefs(tx, who),
    responders: { items: waiting?.items ?? [], ...(waiting?.counts ?? { waiting: 0, waitingIsAtLeast: false }) },
    counterproposals: await roles(sql`${askedByMe} AND r.state = 'counterproposed'`),
    declined: await roles(sql`${askedByMe} AND r.state = 'declined' AND r.answered_at >= now() - make_interval(days => ${declinedDays})`),
  };
}

const isRunning = sql`NOT EXISTS (SELECT 1 FROM campaign_plans p WHERE p.workspace_id = r.workspace_id AND p.campaign_id = r.campaign_id AND p.state IN ('ended', 'cancelled'))`;

/** Briefs of campaigns in which the asker has an accepted part and has not acknowledged the version that counts. */
async function listBriefs(tx: Tx, who: Who): Promise<CampaignToday['briefs']> {
  const { rows } = await sql<CampaignToday['briefs'][number]>`
    SELECT json_build_object('id', c.id, 'name', c.name, 'startsOn', c.starts_on, 'endsOn', c.ends_on) AS campaign, v.number, v.published_at AS "publishedAt",
      (SELECT max(a.number) FROM brief_acknowledgements a WHERE a.workspace_id = c.workspace_id AND a.campaign_id = c.id AND a.member_id = ${who.memberId}::uuid) AS had
    FROM (SELECT DISTINCT r.campaign_id FROM campaign_roles r
      WHERE r.workspace_id = ${who.workspaceId}::uuid AND r.member_id = ${who.memberId}::uuid AND r.state = 'accepted') r
    JOIN campaigns c ON c.workspace_id = ${who.workspaceId}::uuid AND c.id = r.campaign_id
    JOIN campaign_plans p ON p.workspace_id = c.workspace_id AND p.campaign_id = c.id AND p.state IN ('briefed', 'launched')
    JOIN LATERAL (SELECT v.id, v.number, v.published_at FROM plan_versions v WHERE v.workspace_id = c.workspace_id AND v.campaign_id = c.id
      AND v.published_at IS NOT NULL ORDER BY v.number DESC LIMIT 1) v ON true
    WHERE NOT EXISTS (SELECT 1 FROM brief_acknowledgements a WHERE a.workspace_id = c.workspace_id AND a.version_id = v.id AND a.member_id = ${who.memberId}::uuid)
    ORDER BY v.published_at, c.id LIMIT ${shownAtMost}`.execute(tx);
  return rows;
}
