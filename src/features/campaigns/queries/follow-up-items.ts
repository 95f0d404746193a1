/** Responders as they are listed: who they are, who has them, how long they have waited, and what can be done. */

import { sql } from 'kysely';
import { loadCalendars, workingTimes } from '#features/agreement/queries/calendars.ts';
import { takeableLeads } from '#features/handoff/queries/takeable.ts';
import { contactName, leadName, namesOf } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { FollowUpItem } from '../contract/follow-up.ts';
import type { NamedCampaign } from '../contract/pieces.ts';

export interface Responder {
  readonly id: string;
  readonly campaignId: string;
  readonly leadId: string | null;
  readonly contactId: string | null;
  readonly respondedAt: string;
  readonly response: string | null;
  readonly ownerId: string | null;
}

/** In the order given. */
export async function shownResponders(tx: Tx, who: Who, responders: readonly Responder[]): Promise<FollowUpItem[]> {
  if (responders.length === 0) return [];
  const details = await detailsOf(tx, who.workspaceId, responders);
  const owners = [...new Set(responders.flatMap(({ ownerId }) => ownerId ?? []))];
  const names = await namesOf(tx, who.workspaceId, { member: owners });
  const times = workingTimes(await loadCalendars(tx, who.workspaceId, owners));
  const takeable = await takeableLeads(
    tx,
    who,
    responders.flatMap(({ leadId }) => leadId ?? []),
  );
  const now = Date.now();
  return responders.flatMap((responder) => {
    const { id, leadId, contactId, respondedAt, response, ownerId } = responder;
    const detail = details.get(id);
    if (!detail) return [];
    const { campaign, name, company, title, email, phone, respondedTo } = detail;
    const handoff = leadId === null ? undefined : takeable.get(leadId);
    const since = Date.parse(respondedAt);
    return [
      {
        ...{ id, campaign, respondedAt, response, respondedTo },
        person: { leadId, contactId, name: name ?? '', company, title, email, phone },
        owner: ownerId === null ? null : (names.get(`member ${ownerId}`) ?? null),
        waiting: {
          workingMinutes: Math.max(0, Math.floor(times.of(ownerId).elapsed(since, now) / 60_000)),
          wallMinutes: Math.max(0, Math.floor((now - since) / 60_000)),
        },
        handoff: handoff ? { state: handoff.state, version: handoff.version } : null,
        can: handoff ? handoff.can : null,
      },
    ];
  });
}

interface Detail {
  readonly id: string;
  readonly campaign: NamedCampaign;
  readonly name: string | null;
  readonly company: string | null;
  readonly title: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly respondedTo: FollowUpItem['respondedTo'];
}

/** Before a response so many days are looked through for what it was to. */
const lookBackDays = 60;

async function detailsOf(tx: Tx, workspaceId: WorkspaceId, responders: readonly Responder[]): Promise<Map<string, Detail>> {
  const column = <K extends keyof Responder>(key: K) => responders.map((each) => each[key]);
  const act = (of: 'lead_id' | 'contact_id', id: 'lead_id' | 'contact_id') => sql`SELECT t.kind, t.subject, t.occurred_at FROM touches t
    WHERE t.workspace_id = ${workspaceId}::uuid AND ${sql.ref(`t.${of}`)} = ${sql.ref(`r.${id}`)} AND t.side = 'customer' AND t.automated IS NOT TRUE AND t.voided_by IS NULL
      AND t.occurred_at <= r.responded_at + interval '1 minute' AND t.occurred_at >= r.responded_at - make_interval(days => ${lookBackDays})`;
  const { rows } = await sql<Detail>`
    SELECT r.id, json_build_object('id', k.id, 'name', k.name, 'startsOn', k.starts_on, 'endsOn', k.ends_on) AS campaign,
      coalesce(${contactName('c')}, ${leadName('l')}) AS name, coalesce(l.company, a.name) AS company, coalesce(l.title, c.title) AS title,
      coalesce(l.email, c.email) AS email, coalesce(l.phone, c.phone) AS phone,
      (SELECT json_build_object('kind', t.kind, 'subject', t.subject, 'at', to_char(t.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
        FROM (${act('lead_id', 'lead_id')} UNION ALL ${act('contact_id', 'contact_id')}) t ORDER BY t.occurred_at DESC LIMIT 1) AS "respondedTo"
    FROM unnest(${column('id')}::uuid[], ${column('campaignId')}::uuid[], ${column('leadId')}::uuid[], ${column('contactId')}::uuid[], ${column('respondedAt')}::timestamptz[])
      r(id, campaign_id, lead_id, contact_id, responded_at)
    JOIN campaigns g ON g.workspace_id = ${workspaceId}::uuid AND g.id = r.campaign_id
    JOIN campaigns k ON k.workspace_id = ${workspaceId}::uuid AND k.id = CASE WHEN g.merged_into IS NULL THEN g.id ELSE g.merged_into END
    LEFT JOIN leads l ON l.workspace_id = ${workspaceId}::uuid AND l.id = r.lead_id
    LEFT JOIN contacts c ON c.workspace_id = ${workspaceId}::uuid AND c.id = r.contact_id
    LEFT JOIN accounts a ON a.workspace_id = ${workspaceId}::uuid AND a.id = coalesce(l.account_id, c.account_id)`.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
}
