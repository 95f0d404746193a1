import type { z } from 'zod';
import { checkSets } from '#features/records/actions/check-sets.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { routingTry, RoutingTried } from '../contract.ts';
import { tryRouting } from '../queries/routing-trial.ts';
import { refuseUnfit } from './routing-versions.ts';

/** Where would this lead go? What is stated, and a routing not saved yet, are checked as if they were kept. */
export async function tryLead(tx: Tx, workspaceId: WorkspaceId, asked: z.output<typeof routingTry>): Promise<RoutingTried> {
  const sets = await checkSets(tx, workspaceId, 'lead', asked.sets ?? {}, { creating: false });
  if (asked.content) await refuseUnfit(tx, workspaceId, asked.content);
  return tryRouting(tx, workspaceId, { ...asked, sets });
}
