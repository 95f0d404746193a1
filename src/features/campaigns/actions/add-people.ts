import { sql } from 'kysely';
import type { z } from 'zod';
import { recordFields } from '#features/records/actions/record-fields.ts';
import type { Tx } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { newPeople } from '../contract/people.ts';
import { getCampaign } from '../queries/campaign-at-hand.ts';

/**
 * Puts leads and contacts on a campaign's list, each once: who is on it already stays as it is.
 * @returns how many were added
 * @throws Problem not-found, bad-input (a lead or contact that is not there), conflict (archived)
 */
export async function addPeople(
  tx: Tx,
  who: Who,
  campaignId: string,
  given: z.output<typeof newPeople>,
): Promise<{ added: number; already: number }> {
  const campaign = await getCampaign(tx, who.workspaceId, campaignId);
  if (campaign.archived) throw new Problem('conflict', 'The campaign is archived: restore it first.');
  const people = await peopleOf(tx, who, given);
  const fresh = await notOnList(tx, who, campaign.family, people);
  const { rows } = await sql<{ now: string }>`SELECT now() AS now`.execute(tx);
  for (const { contactId, leadId } of fresh)
    await recordFields(tx, who.workspaceId, {
      kind: 'campaignMember',
      sets: {
        campaignId: campaign.id,
        ...(contactId ? { contactId } : {}),
        ...(leadId ? { leadId } : {}),
        status: given.status,
        joinedAt: rows[0]!.now,
      },
      memberId: who.memberId,
    });
  return { added: fresh.length, already: people.length - fresh.length };
}

interface Someone {
  readonly contactId: string | null;
  readonly leadId: string | null;
}

async function peopleOf(tx: Tx, who: Who, { leadIds, contactIds }: z.output<typeof newPeople>): Promise<Someone[]> {
  const { rows } = await sql<Someone & { kind: string }>`
    SELECT 'lead' AS kind, l.id AS "leadId", l.contact_id AS "contactId" FROM leads l WHERE l.workspace_id = ${who.workspaceId}::uuid AND l.id = ANY(${leadIds}::uuid[])
    UNION ALL SELECT 'contact', NULL, c.id FROM contacts c WHERE c.workspace_id = ${who.workspaceId}::uuid AND c.id = ANY(${contactIds}::uuid[])`.execute(
    tx,
  );
  const known = new Set(rows.map(({ kind, leadId, contactId }) => (kind === 'lead' ? leadId : contactId)));
  const missing = (ids: readonly string[], field: string) =>
    ids.flatMap((id, at) => (known.has(id) ? [] : [{ at: `${field}.${at}`, reason: 'is not here' }]));
  const fields = [...missing(leadIds, 'leadIds'), ...missing(contactIds, 'contactIds')];
  if (fields.length > 0) throw new Problem('bad-input', `${fields[0]!.at} is not here.`, { fields: fields.slice(0, 50) });
  return rows;
}

async function notOnList(tx: Tx, who: Who, family: readonly string[], people: readonly Someone[]): Promise<Someone[]> {
  const leads = people.flatMap(({ leadId }) => leadId ?? []);
  const contacts = people.flatMap(({ contactId }) => contactId ?? []);
  const listed = sql`FROM campaign_members m WHERE m.workspace_id = ${who.workspaceId}::uuid AND m.campaign_id = ANY(${family}::uuid[]) AND m.archived_at IS NULL`;
  const { rows } = await sql<{ id: string }>`SELECT m.lead_id AS id ${listed} AND m.lead_id = ANY(${leads}::uuid[])
    UNION ALL SELECT m.contact_id ${listed} AND m.contact_id = ANY(${contacts}::uuid[])`.execute(tx);
  const on = new Set(rows.map(({ id }) => id));
  const taken = new Set<string>();
  return people.filter(({ leadId, contactId }) => {
    const keys = [leadId, contactId].filter((id) => id !== null);
    if (keys.some((id) => on.has(id) || taken.has(id))) return false;
    for (const id of keys) taken.add(id);
    return true;
  });
}
