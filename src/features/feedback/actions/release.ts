/**
 * Shows what was written anonymously: all that waits at once, in random order, in one transaction, on a day and at no
 * moment. `engine/candour/batch.ts` says when.
 */

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { whyNotShown } from '#engine/candour/batch.ts';
import { whyNotIn } from '#engine/feedback/states.ts';
import { dayIn, groundOf } from '#features/campaigns/queries/ground.ts';
import { startOfDay } from '#features/agreement/queries/in-force.ts';
import type { Sealing } from '#platform/auth/sealing.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { dueFrom } from '../queries/due.ts';
import { type Pending, readPending, type Waiting } from '../queries/pending.ts';
import { findByReceipt } from '../queries/receipts.ts';
import { countAbout, writersOf } from '../queries/writers.ts';
import { holdPool, removePending, settlePool } from './pool.ts';
import { shuffled } from './shuffle.ts';
import { writeStep } from './take-feedback.ts';
import { writeFeedback } from './write-feedback.ts';

type Give = Pending & { kind: 'give' };
type Entry = Pending & { kind: 'entry' };

/** @param at epoch milliseconds. @returns how many were shown */
export async function releaseFeedback(database: Database, workspaceId: WorkspaceId, sealing: Sealing, at: number): Promise<number> {
  const asked = await database.inWorkspace(workspaceId, async (tx) => {
    const { timeZone } = await groundOf(tx, workspaceId);
    const days = feedbackOf((await readPending(tx, workspaceId, sealing)).waiting).map(({ pending }) => pending.on);
    return { timeZone, days, logins: (await writersOf(tx, workspaceId)).map(({ loginId }) => loginId) };
  });
  const first = [...asked.days].sort()[0];
  if (first === undefined) return 0;
  const since = new Date(startOfDay(first, asked.timeZone)).toISOString();
  const about = await countAbout(database, workspaceId, asked.logins, since);
  const today = dayIn(asked.timeZone, at);
  if (whyNotShown({ days: asked.days, today, about }) !== null) return 0;
  return database.inWorkspace(workspaceId, (tx) => show(tx, workspaceId, sealing, { at, today }));
}

const feedbackOf = (waiting: readonly Waiting[]): (Waiting & { pending: Give | Entry })[] =>
  waiting.filter((each): each is Waiting & { pending: Give | Entry } => each.pending.kind === 'give' || each.pending.kind === 'entry');

async function show(tx: Tx, workspaceId: WorkspaceId, sealing: Sealing, when: { at: number; today: string }): Promise<number> {
  await holdPool(tx, workspaceId);
  const batch = feedbackOf((await readPending(tx, workspaceId, sealing)).waiting);
  await removePending(
    tx,
    workspaceId,
    batch.map(({ id }) => id),
  );
  const pending = batch.map((each) => each.pending);
  const takenBack = new Set(pending.flatMap((each) => (each.kind === 'entry' && each.verb === 'withdraw' ? [each.receipt] : [])));
  const given = pending.filter((each) => each.kind === 'give' && !takenBack.has(each.receipt)) as Give[];
  for (const give of shuffled(given)) await showGiven(tx, workspaceId, give, when);
  const byGiver = Map.groupBy(pending.filter((each) => each.kind === 'entry') as Entry[], ({ receipt }) => receipt);
  for (const [receipt, entries] of shuffled([...byGiver])) await showEntries(tx, workspaceId, receipt, entries, when);
  await settlePool(tx, workspaceId);
  return batch.length;
}

async function showGiven(
  tx: Tx,
  workspaceId: WorkspaceId,
  { receipt, feedback }: Give,
  { at, today }: { at: number; today: string },
): Promise<void> {
  if (await findByReceipt(tx, workspaceId, receipt)) return; // two of the same that came at once
  const dueAt = feedback.tone === 'criticism' ? await dueFrom(tx, workspaceId, at) : null;
  await writeFeedback(tx, workspaceId, feedback, {
    id: randomUUID(),
    on: today,
    dueAt,
    origin: { receiptHash: Buffer.from(receipt, 'hex') },
  });
}

/** In the order they were written. A step that the state does not allow any more is shown as what was said. */
async function showEntries(
  tx: Tx,
  workspaceId: WorkspaceId,
  receipt: string,
  entries: readonly Entry[],
  { at, today }: { at: number; today: string },
): Promise<void> {
  for (const { id, verb, text } of [...entries].sort((one, other) => one.place - other.place)) {
    await sql`SELECT 1 FROM feedback WHERE workspace_id = ${workspaceId}::uuid AND receipt_hash = ${Buffer.from(receipt, 'hex')} FOR NO KEY UPDATE`.execute(
      tx,
    );
    const row = await findByReceipt(tx, workspaceId, receipt);
    const allowed = row && whyNotIn(verb, row) === null ? verb : row && text !== '' && whyNotIn('say', row) === null ? 'say' : null;
    if (!row || !allowed) continue;
    const sets = allowed === 'reopen' ? { dueAt: await dueFrom(tx, workspaceId, at) } : {};
    await writeStep(tx, workspaceId, row, { verb: allowed, text, on: today, by: null, sets, entryId: id });
  }
}
