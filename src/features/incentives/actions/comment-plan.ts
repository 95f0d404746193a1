import { sql } from 'kysely';
import type { z } from 'zod';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { newPlanComment } from '../contract/plans.ts';
import { rulesPayOf, seesAllPay } from '../policy/access.ts';
import { getSeenVersion } from '../queries/plan-seen.ts';
import { recordPlanFact } from './plan-facts.ts';

/**
 * Says something about a version. What a payee says is about their own part, read by who sees their pay; heads say it
 * to all, or about one payee's part.
 * @returns the comment's id @throws Problem not-found, forbidden (whose part they don't see)
 */
export async function commentOnPlan(tx: Tx, who: Who, id: string, given: z.output<typeof newPlanComment>): Promise<string> {
  const { version, sight, part } = await getSeenVersion(tx, who, id);
  const speaksToAll = seesAllPay(sight) || part.name === 'side';
  const about = given.aboutMemberId ?? (speaksToAll ? null : who.memberId);
  const payee = version.content.payees.find((each) => each.id === about);
  if (about !== null && !payee)
    throw new Problem('bad-input', 'This plan doesn’t pay them.', { fields: [{ at: 'aboutMemberId', reason: 'is no payee of it' }] });
  if (payee && payee.id !== who.memberId && !seesAllPay(sight) && !rulesPayOf(sight, payee))
    throw new Problem('forbidden', 'You comment on your own part; their manager and the heads of their side on theirs.');
  const commentId = newId();
  await sql`INSERT INTO incentive_comments (workspace_id, id, version_id, member_id, about_member_id, text, said_at)
    VALUES (${who.workspaceId}::uuid, ${commentId}::uuid, ${id}::uuid, ${who.memberId}::uuid, ${about}::uuid, ${given.text}, clock_timestamp())`.execute(
    tx,
  );
  await recordPlanFact(tx, who, version, 'commented', { commentId });
  return commentId;
}
