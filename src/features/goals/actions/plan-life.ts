import { createHash } from 'node:crypto';
import { canonicalJson } from '#engine/agreement/canonical.ts';
import type { VersionLife } from '#features/agreement/actions/signing.ts';
import { getPlanRow, type PlanRow, planTable, planWords } from '../queries/plan-rows.ts';

/** SHA-256, in hex, of all that is signed: what both want, and the sheet it was worked back to. */
export function planHash({ kind, number, effectiveFrom, content, working }: PlanRow): string {
  return createHash('sha256').update(canonicalJson({ kind, number, effectiveFrom, content, working }), 'utf8').digest('hex');
}

/** A plan lives as the contract does (features/agreement/actions/signing.ts). */
export const planLife: VersionLife<PlanRow> = {
  kind: 'goalPlan',
  table: planTable,
  words: planWords,
  lock: (tx, workspaceId, id) => getPlanRow(tx, workspaceId, id, true),
  hash: planHash,
  // Nothing was measured by it yet.
  settled: async () => {},
};
