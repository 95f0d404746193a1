import { sql } from 'kysely';
import { type Gate, gatesOf, type GateState } from '#engine/rollout/gates.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { recordFact } from '#platform/facts/facts.ts';
import { readEvidence } from '../queries/evidence/evidence.ts';

const kinds: Readonly<Record<GateState, string>> = {
  through: 'rolloutStep.passed',
  begun: 'rolloutStep.begun',
  open: 'rolloutStep.reopened',
};

/**
 * Remembers every gate that stands differently from when it was looked at last: that it was met, and that it is no
 * longer. A step nobody has begun leaves nothing.
 * @returns how many changed
 */
export async function notePassages(tx: Tx, workspaceId: WorkspaceId): Promise<number> {
  // Two that look at once would note the same change twice.
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`rollout ${workspaceId}`}, 0))`.execute(tx);
  const { rows } = await sql<{ step: string; state: GateState }>`SELECT DISTINCT ON (step) step, state FROM rollout_passages
    WHERE workspace_id = ${workspaceId}::uuid ORDER BY step, at DESC, id DESC`.execute(tx);
  const before = new Map(rows.map(({ step, state }) => [step, state]));
  const changed = gatesOf(await readEvidence(tx, workspaceId)).filter(({ step, state }) => (before.get(step) ?? 'open') !== state);
  for (const gate of changed) await notePassage(tx, workspaceId, gate, before.get(gate.step) === 'through');
  return changed.length;
}

async function notePassage(tx: Tx, workspaceId: WorkspaceId, { step, state, sentence }: Gate, wasThrough: boolean): Promise<void> {
  const id = newId();
  await sql`INSERT INTO rollout_passages (workspace_id, id, step, state, sentence)
    VALUES (${workspaceId}::uuid, ${id}::uuid, ${step}, ${state}, ${sentence})`.execute(tx);
  const kind = wasThrough ? 'rolloutStep.lost' : kinds[state];
  await recordFact(tx, workspaceId, { kind, subjectKind: 'rolloutStep', subjectId: id, body: { step, state, sentence } });
}
