/** What the holder of a receipt reads: their own feedback, its thread, and what of theirs still waits. */

import { sql } from 'kysely';
import { whyNotIn } from '#engine/feedback/states.ts';
import type { Sealing } from '#platform/auth/sealing.ts';
import { hashToken } from '#platform/auth/tokens.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import { type ReceiptThread, type ReceiptVerb, receiptVerbs } from '../contract/receipts.ts';
import { type Pending, readPending } from './pending.ts';
import { feedbackColumns, type FeedbackRow, shownFeedback } from './rows.ts';
import { listThread } from './thread.ts';

/** What of one giver waits: the feedback itself, and entries in the order they were written. */
export interface Own {
  readonly give: (Pending & { kind: 'give' }) | undefined;
  readonly entries: readonly (Pending & { kind: 'entry' })[];
}

export async function ownPending(tx: Tx, workspaceId: WorkspaceId, sealing: Sealing, receipt: string): Promise<Own> {
  const { waiting } = await readPending(tx, workspaceId, sealing);
  const own = waiting.map(({ pending }) => pending).filter((pending) => 'receipt' in pending && pending.receipt === receipt);
  const entries = own.filter((pending) => pending.kind === 'entry').sort((one, other) => one.place - other.place);
  return { give: own.find((pending) => pending.kind === 'give'), entries };
}

/** @param receipt SHA-256 in hex */
export async function findByReceipt(tx: Tx, workspaceId: WorkspaceId, receipt: string): Promise<FeedbackRow | undefined> {
  const { rows } = await sql<FeedbackRow>`SELECT ${feedbackColumns} FROM feedback f
    WHERE f.workspace_id = ${workspaceId}::uuid AND f.receipt_hash = ${Buffer.from(receipt, 'hex')}`.execute(tx);
  return rows[0];
}

export async function isKnownReceipt(tx: Tx, workspaceId: WorkspaceId, sealing: Sealing, receipt: string): Promise<boolean> {
  if (await findByReceipt(tx, workspaceId, receipt)) return true;
  return (await ownPending(tx, workspaceId, sealing, receipt)).give !== undefined;
}

/** @throws Problem not-found: nobody here gave anything with this receipt */
export async function readByReceipt(tx: Tx, workspaceId: WorkspaceId, sealing: Sealing, token: string): Promise<ReceiptThread> {
  const receipt = hashToken(token).toString('hex');
  const row = await findByReceipt(tx, workspaceId, receipt);
  const own = await ownPending(tx, workspaceId, sealing, receipt);
  if (!row && !own.give) throw notFound('anonymous feedback');
  const [item] = row ? await shownFeedback(tx, workspaceId, [row]) : [];
  return {
    state: row ? 'shown' : 'waiting',
    feedback: item ? { ...item, thread: await listThread(tx, workspaceId, item.id) } : null,
    waiting: [
      ...(own.give ? [{ verb: 'give' as const, text: own.give.feedback.behaviour }] : []),
      ...own.entries.map(({ verb, text }) => ({ verb, text })),
    ],
    can: Object.fromEntries(receiptVerbs.map((verb) => [verb, whyNotByReceipt(verb, row, own)])) as ReceiptThread['can'],
  };
}

const waitsStill = 'It is not shown yet: until then you can only take it back.';

/** Null: the holder can. One step at a time waits; what is only said, as often as one likes. */
export function whyNotByReceipt(verb: ReceiptVerb, row: FeedbackRow | undefined, { entries }: Own): string | null {
  if (entries.some((entry) => entry.verb === 'withdraw')) return 'You took it back.';
  if (!row) return verb === 'withdraw' ? null : waitsStill;
  const step = verb === 'say' ? undefined : entries.find((entry) => entry.verb !== 'say');
  return step ? 'What you decided waits to be shown.' : whyNotIn(verb, row);
}
