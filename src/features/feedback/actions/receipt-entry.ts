import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { groundOf } from '#features/campaigns/queries/ground.ts';
import type { Sealing } from '#platform/auth/sealing.ts';
import { hashToken } from '#platform/auth/tokens.ts';
import type { Tx } from '#platform/db/database.ts';
import { notFound, Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { NewReceiptEntry } from '../contract/receipts.ts';
import { findByReceipt, ownPending, whyNotByReceipt } from '../queries/receipts.ts';
import { addPending } from './pool.ts';

/**
 * What the holder of a receipt answers: it waits in the pool like the feedback itself, for a row written at once would
 * stand beside the holder’s session. Who asks is checked for belonging here and forgotten.
 */
export async function writeByReceipt(
  tx: Tx,
  who: Who,
  sealing: Sealing,
  { receipt: token, verb, text, once }: NewReceiptEntry,
): Promise<void> {
  const receipt = hashToken(token).toString('hex');
  const id = idOf(once);
  const row = await findByReceipt(tx, who.workspaceId, receipt);
  const own = await ownPending(tx, who.workspaceId, sealing, receipt);
  if (!row && !own.give) throw notFound('anonymous feedback');
  if (own.entries.some((entry) => entry.id === id) || (await isWritten(tx, who, id))) return;
  const whyNot = whyNotByReceipt(verb, row, own);
  if (whyNot) throw new Problem('conflict', whyNot);
  if (text === '' && (verb === 'say' || verb === 'reopen'))
    throw new Problem('bad-input', 'Say it in a sentence.', { fields: [{ at: 'text', reason: 'Say it in a sentence.' }] });
  const { today } = await groundOf(tx, who.workspaceId);
  const place = own.entries.length;
  await addPending(tx, who.workspaceId, sealing, { kind: 'entry', on: today, receipt, id, place, verb, text });
}

async function isWritten(tx: Tx, who: Who, id: string): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM feedback_entries WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  return rows.length > 0;
}

/** A random id of version 4 made of what the sender made up, so that the same entry sent again is the same. */
function idOf(once: string): string {
  const hex = createHash('sha256').update(once).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
