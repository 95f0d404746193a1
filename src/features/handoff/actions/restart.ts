import type { z } from 'zod';
import { reopenLead } from '#features/records/actions/edit-records.ts';
import { giveOwners } from '#features/records/actions/lead-owners.ts';
import { recordFields } from '#features/records/actions/record-fields.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { restart } from '../contract.ts';
import { findRep } from '../queries/reps.ts';
import { followLeads } from './follow-leads.ts';
import { recordRoutings } from './record-routings.ts';
import { routeLead } from './route-lead.ts';
import { takeLead, type TakenLead } from './take-lead.ts';

/**
 * A recycled lead comes back: a new cycle, passed to sales and routed like any other. While routing is off it goes
 * to the rep of the earlier cycle, if still at work.
 * @returns the new cycle's id
 */
export async function restartLead(tx: Tx, who: Who, leadId: string, { reason }: z.output<typeof restart>): Promise<string> {
  const lead = await takeLead(tx, who, 'restart', { leadId });
  const { id } = await reopenLead(tx, who.workspaceId, { leadId, memberId: who.memberId, occurredAt: lead.at });
  await recordFields(tx, who.workspaceId, {
    kind: 'lead',
    id,
    sets: { mqlAt: lead.at },
    memberId: who.memberId,
    occurredAt: lead.at,
    factKind: 'lead.qualified',
    body: reason ? { note: reason } : undefined,
    followed: true,
  });
  const routed = await routeLead(tx, who.workspaceId, id, { kind: 'restarted', at: lead.at, by: who.memberId });
  if (!routed) await giveBack(tx, who, lead, id);
  await followLeads(tx, who.workspaceId, [leadId, id]);
  return id;
}

async function giveBack(tx: Tx, who: Who, earlier: TakenLead, leadId: string): Promise<void> {
  const rep = await findRep(tx, who.workspaceId, earlier.ownerId);
  if (!rep) return;
  const why = [`${rep.name} had the earlier cycle.`];
  await recordRoutings(tx, who.workspaceId, [{ leadId, kind: 'restarted', memberId: rep.id, teamId: null, why }], {
    at: earlier.at,
    by: who.memberId,
  });
  await giveOwners(tx, who.workspaceId, [{ leadId, memberId: rep.id }], { kind: 'lead.routed', by: who.memberId, occurredAt: earlier.at });
}
