import { sql } from 'kysely';
import { evaluateRule } from '#engine/rules/evaluate.ts';
import { explainRule } from '#engine/rules/explain.ts';
import type { RuleRecord } from '#engine/rules/reading.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { clauseSentences } from '#engine/rules/sentence.ts';
import type { z } from 'zod';
import { leadName } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { tried } from '../contract.ts';
import { ruleLabels, ruleReading } from './rule-reading.ts';
import { loadRuleRecords } from './rule-records.ts';

/**
 * A rule put to one lead as it stands now, clause by clause; without an id, to the lead opened last, and where there is
 * none, to one of which nothing is stated.
 * @throws Problem not-found
 */
export async function tryRuleOn(
  tx: Tx,
  workspaceId: WorkspaceId,
  rule: Rule,
  leadId: string | undefined,
  atMs: number,
): Promise<z.output<typeof tried>> {
  const lead = await findLead(tx, workspaceId, leadId);
  if (lead === null && leadId !== undefined) throw notFound('lead');
  const records = await loadRuleRecords(tx, workspaceId, lead ? [lead.id] : [], [rule]);
  const record: RuleRecord = (lead && records.get(lead.id)) ?? {
    reading: await ruleReading(tx, workspaceId, [rule]),
    lead: {},
    account: null,
    contact: null,
    touches: [],
    stages: {},
    revenue: [],
  };
  const labels = await ruleLabels(tx, workspaceId, [rule]);
  const sentences = new Map(clauseSentences(rule, labels).map(({ path, sentence }) => [path, sentence]));
  return {
    lead,
    passed: evaluateRule(rule, record, atMs),
    clauses: explainRule(rule, record, atMs, labels).map((clause) => ({ ...clause, sentence: sentences.get(clause.path)! })),
  };
}

async function findLead(tx: Tx, workspaceId: WorkspaceId, id: string | undefined): Promise<{ id: string; name: string } | null> {
  const which =
    id === undefined ? sql`t.archived_at IS NULL ORDER BY t.opened_at DESC NULLS LAST, t.id DESC LIMIT 1` : sql`t.id = ${id}::uuid`;
  const { rows } = await sql<{ id: string; name: string | null }>`
    SELECT t.id, ${leadName('t')} AS name FROM leads t WHERE t.workspace_id = ${workspaceId}::uuid AND ${which}`.execute(tx);
  return rows[0] ? { id: rows[0].id, name: rows[0].name ?? '' } : null;
}
