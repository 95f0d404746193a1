/** Responders whom nobody has tried to reach since, the longest waiting first. */

import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { evidenceBy } from '#engine/campaigns/evidence.ts';
import { type Place, readPlace, writePlace } from '#features/handoff/queries/paging.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { followUpAsk, FollowUpPage } from '../contract/follow-up.ts';
import { getCampaign } from './campaign-at-hand.ts';
import { isWritten } from './evidence-sql.ts';
import { type Responder, shownResponders } from './follow-up-items.ts';
import { knownAutomatic } from './known-automatic.ts';

type Sql = RawBuilder<unknown>;
type Asked = z.output<typeof followUpAsk>;

/** So many responders are looked through for one page: where nearly all were followed up it ends early, and goes on from there. */
const examinedAtOnce = 20_000;
const mostCounted = 1_000;

/** @param campaignId of one campaign; else of all. @throws Problem not-found, bad-input (a cursor that was made up) */
export async function listFollowUp(tx: Tx, who: Who, campaignId: string | null, asked: Asked): Promise<FollowUpPage> {
  const family = campaignId === null ? null : (await getCampaign(tx, who.workspaceId, campaignId)).family;
  const found = await findWaiting(tx, who, family, asked, readPlace(asked.cursor));
  const shown = found.waiting.slice(0, asked.limit);
  const last = shown.at(-1);
  const next = found.waiting.length > shown.length && last ? { at: last.respondedAt, id: last.id } : found.goesOn;
  return {
    items: await shownResponders(tx, who, shown),
    next: next && writePlace(next),
    counts: {
      waiting: Math.min(found.waiting.length, mostCounted),
      waitingIsAtLeast: found.waiting.length > mostCounted || found.goesOn !== null,
    },
  };
}

interface Found {
  readonly waiting: Responder[];
  /** Where looking ended, if not at the end of all. */
  readonly goesOn: Place | null;
}

async function findWaiting(tx: Tx, who: Who, family: readonly string[] | null, asked: Asked, after: Place | null): Promise<Found> {
  const { workspaceId } = who;
  const rest = after ? sql`AND (m.responded_at, m.id) > (${after.at}::timestamptz, ${after.id}::uuid)` : sql``;
  const ofCampaign =
    family === null
      ? sql``
      : family.length === 1
        ? sql`AND m.campaign_id = ${family[0]!}::uuid`
        : sql`AND m.campaign_id = ANY(${family}::uuid[])`;
  const examined = sql`SELECT m.* FROM campaign_members m WHERE m.workspace_id = ${workspaceId}::uuid AND m.archived_at IS NULL AND m.responded_at IS NOT NULL
    AND m.responded_at >= now() - make_interval(days => ${asked.days}) AND m.responded_at <= now() ${ofCampaign} ${rest}
    ORDER BY m.responded_at, m.id LIMIT ${examinedAtOnce}`;
  const automatic = await knownAutomatic(tx, workspaceId, asked.days);
  const { rows } = await sql<Responder & { examined: number; lastAt: string; lastId: string }>`
    WITH e AS MATERIALIZED (${examined}), bounds AS (SELECT count(*)::int AS examined, (array_agg(id ORDER BY responded_at DESC, id DESC))[1] AS last_id, max(responded_at) AS last_at FROM e)
    SELECT w.*, b.examined, b.last_at AS "lastAt", b.last_id AS "lastId" FROM bounds b LEFT JOIN LATERAL (${waitingOf(workspaceId, who.memberId, asked.of, automatic)}) w ON true
    ORDER BY w."respondedAt", w.id`.execute(tx);
  const { examined: count, lastAt, lastId } = rows[0]!;
  return {
    waiting: rows.filter(({ id }) => id !== null),
    goesOn: count === examinedAtOnce ? { at: lastAt, id: lastId } : null,
  };
}

/** CASE, since PostgreSQL takes coalesce for something that might leak, and then uses no index. */
const contactOf = sql`CASE WHEN e.contact_id IS NULL THEN l.contact_id ELSE e.contact_id END`;

/** Of the examined `e` those that nobody followed up, of one owner where it is asked. */
const waitingOf = (workspaceId: WorkspaceId, memberId: string, of: Asked['of'], automatic: readonly string[]): Sql => sql`
  SELECT e.id, e.campaign_id AS "campaignId", e.lead_id AS "leadId", coalesce(e.contact_id, l.contact_id) AS "contactId",
    e.responded_at AS "respondedAt", e.status AS response, o.owner_id AS "ownerId"
  FROM e
  LEFT JOIN leads l ON l.workspace_id = ${workspaceId}::uuid AND l.id = e.lead_id
  LEFT JOIN handoffs h ON h.workspace_id = ${workspaceId}::uuid AND h.lead_id = e.lead_id
  LEFT JOIN contacts c ON c.workspace_id = ${workspaceId}::uuid AND c.id = ${contactOf}
  CROSS JOIN LATERAL (SELECT CASE WHEN h.lead_id IS NOT NULL THEN h.owner_id ELSE coalesce(l.qualifier_id, l.owner_id, c.owner_id) END AS owner_id) o
  WHERE ${ownedBy(memberId, of)} AND l.archived_at IS NULL AND c.archived_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM touches t WHERE t.lead_id = e.lead_id AND ${isAttempt(workspaceId, automatic)})
    AND NOT EXISTS (SELECT 1 FROM touches t WHERE t.contact_id = ${contactOf} AND ${isAttempt(workspaceId, automatic)})
  ORDER BY e.responded_at, e.id LIMIT ${mostCounted + 1}`;

function ownedBy(memberId: string, of: Asked['of']): Sql {
  if (of === 'all') return sql`true`;
  if (of === 'nobody') return sql`o.owner_id IS NULL`;
  return sql`o.owner_id = ${of === 'me' ? memberId : of}::uuid`;
}

/** Whether touch `t` tries to reach responder `e` after the response: what counts for the part “followUp”. */
function isAttempt(workspaceId: WorkspaceId, automatic: readonly string[]): Sql {
  const kinds = evidenceBy.followUp!.kinds.map((kind) => sql.lit(kind));
  return sql`t.workspace_id = ${workspaceId}::uuid AND t.occurred_at > e.responded_at AND t.side = 'sales' AND t.automated IS NOT TRUE AND t.voided_by IS NULL
    AND t.member_id IS NOT NULL AND t.direction IS DISTINCT FROM 'in' AND t.kind IN (${sql.join(kinds)}) AND ${isWritten(automatic)}`;
}
