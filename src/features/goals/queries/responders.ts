/** The responses that a goal about responders counts: members of campaigns, by when they responded. */

import { sql } from 'kysely';
import type { z } from 'zod';
import { readPlace, writePlace } from '#features/handoff/queries/paging.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { respondersAnswer, respondersAsk } from '../contract/responders.ts';

type Answer = z.output<typeof respondersAnswer>;

/** The latest first. @throws Problem bad-input for a cursor that was made up */
export async function listResponders(tx: Tx, workspaceId: WorkspaceId, asked: z.output<typeof respondersAsk>): Promise<Answer> {
  const after = readPlace(asked.cursor);
  const conditions = sql`m.workspace_id = ${workspaceId}::uuid AND m.responded_at IS NOT NULL AND m.archived_at IS NULL
    AND m.responded_at >= ${asked.start}::date::timestamp AT TIME ZONE w.time_zone AND m.responded_at < (${asked.end}::date + 1)::timestamp AT TIME ZONE w.time_zone
    ${asked.campaignId === undefined ? sql`` : sql`AND m.campaign_id = ${asked.campaignId}::uuid`}`;
  const from = sql`campaign_members m JOIN workspaces w ON w.id = m.workspace_id`;
  const { rows } = await sql<Answer['items'][number]>`
    SELECT m.id, m.responded_at AS "respondedAt", m.status, m.lead_id AS "leadId", m.contact_id AS "contactId",
      coalesce(k.full_name, l.name, '(unknown)') AS name, json_build_object('id', c.id, 'name', c.name) AS campaign
    FROM ${from} JOIN campaigns c ON c.workspace_id = m.workspace_id AND c.id = m.campaign_id
    LEFT JOIN contacts k ON k.workspace_id = m.workspace_id AND k.id = m.contact_id
    LEFT JOIN leads l ON l.workspace_id = m.workspace_id AND l.id = m.lead_id
    WHERE ${conditions} ${after?.at ? sql`AND (m.responded_at, m.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
    ORDER BY m.responded_at DESC, m.id DESC LIMIT ${asked.limit + 1}`.execute(tx);
  const { rows: counted } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM ${from} WHERE ${conditions}`.execute(tx);
  const items = rows.slice(0, asked.limit);
  const last = rows.length > asked.limit ? items.at(-1) : undefined;
  return { items, next: last ? writePlace({ at: last.respondedAt, id: last.id }) : null, total: counted[0]!.count };
}
