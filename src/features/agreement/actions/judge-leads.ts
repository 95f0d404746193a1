import { evaluateRule } from '#engine/rules/evaluate.ts';
import { failedClauses } from '#engine/rules/explain.ts';
import type { Rule } from '#engine/rules/rule.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { loadRuleRecords } from '../queries/rule-records.ts';

export interface Judged {
  readonly passed: boolean;
  /** Paths of the clauses that were not met (see `clausesOf`); none where it passed. */
  readonly failed: readonly string[];
}

/**
 * Judges leads as they arrive, each at its own moment: what a rejection can name, and what `judgements` keep.
 * All leads of a workspace are counted by `judgeAll` in the database, with the same answers.
 * @param atOf epoch milliseconds: the moment at which a lead is judged
 * @returns by id, every lead that is there
 */
export async function judgeLeads(
  tx: Tx,
  workspaceId: WorkspaceId,
  { rule }: { readonly rule: Rule },
  leadIds: readonly string[],
  atOf: (leadId: string) => number,
): Promise<Map<string, Judged>> {
  const records = await loadRuleRecords(tx, workspaceId, leadIds, [rule]);
  const judged = new Map<string, Judged>();
  for (const [id, record] of records) {
    const passed = evaluateRule(rule, record, atOf(id));
    judged.set(id, { passed, failed: passed ? [] : failedClauses(rule, record, atOf(id)) });
  }
  return judged;
}
