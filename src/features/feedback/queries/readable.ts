/** Which feedback a member reads, as a condition on `f`. */

import { sql } from 'kysely';
import type { Who } from '#platform/http/route.ts';
import { isHeadOf } from '../policy/feedback.ts';

type Sql = ReturnType<typeof sql>;

/**
 * Criticism: who gave it, whom it is to (a side of which nobody has it alone: all of that side), who leads a team of
 * theirs, the heads of both sides concerned, and the heads of leadership. Praise: everybody. What was taken back: who
 * gave it. Of anonymous criticism the giver’s side is not known, so the heads of the side it is to read it, and no other’s.
 */
export function readable(who: Who): Sql {
  const me = sql`${who.memberId}::uuid`;
  const concerned: Sql[] = [
    sql`f.tone = 'praise'`,
    sql`f.from_member = ${me}`,
    sql`f.to_member = ${me}`,
    sql`(f.to_member IS NULL AND f.to_side = ${who.side})`,
    sql`EXISTS (SELECT 1 FROM team_members tm JOIN teams t ON t.workspace_id = tm.workspace_id AND t.id = tm.team_id AND t.manager_id = ${me}
      WHERE tm.workspace_id = f.workspace_id AND tm.member_id = f.to_member)`,
  ];
  if (isHeadOf(who, 'leadership') || who.role === 'owner') concerned.push(sql`true`);
  else if (isHeadOf(who, who.side)) concerned.push(sql`f.to_side = ${who.side}`, sql`f.from_side = ${who.side}`);
  return sql`(f.state <> 'withdrawn' OR f.from_member = ${me}) AND (${sql.join(concerned, sql` OR `)})`;
}

/** Mine to answer: `isReceiver` says nothing else, to the database. */
export function toAnswer(who: Who): Sql {
  const mine = isHeadOf(who, who.side)
    ? sql`f.to_side = ${who.side}`
    : sql`(f.to_member = ${who.memberId}::uuid OR (f.to_member IS NULL AND f.to_side = ${who.side}))`;
  return sql`${mine} AND f.from_member IS DISTINCT FROM ${who.memberId}::uuid AND f.tone = 'criticism' AND f.state IN ('given', 'reopened')`;
}

/** Answered, and mine to say whether it is settled. */
export const toSettle = (who: Who): Sql => sql`f.from_member = ${who.memberId}::uuid AND f.state IN ('accepted', 'explained', 'disagreed')`;

export const isLate = sql`(f.state IN ('given', 'reopened') AND f.due_at < now())`;
