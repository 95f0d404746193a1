/** What one answer about the cost of misalignment stands on beside the columns: settings, what is signed, calendars, revenue. */

import {
  inForceAt,
  type SignedAgreement,
  signedAgreements,
  type SignedDefinition,
  signedDefinitions,
} from '#features/agreement/queries/in-force.ts';
import { type LoadedCalendars, loadCalendars } from '#features/agreement/queries/calendars.ts';
import { ruleReading } from '#features/agreement/queries/rule-reading.ts';
import { attemptUnlessDefined } from '#engine/agreement/touch-evidence.ts';
import { type Ground, readGround } from '#features/returns/queries/figure-scope.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import type { CostAnswer } from '../contract/cost.ts';
import { agreedFollowUp } from './cost-agreed.ts';
import { costColumnsOf, type FreshCost } from './cost-columns.ts';
import type { EvidenceRules } from './cost-evidence.ts';
import { type KeptAssumptions, readAssumptions } from './cost-settings.ts';

export interface CostGround {
  readonly database: Database;
  readonly workspaceId: WorkspaceId;
  readonly fresh: FreshCost;
  /** Of returns: revenue by account, the last day on record. */
  readonly returns: Ground;
  readonly kept: KeptAssumptions;
  readonly rules: EvidenceRules;
  readonly icp: readonly SignedDefinition[];
  readonly calendars: LoadedCalendars;
  readonly agreed: CostAnswer['agreed'];
}

/** Never with pay: what rests on it is asked for apart, by whoever may see it. */
const withoutPay = { marketing: false, sales: false } as const;

export async function readCostGround(database: Database, workspaceId: WorkspaceId): Promise<CostGround> {
  const beside = await database.inWorkspace(workspaceId, async (tx) => {
    const attempts = await signedDefinitions(tx, workspaceId, 'attempt');
    const agreements = await signedAgreements(tx, workspaceId);
    return {
      kept: await readAssumptions(tx, workspaceId),
      rules: {
        attempts,
        agreements,
        reading: await ruleReading(tx, workspaceId, [attemptUnlessDefined, ...attempts.map(({ rule }) => rule)]),
      },
      icp: await signedDefinitions(tx, workspaceId, 'icp'),
      calendars: await loadCalendars(tx, workspaceId),
    };
  });
  const returns = await readGround(database, workspaceId, withoutPay);
  const fresh = await costColumnsOf(database).fresh(workspaceId);
  const inForce: SignedAgreement | undefined = inForceAt(beside.rules.agreements, Date.now());
  return { database, workspaceId, fresh, returns, ...beside, agreed: agreedFollowUp(beside.kept.assumptions, inForce) };
}
