import { leadCan } from '#engine/handoff/states.ts';
import { takeUnowned } from '#features/records/actions/lead-owners.ts';
import type { Tx } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import { followLeads } from './follow-leads.ts';
import { recordRoutings } from './record-routings.ts';
import { takeLead } from './take-lead.ts';

/**
 * A rep takes a lead that is nobody's. Of many at once exactly one gets it: the lead is held while it is looked at,
 * and the update itself asks once more that nobody has it.
 * @throws Problem not-found · conflict (somebody has it, it was decided, or it is no MQL: says which) · forbidden
 */
export async function claimLead(tx: Tx, who: Who, leadId: string): Promise<void> {
  const { at } = await takeLead(tx, who, 'claim', { leadId });
  const fact = { kind: 'lead.claimed', by: who.memberId, occurredAt: at };
  const won = await takeUnowned(tx, who.workspaceId, { leadId, memberId: who.memberId }, fact);
  if (!won) throw new Problem('conflict', leadCan.claim.otherwise);
  const why = [`${who.name} claimed it from the queue.`];
  await recordRoutings(tx, who.workspaceId, [{ leadId, kind: 'claimed', memberId: who.memberId, teamId: null, why }], {
    at,
    by: who.memberId,
  });
  await followLeads(tx, who.workspaceId, [leadId]);
}
