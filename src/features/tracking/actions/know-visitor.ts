/** Whose a visitor is: what is known, and where it would be a guess. */

import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { findLead } from '../queries/person.ts';
import type { Known, Visitor } from './join-visits.ts';

/** The cookies seen today behind a cookieless visitor. More than one: several people behind one address. */
async function cookiesBehind(tx: Tx, workspaceId: WorkspaceId, { siteId, dayVisitor }: Visitor): Promise<Buffer[]> {
  if (!dayVisitor) return [];
  const { rows } = await sql<{ visitor: Buffer }>`SELECT DISTINCT visitor FROM tracking_events WHERE workspace_id = ${workspaceId}::uuid
    AND site_id = ${siteId}::uuid AND day_visitor = ${dayVisitor} AND visitor IS NOT NULL LIMIT 2`.execute(tx);
  return rows.map(({ visitor }) => visitor);
}

/**
 * The visitor with the cookie that goes with its day, where that is certain. Null where the day's hash stands for
 * several browsers with cookies of their own: which of them it was can't be told.
 */
export async function certainVisitor(tx: Tx, workspaceId: WorkspaceId, visitor: Visitor): Promise<Visitor | null> {
  const cookies = await cookiesBehind(tx, workspaceId, visitor);
  if (visitor.visitor) return cookies.length > 1 ? { ...visitor, dayVisitor: null } : visitor;
  return cookies.length > 1 ? null : { ...visitor, visitor: cookies[0] ?? null };
}

/** From now on this visitor is that contact; of a day's hash for as long as the day's salt exists. */
export async function knowVisitor(
  tx: Tx,
  workspaceId: WorkspaceId,
  visitor: Visitor,
  known: Known,
  knownBy: 'form' | 'link' | 'identity',
): Promise<void> {
  for (const [hash, isCookie] of [
    [visitor.visitor, true],
    [visitor.dayVisitor, false],
  ] as const)
    if (hash)
      await sql`INSERT INTO tracking_known (workspace_id, id, site_id, visitor, cookie, contact_id, lead_id, known_by, known_at)
        VALUES (${workspaceId}::uuid, ${newId()}::uuid, ${visitor.siteId}::uuid, ${hash}, ${isCookie}, ${known.contactId}::uuid, ${known.leadId}::uuid, ${knownBy}, now())
        ON CONFLICT (workspace_id, site_id, visitor, contact_id) DO UPDATE SET lead_id = excluded.lead_id, known_at = excluded.known_at, known_by = excluded.known_by`.execute(
        tx,
      );
}

/**
 * Who a visitor is. A cookie is whoever said so last; a day's hash that stands for two people is nobody.
 * The lead is the person's open one; without one a visit is the contact's alone.
 */
export async function whoIs(tx: Tx, workspaceId: WorkspaceId, visitor: Visitor): Promise<(Known & { by: 'cookie' | 'day' }) | null> {
  const { rows } = await sql<{
    contactId: string;
    cookie: boolean;
  }>`SELECT coalesce(c.merged_into, c.id) AS "contactId", k.cookie FROM tracking_known k
    JOIN contacts c ON c.workspace_id = k.workspace_id AND c.id = k.contact_id
    WHERE k.workspace_id = ${workspaceId}::uuid AND k.site_id = ${visitor.siteId}::uuid AND k.visitor IN (${visitor.visitor}, ${visitor.dayVisitor})
    ORDER BY k.cookie DESC, k.known_at DESC`.execute(tx);
  const byCookie = rows.find(({ cookie }) => cookie);
  const people = new Set(rows.map(({ contactId }) => contactId));
  const contactId = byCookie?.contactId ?? (people.size === 1 ? rows[0]!.contactId : null);
  if (contactId === null) return null;
  return { contactId, leadId: await openLeadOf(tx, workspaceId, contactId), by: byCookie ? 'cookie' : 'day' };
}

export async function openLeadOf(tx: Tx, workspaceId: WorkspaceId, contactId: string): Promise<string | null> {
  const lead = await findLead(tx, workspaceId, contactId, null);
  return lead?.open ? lead.id : null;
}
