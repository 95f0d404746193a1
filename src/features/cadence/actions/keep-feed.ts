/** The secret address of a member's calendar: made, renewed, revoked. */

import { sql } from 'kysely';
import { throughGate } from '#features/people/queries/gate.ts';
import { hashToken, newToken } from '#platform/auth/tokens.ts';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';

/** The one before stops at once. @returns the secret, which is nowhere else */
export async function makeFeed(tx: Tx, who: Who): Promise<{ secret: string; madeAt: string }> {
  await revokeFeed(tx, who);
  const [id, secret] = [newId(), newToken()];
  const { rows } = await sql<{ madeAt: string }>`INSERT INTO calendar_feeds (workspace_id, id, member_id)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${who.memberId}::uuid) RETURNING made_at AS "madeAt"`.execute(tx);
  await throughGate(tx, () =>
    sql`INSERT INTO gate_tokens (token_hash, purpose, workspace_id, record_id) VALUES (${hashToken(secret)}, 'calendar', ${who.workspaceId}, ${id})`.execute(
      tx,
    ),
  );
  await record(tx, who, id, 'made');
  return { secret, madeAt: rows[0]!.madeAt };
}

/** Without one, nothing happens. */
export async function revokeFeed(tx: Tx, who: Who): Promise<void> {
  const { rows } = await sql<{ id: string }>`UPDATE calendar_feeds SET revoked_at = now()
    WHERE workspace_id = ${who.workspaceId}::uuid AND member_id = ${who.memberId}::uuid AND revoked_at IS NULL RETURNING id`.execute(tx);
  for (const { id } of rows) {
    await throughGate(tx, () => sql`DELETE FROM gate_tokens WHERE record_id = ${id}`.execute(tx));
    await record(tx, who, id, 'revoked');
  }
}

const record = (tx: Tx, who: Who, id: string, deed: string): Promise<string> =>
  recordFact(tx, who.workspaceId, { kind: `calendarFeed.${deed}`, subjectKind: 'calendarFeed', subjectId: id, memberId: who.memberId });
