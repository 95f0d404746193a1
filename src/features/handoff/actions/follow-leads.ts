/**
 * What follows when leads changed: they are judged, passed to sales, routed, and their clocks brought up to date.
 * Everything rests on facts only, so following twice, late or in another order comes to the same.
 */

import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { announceChange } from '#platform/facts/facts.ts';
import { type KnownLead, loadLeadFacts } from '../queries/lead-facts.ts';
import { findSignedRules, type SignedRules } from '../queries/signed-rules.ts';
import type { KnownLimits } from '../queries/volume-limits.ts';
import { judgeArrivals, keepJudgements } from './judge-arrivals.ts';
import { projectLeads } from './project-leads.ts';
import { routeLeads } from './route-lead.ts';

export interface FollowOptions {
  /** What is signed, where the caller has looked it up; unsaid: it is looked up. */
  readonly rules?: SignedRules | undefined;
  /** Limits of volume that are kept for a whole walk over all leads. */
  readonly limits?: KnownLimits | undefined;
}

/**
 * Follows these leads in the caller's transaction, holding them until it ends: at most a few thousand at a time.
 * Nothing is done in a workspace where nothing is signed and nothing routed.
 */
export async function followLeads(
  tx: Tx,
  workspaceId: WorkspaceId,
  leadIds: readonly string[],
  options: FollowOptions = {},
): Promise<void> {
  const rules = options.rules ?? (await findSignedRules(tx, workspaceId));
  if (!rules || leadIds.length === 0) return;
  let leads = await loadLeadFacts(tx, workspaceId, leadIds, rules, { lock: true });
  const again = async (ids: readonly string[]) => {
    if (ids.length > 0) leads = new Map([...leads, ...(await loadLeadFacts(tx, workspaceId, ids, rules))]);
  };
  await again(await judgeArrivals(tx, workspaceId, rules, leads));
  const toRoute = [...leads.values()].filter((lead) => isToRoute(lead, rules.routingSince)).map(({ facts }) => facts.leadId);
  await routeLeads(tx, workspaceId, toRoute, { kind: 'routed' });
  await again(toRoute);
  await keepJudgements(tx, workspaceId, rules, leads);
  if (await projectLeads(tx, workspaceId, leadIds, leads, rules, options)) await announceChange(tx, workspaceId, 'handoff');
}

/** Passed since leads are routed, and nobody decided on it. */
function isToRoute({ archived, facts: { stages } }: KnownLead, since: number | null): boolean {
  const { mqlAt, ...later } = stages;
  return since !== null && !archived && mqlAt !== null && mqlAt >= since && Object.values(later).every((at) => at === null);
}
