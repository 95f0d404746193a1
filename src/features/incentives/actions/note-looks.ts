import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { announceChange } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { LookKind } from '../contract/access.ts';
import { isLook } from '../policy/access.ts';

/**
 * Writes down that somebody saw others' pay: once a viewer, payee and hour, each as a fact that the payee can read.
 * Called in the transaction that answers, so that nothing is shown that isn't written down.
 * @param recordId what was looked at: the version, run, dispute or result
 */
export async function noteLooks(tx: Tx, who: Who, payeeIds: Iterable<string>, what: LookKind, recordId: string | null): Promise<void> {
  const others = [...new Set(payeeIds)].filter((id) => isLook(who, id)).sort();
  if (others.length === 0) return;
  const { rows } = await sql`WITH looked AS (
      INSERT INTO statement_looks (workspace_id, payee_id, hour, viewer_id, what, record_id, looked_at)
      SELECT ${who.workspaceId}::uuid, p, date_trunc('hour', now()), ${who.memberId}::uuid, ${what}, ${recordId}::uuid, now() FROM unnest(${others}::uuid[]) p
      ON CONFLICT DO NOTHING RETURNING payee_id)
    INSERT INTO facts (workspace_id, id, recorded_at, kind, subject_kind, subject_id, occurred_at, member_id, body)
    SELECT ${who.workspaceId}::uuid, new_id(), clock_timestamp(), 'statement.viewed', 'statement', payee_id, now(), ${who.memberId}::uuid,
      jsonb_build_object('what', ${what}::text, 'recordId', ${recordId}::uuid) FROM looked RETURNING id`.execute(tx);
  if (rows.length > 0) await announceChange(tx, who.workspaceId, 'statement');
}
