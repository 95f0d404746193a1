/** What a rep decides about a lead: to work it, to send it back to nurture, or that it will never buy. */

import type { z } from 'zod';
import type { Tx } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { acceptance, disqualification, recycling } from '../contract.ts';
import { todayOf } from '../queries/days.ts';
import { moveLead, takeLead } from './take-lead.ts';

export async function acceptLead(tx: Tx, who: Who, leadId: string, { version }: z.output<typeof acceptance>): Promise<void> {
  const lead = await takeLead(tx, who, 'accept', { leadId, version });
  await moveLead(tx, who, lead, { kind: 'lead.accepted', sets: { salAt: lead.at } });
}

/** Ends this cycle until a day; marketing nurtures it and starts the next. */
export async function recycleLead(tx: Tx, who: Who, leadId: string, { until, reason, version }: z.output<typeof recycling>): Promise<void> {
  const lead = await takeLead(tx, who, 'recycle', { leadId, version });
  const today = await todayOf(tx, who.workspaceId);
  if (until <= today)
    throw new Problem('bad-input', `until: ${until} is not to come; a day after ${today} would do.`, {
      fields: [{ at: 'until', reason: `lies after ${today}` }],
    });
  await moveLead(tx, who, lead, {
    kind: 'lead.recycled',
    sets: { recycledAt: lead.at, recycledUntil: until },
    body: { note: reason },
  });
}

export async function disqualifyLead(
  tx: Tx,
  who: Who,
  leadId: string,
  { reason, version }: z.output<typeof disqualification>,
): Promise<void> {
  const lead = await takeLead(tx, who, 'disqualify', { leadId, version });
  await moveLead(tx, who, lead, { kind: 'lead.disqualified', sets: { disqualifiedAt: lead.at, disqualifiedReason: reason } });
}
