import type { Rule } from '#engine/rules/rule.ts';
import { listCustomFields } from '#features/records/queries/lookups.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { checkRule, type RuleScope } from '../contract/check-rule.ts';

const mostProblems = 50;

/**
 * Lets a rule pass that can be kept.
 * @throws Problem bad-input that names every condition that is not fine
 */
export async function refuseBadRule(tx: Tx, workspaceId: WorkspaceId, rule: Rule, scope: Omit<RuleScope, 'customFields'>): Promise<void> {
  const problems = checkRule(rule, { ...scope, customFields: await listCustomFields(tx, workspaceId) });
  if (problems.length === 0) return;
  throw new Problem('bad-input', `The rule can’t be kept: ${problems[0]!.reason}.`, {
    fields: problems.slice(0, mostProblems).map(({ path, reason }) => ({ at: path === '' ? 'rule' : `rule.${path}`, reason })),
  });
}
