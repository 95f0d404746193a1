/**
 * Recomputes where every lead stands, and its clocks, and compares with what is stored; rejections are compared with
 * their facts. Reads only; one snapshot. Leads that wait to be followed are left out: what they are to become is
 * not written yet.
 */

import { sql } from 'kysely';
import type { Check, Difference, Verification } from '#features/records/queries/verify.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { computeProjections } from './computed-projections.ts';
import { loadLeadFacts } from './lead-facts.ts';
import { clockColumns, type Column, differences, handoffColumns, keyOf, readProjections, type Row } from './projections.ts';
import { findSignedRules, type SignedRules } from './signed-rules.ts';
import { verifyRejections } from './verify-rejections.ts';
import type { KnownLimits } from './volume-limits.ts';

const mostListed = 1_000;
const pageSize = 2_000;
const firstId = '00000000-0000-0000-0000-000000000000';

export const verifyHandoffs: Check = (database, workspaceId, say) =>
  database.inWorkspace(
    workspaceId,
    async (tx) => {
      const result: Verification = { checked: { handoff: 0, clock: 0 }, differences: [], total: 0 };
      const found = (rows: readonly Difference[]) => {
        result.total += rows.length;
        result.differences.push(...rows.slice(0, mostListed - result.differences.length));
      };
      say('hand-off: rejections against their facts');
      found((await verifyRejections(tx, workspaceId)).map(({ id, what }) => difference('rejection', id, what)));
      say('hand-off: clocks against the facts they follow from');
      const rules = await findSignedRules(tx, workspaceId);
      const limits: KnownLimits = new Map();
      if (rules)
        await eachPage(tx, workspaceId, async (ids) => found(await comparePage(tx, workspaceId, ids, { rules, limits }, result.checked)));
      found(await strayRows(tx, workspaceId));
      return result;
    },
    { snapshot: true, statementTimeout: 0 },
  );

/** Leads in the order of their ids; those that are noted, or that a walk has still to come to, are left out. */
async function eachPage(tx: Tx, workspaceId: WorkspaceId, work: (ids: string[]) => Promise<void>): Promise<void> {
  const { rows: waiting } = await sql<{ everything: boolean; after: string | null; leadId: string | null }>`
    SELECT everything, after, lead_id AS "leadId" FROM lead_backlog WHERE workspace_id = ${workspaceId}::uuid`.execute(tx);
  const noted = new Set(waiting.flatMap(({ leadId }) => leadId ?? []));
  const until = waiting.flatMap(({ everything, after }) => (everything ? [after ?? firstId] : [])).sort()[0];
  for (let after = firstId; ; ) {
    const { rows } = await sql<{
      id: string;
    }>`SELECT id FROM leads WHERE workspace_id = ${workspaceId}::uuid AND id > ${after}::uuid ORDER BY id LIMIT ${pageSize}`.execute(tx);
    const ids = rows.map(({ id }) => id).filter((id) => !noted.has(id) && (until === undefined || id <= until));
    if (ids.length > 0) await work(ids);
    if (rows.length < pageSize) return;
    after = rows.at(-1)!.id;
    if (until !== undefined && after > until) return;
  }
}

async function comparePage(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
  { rules, limits }: { rules: SignedRules; limits: KnownLimits },
  checked: Record<string, number>,
): Promise<Difference[]> {
  const computed = await computeProjections(tx, workspaceId, await loadLeadFacts(tx, workspaceId, ids, rules), rules, limits);
  const stored = await readProjections(tx, workspaceId, ids);
  checked.handoff! += computed.handoffs.length;
  checked.clock! += computed.clocks.length;
  return [
    ...unlike('handoff', stored.handoffs, computed.handoffs, handoffColumns),
    ...unlike('clock', stored.clocks, computed.clocks, clockColumns),
  ];
}

function unlike(kind: string, stored: readonly Row[], computed: readonly Row[], columns: readonly Column[]): Difference[] {
  const { changed, gone } = differences(stored, computed, columns);
  const before = new Map(stored.map((row) => [keyOf(row), row]));
  return [
    ...gone.map((row) => difference(kind, String(row.leadId), `${named(row)}is in the table but does not follow from the facts`)),
    ...changed.flatMap((row) => {
      const old = before.get(keyOf(row));
      if (!old) return [difference(kind, String(row.leadId), `${named(row)}follows from the facts but is not in the table`)];
      return columns
        .filter(({ field }) => old[field] !== row[field])
        .map(({ field, type }) => ({
          ...difference(kind, String(row.leadId), `${named(row)}differs from what the facts say`),
          ...{ field, state: shown(old[field], type), facts: shown(row[field], type) },
        }));
    }),
  ];
}

const named = ({ clauseKey }: Row): string => (clauseKey ? `of “${clauseKey}” ` : '');
const difference = (kind: string, id: string, what: string): Difference => ({ kind, id, field: '', state: null, facts: null, what });

function shown(value: string | number | null | undefined, type: Column['type']): string | null {
  if (value === null || value === undefined) return null;
  return type === 'instant'
    ? Temporal.Instant.fromEpochNanoseconds(BigInt(Math.round(Number(value) * 1000)) * 1000n).toString()
    : String(value);
}

async function strayRows(tx: Tx, workspaceId: WorkspaceId): Promise<Difference[]> {
  const { rows: pending } = await sql`SELECT FROM lead_backlog WHERE workspace_id = ${workspaceId}::uuid AND everything LIMIT 1`.execute(
    tx,
  );
  if (pending.length > 0) return []; // the walk clears them away
  const { rows } = await sql<{ id: string }>`SELECT h.lead_id AS id FROM handoffs h WHERE h.workspace_id = ${workspaceId}::uuid
    AND NOT EXISTS (SELECT FROM leads l WHERE l.workspace_id = ${workspaceId}::uuid AND l.id = h.lead_id) LIMIT ${mostListed}`.execute(tx);
  return rows.map(({ id }) => difference('handoff', id, 'is of a lead that is not there'));
}
