import { sql } from 'kysely';
import type { z } from 'zod';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { newPlanComment } from '../contract/plans.ts';
import { rulesPayOf } from '../policy/access.ts';
import { membersById } from '../queries/plan-rows.ts';
import { getSeenVersion } from '../queries/plan-seen.ts';
import { recordPlanFact } from './plan-facts.ts';

/**
 * Says something about a version. What a payee says is about their own part, read by who sees their pay; heads say it
 * to all, or about one payee's part.
 * @returns the comment's id @throws Problem not-found, forbidden (whose part they don't see)
 */
export async function commentOnPlan(tx: Tx, who: Who, id: string, given: z.output<typeof newPlanComment>): Promise<string> {
  const { version, sight } = await getSeenVersion(tx, who, id);
  const speaksToAll = sight.pay.marketing || sight.pay.sales;
  const about = given.aboutMemberId ?? (speaksToAll ? null : who.memberId);
  if (about !== null) await refuseUnknown(tx, who, about);
  const payee = version.content.payees.find((each) => each.id === about);
  if (about !== null && payee?.id !== who.memberId && !(payee && rulesPayOf(sight, payee)))
    throw new Problem('forbidden', 'Payees comment on their own part, their managers and heads on theirs; auditors only read.');
  const commentId = newId();
  await sql`INSERT INTO incentive_comments (workspace_id, id, version_id, member_id, about_member_id, text, said_at)
    VALUES (${who.workspaceId}::uuid, ${commentId}::uuid, ${id}::uuid, ${who.memberId}::uuid, ${about}::uuid, ${given.text}, clock_timestamp())`.execute(
    tx,
  );
  await recordPlanFact(tx, who, version, 'commented', { commentId });
  return commentId;
}

async function refuseUnknown(tx: Tx, who: Who, memberId: string): Promise<void> {
  if (!(await membersById(tx, who.workspaceId, [memberId])).has(memberId)) throw notFound('member');
}
