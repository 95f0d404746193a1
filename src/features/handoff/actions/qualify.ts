import type { z } from 'zod';
import type { Tx } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { qualification } from '../contract.ts';
import { findConversation, needsConversation } from '../queries/conversation.ts';
import { moveLead, takeLead } from './take-lead.ts';

/**
 * A conversation confirmed a real opportunity. A rep's word is no evidence: a call that was answered, a reply or a
 * meeting has to be on record.
 */
export async function qualifyLead(tx: Tx, who: Who, leadId: string, { comment, version }: z.output<typeof qualification>): Promise<void> {
  const lead = await takeLead(tx, who, 'qualify', { leadId, version });
  const conversation = await findConversation(tx, who.workspaceId, lead);
  if (!conversation) throw new Problem('conflict', needsConversation);
  await moveLead(tx, who, lead, {
    kind: 'lead.confirmed',
    sets: { sqlAt: lead.at },
    body: { touchId: conversation.id, ...(comment && { note: comment }) },
  });
}
