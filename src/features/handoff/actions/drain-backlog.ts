/** Follows the leads that were noted as changed, until none is left. */

import { sql } from 'kysely';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { renewStatisticsLater } from '#platform/db/statistics.ts';
import { findSignedRules, type SignedRules } from '../queries/signed-rules.ts';
import type { KnownLimits } from '../queries/volume-limits.ts';
import { followLeads } from './follow-leads.ts';
import { holdingAlone } from './hold-alone.ts';

/** Leads a transaction: large enough that its statements pay, small enough that nobody waits long for a lead it holds. */
const batchSize = 2_000;

/**
 * Works off a workspace's backlog, batch by batch, each in a transaction of its own together with the notes it
 * answers: who is killed leaves the rest for the next. One at a time: where another is at it, that one goes on, and
 * looks once more before it leaves.
 * @returns whether it was this one
 */
export async function drainBacklog(database: Database, workspaceId: WorkspaceId, { batch = batchSize } = {}): Promise<boolean> {
  for (;;) {
    const isMine = await holdingAlone(database, `accord.follow ${workspaceId}`, () => drainAll(database, workspaceId, batch));
    // What was noted while the last look was under way found the place taken.
    if (!isMine || !(await database.inWorkspace(workspaceId, (tx) => hasBacklog(tx, workspaceId)))) return isMine;
  }
}

export async function hasBacklog(tx: Tx, workspaceId: WorkspaceId): Promise<boolean> {
  const { rows } = await sql<{
    waits: boolean;
  }>`SELECT EXISTS (SELECT FROM lead_backlog WHERE workspace_id = ${workspaceId}::uuid) AS waits`.execute(tx);
  return rows[0]!.waits;
}

async function drainAll(database: Database, workspaceId: WorkspaceId, batch: number): Promise<void> {
  const limits: KnownLimits = new Map();
  while (await database.inWorkspace(workspaceId, (tx) => drainBatch(tx, workspaceId, { batch, limits }), { statementTimeout: 0 }));
}

interface Drain {
  /** Leads a transaction. */
  readonly batch: number;
  /** Of a walk over all leads. */
  readonly limits: KnownLimits;
}

/** Changed leads first: a walk over all of them takes minutes. @returns whether there may be more */
async function drainBatch(tx: Tx, workspaceId: WorkspaceId, drain: Drain): Promise<boolean> {
  const rules = await findSignedRules(tx, workspaceId);
  if (!rules) return forgetAll(tx, workspaceId);
  return (await followNoted(tx, workspaceId, rules, drain)) || (await walkOn(tx, workspaceId, rules, drain));
}

/** Nothing is agreed: nothing follows. @returns false */
async function forgetAll(tx: Tx, workspaceId: WorkspaceId): Promise<false> {
  await sql`DELETE FROM lead_backlog WHERE workspace_id = ${workspaceId}::uuid`.execute(tx);
  return false;
}

async function followNoted(tx: Tx, workspaceId: WorkspaceId, rules: SignedRules, { batch }: Drain): Promise<boolean> {
  const { rows } = await sql<{ leadId: string }>`DELETE FROM lead_backlog b USING (
      SELECT id FROM lead_backlog WHERE workspace_id = ${workspaceId}::uuid AND NOT everything ORDER BY id LIMIT ${batch}) next
    WHERE b.workspace_id = ${workspaceId}::uuid AND b.id = next.id RETURNING b.lead_id AS "leadId"`.execute(tx);
  await followLeads(tx, workspaceId, [...new Set(rows.map(({ leadId }) => leadId))].sort(), { rules });
  return rows.length > 0;
}

// ── all leads ───────────────────────────────────────────────────────────────

const firstId = '00000000-0000-0000-0000-000000000000';
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** The next stretch of a walk over all leads in the order of their ids. */
async function walkOn(tx: Tx, workspaceId: WorkspaceId, rules: SignedRules, { batch, limits }: Drain): Promise<boolean> {
  const walk = await findWalk(tx, workspaceId);
  if (!walk) return false;
  if (walk.after === firstId) limits.clear();
  const { rows } = await sql<{ id: string }>`SELECT l.id FROM leads l
    WHERE l.workspace_id = ${workspaceId}::uuid AND l.id > ${walk.after}::uuid ORDER BY l.id LIMIT ${batch}`.execute(tx);
  const isLast = rows.length < batch;
  const until = isLast ? lastId : rows.at(-1)!.id;
  await followLeads(
    tx,
    workspaceId,
    rows.map(({ id }) => id),
    { rules, limits },
  );
  await forgetRemoved(tx, workspaceId, walk.after, until);
  if (isLast && walk.after !== firstId) await renewStatisticsLater(tx, workspaceId, ['handoffs', 'clocks']); // more than one batch
  if (isLast) await sql`DELETE FROM lead_backlog WHERE workspace_id = ${workspaceId}::uuid AND id = ${walk.id}::uuid`.execute(tx);
  else
    await sql`UPDATE lead_backlog SET after = ${until}::uuid WHERE workspace_id = ${workspaceId}::uuid AND id = ${walk.id}::uuid`.execute(
      tx,
    );
  return true;
}

/** The walk that is under way, else a new one, which answers everybody who has asked for one by now. */
async function findWalk(tx: Tx, workspaceId: WorkspaceId): Promise<{ id: string; after: string } | null> {
  const { rows } = await sql<{ id: string; after: string | null }>`SELECT id, after FROM lead_backlog
    WHERE workspace_id = ${workspaceId}::uuid AND everything ORDER BY after IS NULL, id`.execute(tx);
  const [first, ...others] = rows;
  if (!first) return null;
  if (first.after === null && others.length > 0)
    await sql`DELETE FROM lead_backlog WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${others.map(({ id }) => id)}::uuid[])`.execute(
      tx,
    );
  return { id: first.id, after: first.after ?? firstId };
}

/** Projections of leads that are gone, as after an import was undone. */
async function forgetRemoved(tx: Tx, workspaceId: WorkspaceId, after: string, until: string): Promise<void> {
  for (const table of ['clocks', 'handoffs'])
    await sql`DELETE FROM ${sql.table(table)} t WHERE t.workspace_id = ${workspaceId}::uuid AND t.lead_id > ${after}::uuid AND t.lead_id <= ${until}::uuid
      AND NOT EXISTS (SELECT FROM leads l WHERE l.workspace_id = ${workspaceId}::uuid AND l.id = t.lead_id)`.execute(tx);
}
