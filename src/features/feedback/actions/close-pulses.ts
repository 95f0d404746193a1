import { sql } from 'kysely';
import { pulseCells } from '#engine/candour/pulse-cells.ts';
import { fewestTold } from '#engine/candour/tellable.ts';
import type { Sealing } from '#platform/auth/sealing.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { recordFact } from '#platform/facts/facts.ts';
import { type Pending, readPending } from '../queries/pending.ts';
import { aboutPulse, pulseColumns, type PulseRow } from '../queries/pulses.ts';
import { forgetMarks, holdPool, removePending } from './pool.ts';
import { shuffled } from './shuffle.ts';

/**
 * Counts pulses whose last day is over: what may be told is kept for good, and every single answer is deleted, told or
 * not.
 * @param today in the workspace’s zone
 */
export async function closePulses(tx: Tx, workspaceId: WorkspaceId, sealing: Sealing, today: string): Promise<number> {
  await holdPool(tx, workspaceId);
  const { rows } =
    await sql<PulseRow>`SELECT ${pulseColumns} FROM pulses p WHERE p.workspace_id = ${workspaceId}::uuid AND p.closes_on < ${today}::date
    AND NOT EXISTS (SELECT 1 FROM pulse_results r WHERE r.workspace_id = p.workspace_id AND r.pulse_id = p.id) ORDER BY p.number`.execute(
      tx,
    );
  for (const pulse of rows) await closePulse(tx, workspaceId, sealing, pulse);
  return rows.length;
}

async function closePulse(tx: Tx, workspaceId: WorkspaceId, sealing: Sealing, { id, questions }: PulseRow): Promise<void> {
  const { waiting } = await readPending(tx, workspaceId, sealing);
  const own = waiting.filter(({ pending }) => pending.kind === 'answer' && pending.pulseId === id);
  const answers = own.map(({ pending }) => pending as Pending & { kind: 'answer' });
  const keys = questions.map(({ key }) => key);
  // A group too small to be told leaves nothing behind, not even that somebody was in it.
  const cells = pulseCells(answers, keys).filter((cell) => cell.answers !== null);
  const texts = answers.length >= fewestTold ? shuffled(answers.map(({ text }) => text).filter((text) => text !== '')) : [];
  await sql`INSERT INTO pulse_results (workspace_id, pulse_id, cells, texts) VALUES (${workspaceId}::uuid, ${id}::uuid, ${JSON.stringify(cells)}::jsonb, ${JSON.stringify(texts)}::jsonb)`.execute(
    tx,
  );
  await removePending(
    tx,
    workspaceId,
    own.map((each) => each.id),
  );
  await forgetMarks(tx, workspaceId, aboutPulse(id));
  await recordFact(tx, workspaceId, { kind: 'pulse.closed', subjectKind: 'pulse', subjectId: id });
}
