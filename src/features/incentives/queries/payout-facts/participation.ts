/** Parts in campaigns that were done by evidence, as campaigns count them: each a fact of the day its evidence was complete. */

import { listFulfilledRoles } from '#features/campaigns/queries/fulfilled-roles.ts';
import { creditsIn, type FactScope, plainFact, type ReadFact, tagsOf } from './asked.ts';

export async function readParts({ tx, workspaceId, timeZone, payees, from, until, cutOff }: FactScope): Promise<ReadFact[]> {
  const done = await listFulfilledRoles(tx, workspaceId, { timeZone, members: [...payees], from, until, cutOff });
  return done.map((role) => ({
    fact: plainFact({
      id: `participation:${role.id}`,
      kind: 'participation',
      ...{ on: role.on, occurredAt: role.at, recordedAt: role.recordedAt },
      credits: creditsIn({ owner: role.memberId }),
      tags: tagsOf({ campaign: role.campaignId, part: role.kind }),
    }),
    opening: {
      kind: 'campaign',
      id: role.campaignId,
      label: `${role.campaign}: ${role.wanted} of ${role.wanted} evidenced`,
      on: role.on,
      amount: null,
      currency: null,
      path: `/api/v1/campaign-roles/${role.id}/evidence`,
    },
  }));
}
