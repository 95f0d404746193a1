/** Writes where leads stand and their clocks, as they follow from the facts now: only what differs, by sets of rows. */

import { sql } from 'kysely';
import { noteChangedLeads } from '#features/records/actions/changed-leads.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { computeProjections } from '../queries/computed-projections.ts';
import type { KnownLead } from '../queries/lead-facts.ts';
import { instantFrom } from '../queries/moments.ts';
import { clockColumns, type Column, type Differences, differences, handoffColumns, readProjections } from '../queries/projections.ts';
import type { SignedRules } from '../queries/signed-rules.ts';
import { type KnownLimits, leadsAcrossLimits } from '../queries/volume-limits.ts';

/**
 * Brings the projections of these leads up to date.
 * @returns whether anything changed
 */
export async function projectLeads(
  tx: Tx,
  workspaceId: WorkspaceId,
  leadIds: readonly string[],
  leads: ReadonlyMap<string, KnownLead>,
  rules: Pick<SignedRules, 'agreements'>,
  options: { limits?: KnownLimits | undefined } = {},
): Promise<boolean> {
  const computed = await computeProjections(tx, workspaceId, leads, rules, options.limits ?? new Map());
  const stored = await readProjections(tx, workspaceId, leadIds);
  const handoffs = differences(stored.handoffs, computed.handoffs, handoffColumns);
  const clocks = differences(stored.clocks, computed.clocks, clockColumns);
  await write(tx, workspaceId, 'handoffs', handoffColumns, handoffs);
  await write(tx, workspaceId, 'clocks', clockColumns, clocks);
  // Who walks over all leads comes to those others anyway.
  if (!options.limits && computed.limits.length > 0) {
    const across = await leadsAcrossLimits(tx, workspaceId, rules.agreements, computed.limits, leadIds.length);
    await noteChangedLeads(tx, workspaceId, across);
  }
  return [handoffs, clocks].some(({ changed, gone }) => changed.length + gone.length > 0);
}

async function write(
  tx: Tx,
  workspaceId: WorkspaceId,
  table: 'handoffs' | 'clocks',
  columns: readonly Column[],
  { changed, gone }: Differences,
): Promise<void> {
  const key = table === 'clocks' ? ['lead_id', 'clause_key'] : ['lead_id'];
  if (gone.length > 0)
    await sql`DELETE FROM ${sql.table(table)} t USING json_to_recordset(${JSON.stringify(gone)}::json) AS r("leadId" uuid, "clauseKey" text)
      WHERE t.workspace_id = ${workspaceId}::uuid AND t.lead_id = r."leadId" ${table === 'clocks' ? sql`AND t.clause_key = r."clauseKey"` : sql``}`.execute(
      tx,
    );
  if (changed.length === 0) return;
  const names = columns.map(({ column }) => sql.ref(column));
  const shape = columns.map(({ field, type }) => sql`${sql.ref(field)} ${sql.raw(type === 'instant' ? 'float8' : type)}`);
  const values = columns.map(({ field, type }) => (type === 'instant' ? instantFrom(`r.${field}`) : sql`${sql.ref(`r.${field}`)}`));
  const updates = columns
    .filter(({ column }) => !key.includes(column))
    .map(({ column }) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`);
  if (table === 'handoffs') updates.push(sql`changed_at = now()`);
  await sql`INSERT INTO ${sql.table(table)} (workspace_id, ${sql.join(names)}) SELECT ${workspaceId}::uuid, ${sql.join(values)}
    FROM json_to_recordset(${JSON.stringify(changed)}::json) AS r(${sql.join(shape)})
    ON CONFLICT (workspace_id, ${sql.join(key.map((name) => sql.ref(name)))}) DO UPDATE SET ${sql.join(updates)}`.execute(tx);
}
