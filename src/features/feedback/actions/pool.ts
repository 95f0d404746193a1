/** The pool in which what is anonymous waits, and the marks of who has answered: written so that neither tells who or when. */

import { sql } from 'kysely';
import type { Sealing } from '#platform/auth/sealing.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { markOf } from '../queries/marks.ts';
import { type Pending, sealedAbout } from '../queries/pending.ts';

/** Sealed texts are as long as one of these, so that their length tells little. */
const smallest = 1_024;

/** Writes no fact, announces nothing, names nobody. */
export async function addPending(tx: Tx, workspaceId: WorkspaceId, sealing: Sealing, pending: Pending): Promise<void> {
  const sealed = sealing.seal(padded(JSON.stringify(pending)), sealedAbout(workspaceId));
  await sql`INSERT INTO candour_pool (workspace_id, id, sealed) VALUES (${workspaceId}::uuid, gen_random_uuid(), ${sealed})`.execute(tx);
}

/** With spaces to the next power of two. */
function padded(text: string): string {
  const bytes = Buffer.byteLength(text);
  return text + ' '.repeat(Math.max(smallest, 2 ** Math.ceil(Math.log2(bytes))) - bytes);
}

export async function removePending(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<void> {
  await sql`DELETE FROM candour_pool WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${ids}::uuid[])`.execute(tx);
}

/**
 * Who answers twice is not counted twice. The mark is a keyed hash: without the installation's secret nobody can tell
 * whose it is.
 * @returns false: it is there already
 */
export async function leaveMark(
  tx: Tx,
  workspaceId: WorkspaceId,
  sealing: Sealing,
  { about, memberId }: { about: string; memberId: string },
): Promise<boolean> {
  const { rows } =
    await sql`INSERT INTO candour_marks (workspace_id, about, mark) VALUES (${workspaceId}::uuid, ${about}, ${markOf(sealing, about, memberId)})
    ON CONFLICT DO NOTHING RETURNING 1`.execute(tx);
  return rows.length > 0;
}

export async function forgetMarks(tx: Tx, workspaceId: WorkspaceId, about: string): Promise<void> {
  await sql`DELETE FROM candour_marks WHERE workspace_id = ${workspaceId}::uuid AND about = ${about}`.execute(tx);
}

/** One at a time a workspace: settling and showing write the same rows. */
export async function holdPool(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`candour ${workspaceId}`}, 0))`.execute(tx);
}

/**
 * Writes all rows of a workspace's pool and marks anew, in random order and in one transaction, where any has come since
 * the last time: what order and which transaction they came in is gone with the old rows.
 */
export async function settlePool(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await holdPool(tx, workspaceId);
  await sql`WITH taken AS (DELETE FROM candour_pool WHERE workspace_id = ${workspaceId}::uuid
      AND EXISTS (SELECT 1 FROM candour_pool WHERE workspace_id = ${workspaceId}::uuid AND NOT settled) RETURNING sealed)
    INSERT INTO candour_pool (workspace_id, id, sealed, settled)
    SELECT ${workspaceId}::uuid, gen_random_uuid(), sealed, true FROM taken ORDER BY gen_random_uuid()`.execute(tx);
  await sql`WITH taken AS (DELETE FROM candour_marks WHERE workspace_id = ${workspaceId}::uuid
      AND EXISTS (SELECT 1 FROM candour_marks WHERE workspace_id = ${workspaceId}::uuid AND NOT settled) RETURNING about, mark)
    INSERT INTO candour_marks (workspace_id, about, mark, settled)
    SELECT ${workspaceId}::uuid, about, mark, true FROM taken ORDER BY gen_random_uuid()`.execute(tx);
}
