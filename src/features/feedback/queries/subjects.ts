/** The real things feedback hangs on: whether they are here, on which page they stand, and who answers for them. */

import { sql } from 'kysely';
import type { FeedbackSubject } from '#engine/feedback/states.ts';
import { clauseSentencesOf } from '#features/handoff/queries/quality-clauses.ts';
import { touchTitle } from '#features/records/contract/wording.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { RecordKind, Towards } from '../contract/pieces.ts';

export interface Subject {
  readonly kind: FeedbackSubject;
  readonly id: string;
  readonly recordKind: RecordKind;
  readonly recordId: string;
  /** What it was, without anybody’s name. */
  readonly note: string;
  readonly clauses: readonly string[];
  readonly marketing: Named;
  readonly sales: Named;
}

/** Who of a side it is said to be; whether they are at work on that side is looked up by `responsibleFor`. */
interface Named {
  readonly memberId: string | null;
  readonly teamId?: string | null;
  /** Why it is theirs. */
  readonly why: string;
}

interface Row {
  recordKind: RecordKind;
  recordId: string;
  salesId: string | null;
  teamId?: string | null;
  marketingId: string | null;
  what?: string;
  direction?: string | null;
  onDay?: string;
  touchSide?: string;
  /** The side of whoever called a meeting. */
  callerSide?: string | null;
  versionId?: string;
  clauses?: string[];
}

/** @throws Problem not-found */
export async function getSubject(tx: Tx, workspaceId: WorkspaceId, kind: FeedbackSubject, id: string): Promise<Subject> {
  const { rows } = await sql<Row>`${rowOf[kind](workspaceId, id)}`.execute(tx);
  const row = rows[0];
  if (!row) throw notFound(nameOf[kind]);
  const sentences = row.versionId
    ? await clauseSentencesOf(
        tx,
        workspaceId,
        (row.clauses ?? []).map((path) => ({ versionId: row.versionId!, path })),
      )
    : () => '';
  return {
    kind,
    id,
    recordKind: row.recordKind,
    recordId: row.recordId,
    note: noteFor(kind, row),
    clauses: (row.clauses ?? []).map((path) => sentences({ versionId: row.versionId!, path })),
    marketing: { memberId: row.marketingId, why: whyFor(kind, row, 'marketing') },
    sales: { memberId: row.salesId, teamId: row.teamId ?? null, why: whyFor(kind, row, 'sales') },
  };
}

function noteFor(kind: FeedbackSubject, { what, direction, onDay }: Row): string {
  if (!onDay) return noteOf[kind];
  return `${what ? touchTitle(what, direction ?? null) : noteOf[kind]}, ${onDay}`;
}

function whyFor(kind: FeedbackSubject, { touchSide, callerSide }: Row, side: Towards): string {
  if (kind === 'touch' && side === 'sales' && touchSide !== 'sales') return 'has the lead';
  if (kind === 'touch' && side === 'marketing' && touchSide === 'marketing') return 'did it';
  return kind === 'meeting' && callerSide === side ? 'called it' : whyOf[kind][side];
}

const nameOf: Readonly<Record<FeedbackSubject, string>> = {
  lead: 'lead',
  rejection: 'rejection',
  campaign: 'campaign',
  asset: 'content',
  followUp: 'hand-off',
  touch: 'touch',
  meeting: 'meeting that runs or was held',
};
const noteOf: Readonly<Record<FeedbackSubject, string>> = {
  lead: 'Lead',
  rejection: 'Rejection',
  campaign: 'Campaign',
  asset: 'Content',
  followUp: 'Follow-up',
  touch: 'Touch',
  meeting: 'Meeting',
};
const whyOf: Readonly<Record<FeedbackSubject, { marketing: string; sales: string }>> = {
  lead: { marketing: 'owns the campaign it came from', sales: 'has the lead' },
  rejection: { marketing: 'is on the lead for marketing', sales: 'rejected it' },
  campaign: { marketing: 'owns the campaign', sales: 'works its leads' },
  asset: { marketing: 'owns the content', sales: 'owns the content' },
  followUp: { marketing: 'owns the campaign it came from', sales: 'has the lead' },
  touch: { marketing: 'owns the campaign', sales: 'did it' },
  meeting: { marketing: 'leads marketing in it', sales: 'leads sales in it' },
};

type RowQuery = (workspaceId: WorkspaceId, id: string) => ReturnType<typeof sql>;

/** The owner of a campaign, or of the one it was merged into. */
const campaignOwner = (campaignId: string) => sql`(SELECT s.owner_id FROM campaigns o
  JOIN campaigns s ON s.workspace_id = o.workspace_id AND s.id = CASE WHEN o.merged_into IS NULL THEN o.id ELSE o.merged_into END
  WHERE o.workspace_id = ${sql.ref(campaignId.replace(/\.\w+$/, '.workspace_id'))} AND o.id = ${sql.ref(campaignId)})`;

/**
 * Who answers for a side in a meeting: whoever called it or its series, else the head of that side among its people;
 * of several, one who came, and a manager before those who keep the workspace.
 */
const leadsIn = (side: Towards) => sql`CASE WHEN k.side = ${side} THEN k.id ELSE (
  SELECT p.id FROM meeting_attendees a JOIN members p ON p.workspace_id = a.workspace_id AND p.id = a.member_id
  WHERE a.workspace_id = m.workspace_id AND a.meeting_id = m.id AND p.active AND p.side = ${side} AND p.role IN ('manager', 'admin', 'owner')
  ORDER BY a.came_at IS NULL, p.role <> 'manager', p.name, p.id LIMIT 1) END`;

const rowOf: Readonly<Record<FeedbackSubject, RowQuery>> = {
  lead: (
    workspaceId,
    id,
  ) => sql`SELECT 'lead' AS "recordKind", l.id AS "recordId", l.owner_id AS "salesId", ${campaignOwner('l.campaign_id')} AS "marketingId"
    FROM leads l WHERE l.workspace_id = ${workspaceId}::uuid AND l.id = ${id}::uuid`,
  followUp: (
    workspaceId,
    id,
  ) => sql`SELECT 'lead' AS "recordKind", l.id AS "recordId", coalesce(h.owner_id, l.owner_id) AS "salesId", h.team_id AS "teamId",
      ${campaignOwner('l.campaign_id')} AS "marketingId"
    FROM handoffs h JOIN leads l ON l.workspace_id = h.workspace_id AND l.id = h.lead_id
    WHERE h.workspace_id = ${workspaceId}::uuid AND h.lead_id = ${id}::uuid`,
  rejection: (workspaceId, id) => sql`SELECT 'lead' AS "recordKind", r.lead_id AS "recordId", r.rejected_by AS "salesId",
      coalesce(r.marketer_id, ${campaignOwner('r.campaign_id')}) AS "marketingId", r.version_id AS "versionId", r.clauses
    FROM rejections r WHERE r.workspace_id = ${workspaceId}::uuid AND r.id = ${id}::uuid`,
  campaign: (
    workspaceId,
    id,
  ) => sql`SELECT 'campaign' AS "recordKind", c.id AS "recordId", NULL::uuid AS "salesId", ${campaignOwner('c.id')} AS "marketingId"
    FROM campaigns c WHERE c.workspace_id = ${workspaceId}::uuid AND c.id = ${id}::uuid`,
  asset: (workspaceId, id) => sql`SELECT 'asset' AS "recordKind", a.id AS "recordId", a.owner_id AS "salesId", a.owner_id AS "marketingId"
    FROM assets a WHERE a.workspace_id = ${workspaceId}::uuid AND a.id = ${id}::uuid`,
  // Who did it, for the side that did; for the other who has the lead, or owns the campaign.
  touch: (
    workspaceId,
    id,
  ) => sql`SELECT CASE WHEN t.lead_id IS NOT NULL THEN 'lead' WHEN t.deal_id IS NOT NULL THEN 'deal' WHEN t.contact_id IS NOT NULL THEN 'contact'
        WHEN t.account_id IS NOT NULL THEN 'account' ELSE 'campaign' END AS "recordKind",
      coalesce(t.lead_id, t.deal_id, t.contact_id, t.account_id, t.campaign_id) AS "recordId", t.kind AS what, t.direction, t.side AS "touchSide",
      to_char(t.occurred_at AT TIME ZONE w.time_zone, 'FMDD Mon YYYY') AS "onDay",
      CASE WHEN t.side = 'sales' THEN t.member_id ELSE (SELECT l.owner_id FROM leads l WHERE l.workspace_id = t.workspace_id AND l.id = t.lead_id) END AS "salesId",
      CASE WHEN t.side = 'marketing' AND t.member_id IS NOT NULL THEN t.member_id
        ELSE coalesce(${campaignOwner('t.campaign_id')}, (SELECT ${campaignOwner('l.campaign_id')} FROM leads l WHERE l.workspace_id = t.workspace_id AND l.id = t.lead_id)) END AS "marketingId"
    FROM touches t JOIN workspaces w ON w.id = t.workspace_id
    WHERE t.workspace_id = ${workspaceId}::uuid AND t.id = ${id}::uuid AND coalesce(t.lead_id, t.deal_id, t.contact_id, t.account_id, t.campaign_id) IS NOT NULL`,
  meeting: (workspaceId, id) => sql`SELECT 'meeting' AS "recordKind", m.id AS "recordId", k.side AS "callerSide",
      to_char(m.starts_at AT TIME ZONE w.time_zone, 'FMDD Mon YYYY') AS "onDay", ${leadsIn('sales')} AS "salesId", ${leadsIn('marketing')} AS "marketingId"
    FROM meetings m JOIN workspaces w ON w.id = m.workspace_id
    LEFT JOIN meeting_series s ON s.workspace_id = m.workspace_id AND s.id = m.series_id
    LEFT JOIN members k ON k.workspace_id = m.workspace_id AND k.id = CASE WHEN m.series_id IS NULL THEN m.made_by ELSE s.made_by END AND k.active
    WHERE m.workspace_id = ${workspaceId}::uuid AND m.id = ${id}::uuid AND m.status IN ('live', 'held')`,
};
