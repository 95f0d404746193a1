/** Everything the gates are computed from, read anew each time: a gate holds what is on record now. */

import type { Evidence } from '#engine/rollout/evidence.ts';
import { type Ground, groundOf } from '#features/campaigns/queries/ground.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { agreementEvidence, languageEvidence, renewalEvidence } from './agreed.ts';
import { dataEvidence, diagnosisEvidence, sponsorEvidence } from './beginning.ts';
import { campaignEvidence, criticismEvidence, handoffEvidence, rhythmEvidence } from './habits.ts';
import { goalEvidence, payEvidence, returnEvidence } from './money.ts';
import { pilotEvidence } from './pilot.ts';

/** What each part asks with. */
export interface Asking {
  readonly tx: Tx;
  readonly workspaceId: WorkspaceId;
  readonly ground: Ground;
}

export async function readEvidence(tx: Tx, workspaceId: WorkspaceId): Promise<Evidence> {
  const asking = { tx, workspaceId, ground: await groundOf(tx, workspaceId) };
  return {
    sponsor: await sponsorEvidence(asking),
    diagnosis: await diagnosisEvidence(asking),
    data: await dataEvidence(asking),
    language: await languageEvidence(asking),
    goals: await goalEvidence(asking),
    agreement: await agreementEvidence(asking),
    handoff: await handoffEvidence(asking),
    pilot: await pilotEvidence(asking),
    rhythm: await rhythmEvidence(asking),
    criticism: await criticismEvidence(asking),
    campaigns: await campaignEvidence(asking),
    pay: await payEvidence(asking),
    return: await returnEvidence(asking),
    renewal: await renewalEvidence(asking),
  };
}
