/** Events one by one, while they are kept, and the visits that became touches. */

import { sql } from 'kysely';
import type { z } from 'zod';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { eventsAsk, TrackedEvent, visitList, visitsAsk } from '../contract/arrivals.ts';
import { beforeCursor, pageOf } from './cursor.ts';

export async function listEvents(tx: Tx, workspaceId: WorkspaceId, ask: z.output<typeof eventsAsk>) {
  const conditions = [
    beforeCursor(ask.cursor, sql`e.received_at`, sql`e.id`),
    ...(ask.siteId ? [sql`e.site_id = ${ask.siteId}::uuid`] : []),
    ...(ask.channel === undefined ? [] : [sql`e.channel = ${ask.channel}`]),
    ...(ask.visitId ? [sql`e.visit_id = ${ask.visitId}::uuid`] : []),
    ...(ask.from ? [sql`e.received_at >= (${ask.from}::date::timestamp AT TIME ZONE 'UTC')`] : []),
    ...(ask.to ? [sql`e.received_at < ((${ask.to}::date + 1)::timestamp AT TIME ZONE 'UTC')`] : []),
  ];
  const { rows } =
    await sql<TrackedEvent>`SELECT e.id, e.received_at AS at, jsonb_build_object('id', s.id, 'name', s.name) AS site, e.path, e.entry, e.channel, e.source, e.medium,
      e.campaign, e.referrer_host || coalesce(e.referrer_path, '') AS referrer, e.click_kind AS click,
      CASE WHEN e.visitor IS NOT NULL THEN 'cookie' WHEN e.day_visitor IS NOT NULL THEN 'day' ELSE 'none' END AS visitor,
      CASE WHEN l.id IS NOT NULL THEN jsonb_build_object('id', l.id, 'name', coalesce(l.name, l.company, l.email, 'Without a name')) END AS lead
    FROM tracking_events e
    JOIN tracking_sites s ON s.workspace_id = e.workspace_id AND s.id = e.site_id
    LEFT JOIN tracking_visits v ON v.workspace_id = e.workspace_id AND v.id = e.visit_id
    LEFT JOIN leads l ON l.workspace_id = e.workspace_id AND l.id = v.lead_id
    WHERE e.workspace_id = ${workspaceId}::uuid AND ${sql.join(conditions, sql` AND `)}
    ORDER BY e.received_at DESC, e.id DESC LIMIT ${ask.limit + 1}`.execute(tx);
  return pageOf(rows, ask.limit, ({ at }) => at);
}

type Visits = z.output<typeof visitList>;

/** The newest 200 visits of a lead, or of a contact in all its cycles. */
export async function listVisits(tx: Tx, workspaceId: WorkspaceId, ask: z.output<typeof visitsAsk>): Promise<Visits> {
  const { rows } = await sql<
    Visits['items'][number]
  >`SELECT v.id, v.touch_id AS "touchId", jsonb_build_object('id', s.id, 'name', s.name) AS site, v.started_at AS "startedAt",
      v.last_at AS "lastAt", v.pages, v.channel, v.source, v.medium, v.campaign, '/tracking/events?visitId=' || v.id AS "eventsUrl"
    FROM tracking_visits v JOIN tracking_sites s ON s.workspace_id = v.workspace_id AND s.id = v.site_id
    WHERE v.workspace_id = ${workspaceId}::uuid AND ${ask.leadId ? sql`v.lead_id = ${ask.leadId}::uuid` : sql`v.contact_id = ${ask.contactId}::uuid`}
    ORDER BY v.started_at DESC, v.id DESC LIMIT 200`.execute(tx);
  return { items: rows };
}
