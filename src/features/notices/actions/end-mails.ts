import { sql } from 'kysely';
import type { Sealing } from '#platform/auth/sealing.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Ended } from '../contract/deliver.ts';
import { usualDigest } from '../contract/digest.ts';
import { kinds } from '../contract/kinds.ts';
import { readUnsubscribeToken } from './unsubscribe-token.ts';

/**
 * Ends what a mail’s link names, once or again, whoever is signed in: the link is the right to it. What waits to be sent
 * of it doesn’t leave any more.
 * @returns what was ended; null where the link holds nothing (changed, made elsewhere, the person is gone)
 */
export async function endMails(database: Database, sealing: Sealing, token: string): Promise<Ended | null> {
  const named = readUnsubscribeToken(sealing, token);
  if (!named) return null;
  const workspaceId = named.workspaceId as WorkspaceId;
  return database.inWorkspace(workspaceId, async (tx) => {
    const { rows } = await sql`SELECT FROM members WHERE workspace_id = ${workspaceId}::uuid AND id = ${named.memberId}::uuid`.execute(tx);
    if (rows.length === 0) return null;
    await writeEnd(tx, workspaceId, named.memberId, named.ends);
    await dropWaiting(tx, workspaceId, named.memberId, named.ends);
    const fact = { kind: 'mails.ended', subjectKind: 'member', subjectId: named.memberId, memberId: named.memberId };
    await recordFact(tx, workspaceId, { ...fact, body: { ends: named.ends } });
    return named.ends;
  });
}

/** What a link would end, without ending it: mail scanners open links, too. */
export const whatEnds = (sealing: Sealing, token: string): Ended | null => readUnsubscribeToken(sealing, token)?.ends ?? null;

/** Beside what else the person chose. */
async function writeEnd(tx: Tx, workspaceId: WorkspaceId, memberId: string, ends: Ended): Promise<void> {
  const [part, key, usual, change] =
    ends === 'digest'
      ? (['digest', null, usualDigest, { rhythm: 'never' }] as const)
      : (['kinds', ends, kinds[ends].usual, { mail: 'never' }] as const);
  const before = key === null ? sql`c.content->${part}` : sql`c.content->${part}->${key}`;
  const changed = sql`coalesce(${before}, ${JSON.stringify(usual)}::jsonb) || ${JSON.stringify(change)}::jsonb`;
  const whole = key === null ? changed : sql`coalesce(c.content->${part}, '{}') || jsonb_build_object(${key}::text, ${changed})`;
  await sql`INSERT INTO notification_choices (workspace_id, member_id) VALUES (${workspaceId}::uuid, ${memberId}::uuid) ON CONFLICT DO NOTHING`.execute(
    tx,
  );
  await sql`UPDATE notification_choices c SET content = c.content || jsonb_build_object(${part}::text, ${whole}), changed_at = now()
    WHERE workspace_id = ${workspaceId}::uuid AND member_id = ${memberId}::uuid`.execute(tx);
}

async function dropWaiting(tx: Tx, workspaceId: WorkspaceId, memberId: string, ends: Ended): Promise<void> {
  await sql`UPDATE messages_out SET given_up_at = now(), failed_because = 'Its reader has ended such mails.'
    WHERE workspace_id = ${workspaceId}::uuid AND member_id = ${memberId}::uuid AND content->>'ends' = ${ends} AND sent_at IS NULL AND given_up_at IS NULL`.execute(
    tx,
  );
}
