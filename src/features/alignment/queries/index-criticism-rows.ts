/** Rejections that come back to marketing, and feedback, as rows of the index. */

import { sql } from 'kysely';
import { answerDays } from '#engine/alignment/index/component.ts';
import { readable } from '#features/feedback/queries/readable.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { IndexQuestion } from './index-question.ts';
import { type IndexRow, type IndexSource, type Timed, timedRow } from './index-row.ts';
import { epoch, instant } from './index-sql.ts';

const millisecondsADay = 86_400_000;

interface Rejection extends Timed {
  readonly ruledAt: number | null;
  readonly isContested: boolean;
}

const rejectionsOf = (tx: Tx, { ground, on, days, from, asOf }: IndexQuestion): Promise<Rejection[]> =>
  ground.once(`rejections ${on} ${days}`, async () => {
    const { rows } = await sql<Rejection>`SELECT r.id AS key, r.lead_id AS id, NULL AS name, ${epoch(sql`r.rejected_at`)} AS at,
        ${epoch(sql`r.answered_at`)} AS "doneAt", ${epoch(sql`r.rejected_at`)} + ${answerDays.rejection * millisecondsADay} AS "dueAt", r.marketer_id AS "memberId",
        ${epoch(sql`r.ruled_at`)} AS "ruledAt", coalesce(r.answer = 'contested' AND r.answered_at <= ${instant(asOf)}, false) OR r.in_sample AS "isContested"
      FROM rejections r WHERE r.workspace_id = ${ground.workspaceId}::uuid AND r.rejected_at >= ${instant(from)} AND r.rejected_at <= ${instant(asOf)}
      ORDER BY r.rejected_at, r.id`.execute(tx);
    return rows;
  });

const present = ({ of, open }: IndexRow): boolean => of + open > 0;

export const answeredRejectionRows: IndexSource = async (tx, question) =>
  (await rejectionsOf(tx, question)).map((row) => timedRow(question, 'rejection', row, 'Answered')).filter(present);

export const ruledRows: IndexSource = async (tx, question) =>
  (await rejectionsOf(tx, question))
    .filter(({ isContested }) => isContested)
    .map((row) => {
      const timed = { ...row, doneAt: row.ruledAt, dueAt: row.at + answerDays.ruling * millisecondsADay, memberId: null };
      return timedRow(question, 'rejection', timed, 'Ruled on');
    })
    .filter(present);

interface Given {
  readonly id: string;
  readonly at: number;
  readonly doneAt: number | null;
  readonly dueAt: number | null;
  readonly toMember: string | null;
  readonly fromMember: string | null;
  readonly isConfirmed: boolean;
  readonly isInTime: boolean;
  readonly isHidden: boolean;
}

/** Criticism of the days. @param who whose eyes it is for; null: nobody's, for counts */
const criticismOf = (tx: Tx, { ground, start, on, asOf }: IndexQuestion, who: Who | null): Promise<Given[]> =>
  ground.once(`criticism ${start} ${on} ${who?.memberId}`, async () => {
    const { rows } = await sql<Given>`SELECT f.id, ${epoch(sql`f.given_on::timestamp AT TIME ZONE ${ground.timeZone}`)} AS at,
        ${epoch(sql`CASE WHEN f.answered_at <= ${instant(asOf)} THEN f.answered_at END`)} AS "doneAt", ${epoch(sql`f.due_at`)} AS "dueAt",
        f.to_member AS "toMember", f.from_member AS "fromMember", f.state = 'confirmed' AS "isConfirmed", coalesce(f.answered_in_time, false) AS "isInTime",
        ${who ? sql`NOT coalesce(${readable(who)}, false)` : sql`false`} AS "isHidden"
      FROM feedback f WHERE f.workspace_id = ${ground.workspaceId}::uuid AND f.tone = 'criticism' AND f.state <> 'withdrawn'
        AND f.given_on BETWEEN ${start}::date AND ${on}::date ORDER BY f.given_on, f.id`.execute(tx);
    return rows;
  });

const feedbackRow = ({ ground }: IndexQuestion, { id, at, isHidden }: Given) => ({
  ...{ key: id, id, kind: 'feedback' as const, name: 'Criticism', day: ground.dayOf(at), isHidden },
});

export const answeredFeedbackRows =
  (who: Who | null): IndexSource =>
  async (tx, question) =>
    (await criticismOf(tx, question, who)).flatMap((given): IndexRow[] => {
      const { doneAt, dueAt, isInTime, toMember: memberId } = given;
      const isDue = doneAt !== null || (dueAt !== null && dueAt <= question.asOf);
      const isOpen = !isDue && dueAt !== null && dueAt <= question.ahead;
      if (!isDue && !isOpen) return [];
      const isMet = doneAt !== null && isInTime;
      return [
        {
          ...{ ...feedbackRow(question, given), dueAt, memberId, count: isMet ? 1 : 0, of: isDue ? 1 : 0 },
          ...{ open: isOpen ? 1 : 0, openOf: isOpen ? 1 : 0 },
          why: isMet
            ? 'Answered in time.'
            : doneAt !== null
              ? 'Answered, but too late.'
              : isDue
                ? 'Not answered in time.'
                : 'Not answered yet.',
        },
      ];
    });

/** Of what was answered, what its giver confirmed; the rest the giver still can. */
export const settledRows =
  (who: Who | null): IndexSource =>
  async (tx, question) =>
    (await criticismOf(tx, question, who))
      .filter(({ doneAt }) => doneAt !== null)
      .map(
        (given): IndexRow => ({
          ...{ ...feedbackRow(question, given), dueAt: null, memberId: given.fromMember, count: given.isConfirmed ? 1 : 0, of: 1 },
          ...{ open: given.isConfirmed ? 0 : 1, openOf: 0 },
          why: given.isConfirmed ? 'Answered, and confirmed by who gave it.' : 'Answered, and not confirmed yet.',
        }),
      );

/** Twice what the side got that got less, of what both got. @returns null for fewer than four */
export async function bothWays(tx: Tx, { ground, start, on }: IndexQuestion): Promise<{ count: number; of: number } | null> {
  const { rows } = await sql<{ marketing: number; sales: number }>`SELECT count(*) FILTER (WHERE to_side = 'marketing')::int AS marketing,
      count(*) FILTER (WHERE to_side = 'sales')::int AS sales FROM feedback
    WHERE workspace_id = ${ground.workspaceId}::uuid AND state <> 'withdrawn' AND given_on BETWEEN ${start}::date AND ${on}::date`.execute(
    tx,
  );
  const { marketing, sales } = rows[0]!;
  return marketing + sales < 4 ? null : { count: 2 * Math.min(marketing, sales), of: marketing + sales };
}
