/** What only the asker can move: feedback to answer and to settle, a pulse, numbers to guess. */

import { sql } from 'kysely';
import { groundOf } from '#features/campaigns/queries/ground.ts';
import type { Sealing } from '#platform/auth/sealing.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { FeedbackItem } from '../contract/feedback.ts';
import type { FeedbackToday } from '../contract/overview.ts';
import { perceptionMetrics } from '../contract/perception.ts';
import { isHeadOf } from '../policy/feedback.ts';
import { mayAnswerFeedback, mayAnswerPulses, mayGuess } from '../policy.ts';
import { answeredBy } from './marks.ts';
import { seenBy } from './perception.ts';
import { aboutPulse } from './pulses.ts';
import { isLate, readable, toAnswer, toSettle } from './readable.ts';
import { feedbackColumns, type FeedbackRow, shownFeedback } from './rows.ts';

const most = 20;

export async function readFeedbackToday(tx: Tx, who: Who, sealing: Sealing): Promise<FeedbackToday> {
  const { today } = await groundOf(tx, who.workspaceId);
  const answers = mayAnswerFeedback.may(who);
  return {
    toAnswer: answers ? await listOf(tx, who, toAnswer(who), sql`f.due_at NULLS LAST, f.id`) : [],
    toSettle: await listOf(tx, who, toSettle(who), sql`f.answered_at, f.id`),
    lateOnMySide: isHeadOf(who, who.side) ? await countLate(tx, who) : 0,
    praise: await listOf(
      tx,
      who,
      sql`f.tone = 'praise' AND f.state = 'given' AND f.to_member = ${who.memberId}::uuid AND f.given_on > ${today}::date - 7`,
      sql`f.given_on DESC, f.id DESC`,
    ),
    pulse: mayAnswerPulses.may(who) ? await unansweredPulse(tx, who, sealing, today) : null,
    toGuess: mayGuess.may(who) ? perceptionMetrics.length - (await seenBy(tx, who, sealing)).seen.size : 0,
  };
}

type Sql = ReturnType<typeof sql>;

async function listOf(tx: Tx, who: Who, which: Sql, order: Sql): Promise<FeedbackItem[]> {
  const { rows } = await sql<FeedbackRow>`SELECT ${feedbackColumns} FROM feedback f
    WHERE f.workspace_id = ${who.workspaceId}::uuid AND ${readable(who)} AND ${which} ORDER BY ${order} LIMIT ${most}`.execute(tx);
  return shownFeedback(tx, who.workspaceId, rows);
}

async function countLate(tx: Tx, who: Who): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM feedback f
    WHERE f.workspace_id = ${who.workspaceId}::uuid AND f.to_side = ${who.side} AND ${isLate}`.execute(tx);
  return rows[0]!.count;
}

async function unansweredPulse(tx: Tx, who: Who, sealing: Sealing, today: string): Promise<FeedbackToday['pulse']> {
  const { rows } = await sql<{ id: string; title: string; closesOn: string }>`SELECT id, title, closes_on AS "closesOn" FROM pulses p
    WHERE p.workspace_id = ${who.workspaceId}::uuid AND p.closes_on >= ${today}::date
      AND NOT EXISTS (SELECT 1 FROM pulse_results r WHERE r.workspace_id = p.workspace_id AND r.pulse_id = p.id) ORDER BY p.number DESC LIMIT 1`.execute(
    tx,
  );
  const open = rows[0];
  if (!open) return null;
  const answered = await answeredBy(tx, who.workspaceId, sealing, { abouts: [aboutPulse(open.id)], memberId: who.memberId });
  return answered.size > 0 ? null : open;
}
