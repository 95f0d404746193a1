import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { hashToken } from '#platform/auth/tokens.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';

/** So long a link tells whose visit it is: a mail is forwarded in the end. */
const keptDays = 90;
/** The parameter that the script and hosted forms read. */
export const linkParameter = 'acc';

export interface LinkCall {
  readonly leadId: string;
  readonly campaignId: string | null;
  /** Where it leads: a page of the company, or a hosted form. */
  readonly url: string;
  readonly memberId: string | null;
}

/**
 * A link to one person: a visit that begins with it is that lead's, and counts to the campaign. Whoever it is passed on
 * to would be taken for the same person, so it is for mails to one, and it ends after 90 days.
 */
export async function makeTrackedLink(tx: Tx, workspaceId: WorkspaceId, call: LinkCall): Promise<{ url: string; expiresAt: string }> {
  const { rows: leads } = await sql<{
    contactId: string | null;
  }>`SELECT contact_id AS "contactId" FROM leads WHERE workspace_id = ${workspaceId}::uuid AND id = ${call.leadId}::uuid`.execute(tx);
  if (!leads[0]) throw notFound('lead');
  const { contactId } = leads[0];
  if (contactId === null) throw new Problem('conflict', 'This lead has no contact yet: a link tells whose visit it is by the contact.');
  if (call.campaignId !== null) {
    const { rows } = await sql`SELECT FROM campaigns WHERE workspace_id = ${workspaceId}::uuid AND id = ${call.campaignId}::uuid`.execute(
      tx,
    );
    if (rows.length === 0) throw notFound('campaign');
  }
  const token = randomBytes(20).toString('base64url');
  const { rows } = await sql<{
    expiresAt: string;
  }>`INSERT INTO tracking_links (workspace_id, id, token_hash, contact_id, lead_id, campaign_id, made_by, expires_at)
    VALUES (${workspaceId}::uuid, ${newId()}::uuid, ${hashToken(token)}, ${contactId}::uuid, ${call.leadId}::uuid, ${call.campaignId}::uuid, ${call.memberId}::uuid,
      now() + make_interval(days => ${keptDays})) RETURNING expires_at AS "expiresAt"`.execute(tx);
  const url = new URL(call.url);
  url.searchParams.set(linkParameter, token);
  return { url: url.href, expiresAt: rows[0]!.expiresAt };
}
