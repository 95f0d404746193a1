import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { NewAuditor } from '../contract/access.ts';
import { membersById } from '../queries/plan-rows.ts';

/** Lets a member read all pay, and nothing more. @returns the grant's id @throws Problem not-found, conflict, bad-input */
export async function grantAuditor(tx: Tx, who: Who, { memberId, reason }: NewAuditor): Promise<string> {
  const member = (await membersById(tx, who.workspaceId, [memberId])).get(memberId);
  if (!member) throw notFound('member');
  if (!member.active || !member.hasLogin)
    throw new Problem('bad-input', `${member.name} can’t sign in: an auditor is a member with a login.`, {
      fields: [{ at: 'memberId', reason: 'has no login' }],
    });
  const id = newId();
  const { rows } = await sql`INSERT INTO incentive_auditors (workspace_id, id, member_id, reason, granted_by, granted_at)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${memberId}::uuid, ${reason}, ${who.memberId}::uuid, clock_timestamp())
    ON CONFLICT (workspace_id, member_id) WHERE revoked_at IS NULL DO NOTHING RETURNING id`.execute(tx);
  if (rows.length === 0) throw new Problem('conflict', `${member.name} is an auditor already.`);
  await recordAuditorFact(tx, who, id, 'granted', { memberId });
  return id;
}

/** From the next request on they see what they saw before. @throws Problem not-found, conflict */
export async function revokeAuditor(tx: Tx, who: Who, id: string): Promise<void> {
  const { rows } = await sql<{
    memberId: string;
    wasRevoked: boolean;
  }>`SELECT member_id AS "memberId", revoked_at IS NOT NULL AS "wasRevoked"
    FROM incentive_auditors WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid FOR UPDATE`.execute(tx);
  const [grant] = rows;
  if (!grant) throw notFound('auditor');
  if (grant.wasRevoked) throw new Problem('conflict', 'It was revoked already.');
  await sql`UPDATE incentive_auditors SET revoked_by = ${who.memberId}::uuid, revoked_at = clock_timestamp()
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await recordAuditorFact(tx, who, id, 'revoked', { memberId: grant.memberId });
}

const recordAuditorFact = (tx: Tx, who: Who, id: string, verb: string, body: Record<string, unknown>): Promise<string> =>
  recordFact(tx, who.workspaceId, { kind: `auditor.${verb}`, subjectKind: 'auditor', subjectId: id, memberId: who.memberId, body });
