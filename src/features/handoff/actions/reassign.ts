import type { z } from 'zod';
import type { Tx } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { reassignment } from '../contract.ts';
import { findRep, type Rep } from '../queries/reps.ts';
import { followLeads } from './follow-leads.ts';
import { recordRoutings } from './record-routings.ts';
import { takeLead, writeMove } from './take-lead.ts';

/**
 * Gives a lead to another rep, who goes on from where it stands. Where it had been routed wrongly the time with the
 * first rep does not count, and the new one decides anew.
 */
export async function reassignLead(tx: Tx, who: Who, leadId: string, given: z.output<typeof reassignment>): Promise<void> {
  const lead = await takeLead(tx, who, 'reassign', { leadId, version: given.version });
  const rep = await findRep(tx, who.workspaceId, given.memberId);
  refuseRep(rep, lead.ownerId);
  const kind = given.wrongRouting ? 'corrected' : 'reassigned';
  await recordRoutings(
    tx,
    who.workspaceId,
    [{ leadId, kind, memberId: rep.id, teamId: null, why: [`${who.name} gave it to ${rep.name}: ${given.reason}`] }],
    { at: lead.at, by: who.memberId },
  );
  await writeMove(tx, who, lead, {
    kind: 'lead.reassigned',
    sets: { ownerId: rep.id, ...(given.wrongRouting && { salAt: null }) },
    body: { note: given.reason, wrongRouting: given.wrongRouting },
  });
  await followLeads(tx, who.workspaceId, [leadId]);
}

function refuseRep(rep: Rep | null, ownerId: string | null): asserts rep is Rep {
  const reason = rep === null ? 'There is no such rep in sales.' : rep.id === ownerId ? `${rep.name} has this lead already.` : null;
  if (reason) throw new Problem('bad-input', `memberId: ${reason}`, { fields: [{ at: 'memberId', reason }] });
}
