/** Which leads and customers are of the companies that both sides want: by the signed definition (ICP) of their day. */

import { sql } from 'kysely';
import { evaluateRule } from '#engine/rules/evaluate.ts';
import type { RuleRecord } from '#engine/rules/reading.ts';
import type { Rule } from '#engine/rules/rule.ts';
import type { SignedDefinition } from '#features/agreement/queries/in-force.ts';
import { fieldConditionsOf, ruleReading } from '#features/agreement/queries/rule-reading.ts';
import { passingIds } from '#features/agreement/queries/rule-set.ts';
import { columnOf, type Field, fieldsOf } from '#features/records/contract.ts';
import { type Row, shownValue } from '#features/records/queries/columns.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

/** Ids of the leads that fit; null: nothing is signed. Leads from before the first version are judged by it. */
export async function fittingLeads(tx: Tx, workspaceId: WorkspaceId, versions: readonly SignedDefinition[]): Promise<Set<string> | null> {
  if (versions.length === 0) return null;
  const fitting = new Set<string>();
  // All leads with their accounts: see `inBulk` of platform/db/columns-cache.ts.
  await sql`SET LOCAL enable_nestloop = off`.execute(tx);
  for (const [at, { rule, effectiveAt }] of versions.entries()) {
    const reading = await ruleReading(tx, workspaceId, [rule]);
    const from = at === 0 ? sql`true` : sql`t.mql_at >= ${new Date(effectiveAt).toISOString()}::timestamptz`;
    const next = versions[at + 1];
    const until = next ? sql`t.mql_at < ${new Date(next.effectiveAt).toISOString()}::timestamptz` : sql`true`;
    const where = sql`t.mql_at IS NOT NULL AND t.archived_at IS NULL AND ${from} AND ${until}`;
    for (const id of await passingIds(tx, rule, { workspaceId, reading, at: sql`t.mql_at`, where })) fitting.add(id);
  }
  await sql`SET LOCAL enable_nestloop = on`.execute(tx);
  return fitting;
}

/** Of a lead, what its account can say as well. */
const ofAccountToo = new Set(['segment', 'country', 'city']);

/**
 * Of accounts that have no lead to tell by, whether they fit, by the version in force now; null where the definition asks
 * for what an account alone can't tell, or nothing is signed.
 */
export async function fittingAccounts(
  tx: Tx,
  workspaceId: WorkspaceId,
  version: SignedDefinition | undefined,
  ids: readonly string[],
): Promise<Map<string, boolean> | null> {
  if (!version || !isAboutAccounts(version.rule) || ids.length === 0) return version && isAboutAccounts(version.rule) ? new Map() : null;
  const reading = await ruleReading(tx, workspaceId, [version.rule]);
  const { rows } = await sql<Row & { id: string; custom: Record<string, unknown> | null }>`SELECT a.* FROM accounts a
    WHERE a.workspace_id = ${workspaceId}::uuid AND a.id = ANY(${[...ids]}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, evaluateRule(version.rule, recordOf(row, reading), Date.now())]));
}

/** Only fields of the account, or of the lead what the account says as well: no touches, no stages, no revenue. */
function isAboutAccounts(rule: Rule): boolean {
  const asked = fieldConditionsOf(rule);
  const isPlain = !/"(touches|stage|revenue)":/.test(JSON.stringify(rule));
  return isPlain && asked.every(({ of, field }) => of === 'account' || (of === 'lead' && ofAccountToo.has(field)));
}

function recordOf(row: Row & { custom: Record<string, unknown> | null }, reading: RuleRecord['reading']): RuleRecord {
  const own = Object.fromEntries(Object.entries(row.custom ?? {}).map(([key, value]) => [`custom.${key}`, value]));
  const account = {
    ...Object.fromEntries(fieldsOf.account.map((field: Field) => [field.name, shownValue(field, row[columnOf(field.name)])])),
    ...own,
  };
  const lead = Object.fromEntries([...ofAccountToo].map((name) => [name, (account as Record<string, unknown>)[name] ?? null]));
  return { reading, lead, account, contact: null, touches: [], stages: {}, revenue: [] };
}
