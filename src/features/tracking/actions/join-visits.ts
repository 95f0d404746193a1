/** Visits of somebody who is known now become touches of theirs. */

import { sql } from 'kysely';
import { visitChannel } from '#engine/tracking/channel.ts';
import { groupVisits, type PageView } from '#engine/tracking/visits.ts';
import { recordTouch } from '#features/records/actions/record-touch.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { findCampaign } from '../queries/person.ts';

export interface Visitor {
  readonly siteId: string;
  readonly dayVisitor: Buffer | null;
  readonly visitor: Buffer | null;
}

export interface Known {
  readonly contactId: string;
  readonly leadId: string | null;
}

export interface View extends PageView {
  readonly path: string;
  readonly term: string | null;
  readonly content: string | null;
  readonly clickKind: string | null;
}

/** Views a join takes: years of an eager visitor. */
const mostViews = 5_000;

/** Page views of a visitor that are no visit of anybody yet, oldest first. */
export async function unjoinedViews(tx: Tx, workspaceId: WorkspaceId, visitor: Visitor): Promise<View[]> {
  const { rows } = await sql<
    Omit<View, 'at'> & { occurredAt: string }
  >`SELECT id, occurred_at AS "occurredAt", entry, path, source, medium, campaign, term, content,
      click_kind AS "clickKind", click_id AS "clickId"
    FROM tracking_events WHERE workspace_id = ${workspaceId}::uuid AND site_id = ${visitor.siteId}::uuid AND visit_id IS NULL
      AND (day_visitor = ${visitor.dayVisitor} OR visitor = ${visitor.visitor})
    ORDER BY occurred_at, id LIMIT ${mostViews}`.execute(tx);
  return rows.map(({ occurredAt, ...view }) => ({ ...view, at: Date.parse(occurredAt) }));
}

/**
 * @param campaignId of a tracked link that led here: that of its visit
 * @returns how many touches were recorded
 */
export async function joinVisits(
  tx: Tx,
  workspaceId: WorkspaceId,
  siteId: string,
  views: readonly View[],
  known: Known,
  campaignId: string | null = null,
): Promise<number> {
  if (views.length === 0) return 0;
  const last = await lastVisit(tx, workspaceId, siteId, known.contactId, views[0]!.at);
  const { continuing, visits } = groupVisits(views, last ?? undefined);
  if (last && continuing.length > 0) await continueVisit(tx, workspaceId, last.id, continuing);
  for (const visit of visits) await recordVisit(tx, workspaceId, siteId, visit, known, campaignId);
  return visits.length;
}

interface LastVisit {
  id: string;
  lastAt: number;
  source: string | null;
  medium: string | null;
  campaign: string | null;
  clickId: string | null;
}

async function lastVisit(tx: Tx, workspaceId: WorkspaceId, siteId: string, contactId: string, before: number): Promise<LastVisit | null> {
  const { rows } = await sql<Omit<LastVisit, 'lastAt'> & { last: string }>`SELECT v.id, v.last_at AS last, v.source, v.medium, v.campaign,
      (SELECT e.click_id FROM tracking_events e WHERE e.workspace_id = v.workspace_id AND e.visit_id = v.id ORDER BY e.occurred_at LIMIT 1) AS "clickId"
    FROM tracking_visits v WHERE v.workspace_id = ${workspaceId}::uuid AND v.contact_id = ${contactId}::uuid AND v.site_id = ${siteId}::uuid
      AND v.started_at <= ${new Date(before).toISOString()}::timestamptz ORDER BY v.started_at DESC, v.id DESC LIMIT 1`.execute(tx);
  const found = rows[0];
  return found ? { ...found, lastAt: Date.parse(found.last) } : null;
}

async function continueVisit(tx: Tx, workspaceId: WorkspaceId, visitId: string, views: readonly View[]): Promise<void> {
  const lastAt = new Date(Math.max(...views.map(({ at }) => at))).toISOString();
  await sql`UPDATE tracking_visits SET last_at = greatest(last_at, ${lastAt}::timestamptz), pages = pages + ${views.length}
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${visitId}::uuid`.execute(tx);
  await markJoined(tx, workspaceId, visitId, views);
}

async function recordVisit(
  tx: Tx,
  workspaceId: WorkspaceId,
  siteId: string,
  views: readonly View[],
  known: Known,
  linkCampaignId: string | null,
): Promise<void> {
  const first = views[0]!;
  const { published, kind } = visitChannel(first, []);
  const campaignId = linkCampaignId ?? (await findCampaign(tx, workspaceId, first.campaign));
  const startedAt = new Date(first.at).toISOString();
  const touch = await recordTouch(
    tx,
    workspaceId,
    {
      occurredAt: startedAt,
      side: 'customer',
      kind,
      direction: 'in',
      channel: published,
      subject: first.path,
      campaignId,
      contactId: known.contactId,
      ...(known.leadId === null ? {} : { leadId: known.leadId }),
    },
    null,
    ownOf(first),
  );
  const visitId = newId();
  const lastAt = new Date(views.at(-1)!.at).toISOString();
  await sql`INSERT INTO tracking_visits (workspace_id, id, site_id, contact_id, lead_id, touch_id, campaign_id, channel, source, medium, campaign, click_kind, started_at, last_at, pages)
    VALUES (${workspaceId}::uuid, ${visitId}::uuid, ${siteId}::uuid, ${known.contactId}::uuid, ${known.leadId}::uuid, ${touch.id}::uuid, ${campaignId}::uuid, ${published},
      ${first.source}, ${first.medium}, ${first.campaign}, ${first.clickKind}, ${startedAt}::timestamptz, ${lastAt}::timestamptz, ${views.length})`.execute(
    tx,
  );
  await markJoined(tx, workspaceId, visitId, views);
}

/** What attribution reads of a touch beside its fields, under the names that sources give it. */
function ownOf(view: View): Record<string, string> {
  const { source, medium, campaign, term, content, clickKind } = view;
  const stated = { source, medium, utm_campaign: campaign, term, content, click: clickKind };
  return Object.fromEntries(Object.entries(stated).filter((pair): pair is [string, string] => pair[1] !== null));
}

async function markJoined(tx: Tx, workspaceId: WorkspaceId, visitId: string, views: readonly View[]): Promise<void> {
  await sql`UPDATE tracking_events SET visit_id = ${visitId}::uuid WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${views.map(({ id }) => id)}::uuid[])`.execute(
    tx,
  );
}
