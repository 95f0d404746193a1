/** Versions that one side proposed, and goals both signed, as rows of the index. */

import { sql } from 'kysely';
import { answerDays } from '#engine/alignment/index/component.ts';
import { plansInForce } from '#features/goals/queries/plan-rows.ts';
import { numberOfDay } from '#features/returns/queries/figure-scope.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import { type IndexRow, type IndexSource, type Timed, timedRow } from './index-row.ts';
import type { Sql } from '#features/records/queries/columns.ts';
import { epoch, instant } from './index-sql.ts';

export const versionRows: IndexSource = async (tx, question) => {
  const { ground, from, asOf } = question;
  const versions = (table: string, name: Sql) => sql`
    SELECT v.id AS key, v.id, ${name} AS name, ${epoch(sql`v.proposed_at`)} AS at, ${epoch(sql`least(v.signed_at, v.withdrawn_at)`)} AS "doneAt",
      ${epoch(sql`v.proposed_at + make_interval(days => ${answerDays.version})`)} AS "dueAt", NULL::uuid AS "memberId"
    FROM ${sql.table(table)} v WHERE v.workspace_id = ${ground.workspaceId}::uuid AND v.proposed_at >= ${instant(from)} AND v.proposed_at <= ${instant(asOf)}`;
  const { rows } = await sql<Timed>`${versions('definition_versions', sql`'Definition: ' || v.term || ', version ' || v.number`)}
    UNION ALL ${versions('agreement_versions', sql`'Agreement, version ' || v.number`)}
    UNION ALL ${versions('goal_plans', sql`'Goals: ' || coalesce(v.content ->> 'title', 'plan') || ', version ' || v.number`)}`.execute(tx);
  return rows.map((row) => timedRow(question, 'version', row, 'Decided')).filter(({ of, open }) => of + open > 0);
};

/** Weeks that lie whole within the days and the goal, since its plan was signed: on pace unless a miss was noted. */
export const goalRows: IndexSource = async (tx, { ground, startDay, onDay, asOf }) => {
  const plans = await ground.once('plans', () => plansInForce(tx, ground.workspaceId));
  const misses = await ground.once('misses', async () => {
    const { rows } = await sql<{ goalId: string; week: string }>`SELECT goal_id AS "goalId", week FROM goal_misses
      WHERE workspace_id = ${ground.workspaceId}::uuid`.execute(tx);
    return new Set(rows.map(({ goalId, week }) => `${goalId} ${week}`));
  });
  const rows: IndexRow[] = [];
  for (const { content, signedAt } of plans) {
    const signed = Date.parse(signedAt!);
    if (signed > asOf) continue;
    for (const goal of content.goals) {
      const first = Math.max(startDay, numberOfDay(goal.start), ground.dayOf(signed));
      const last = Math.min(onDay, numberOfDay(goal.end));
      for (let monday = mondayFrom(first); monday + 6 <= last; monday += 7) {
        const isMet = !misses.has(`${goal.id} ${dayText(monday)}`);
        rows.push({
          ...{ key: goal.id, id: goal.id, kind: 'goal', name: goal.title, day: monday, dueAt: null, memberId: null },
          ...{ count: isMet ? 1 : 0, of: 1, open: 0, openOf: 0 },
          why: isMet ? `On pace in the week of ${dayText(monday)}.` : `Off its pace in the week of ${dayText(monday)}.`,
        });
      }
    }
  }
  return rows;
};

/** 1970-01-01 was a Thursday. */
const mondayFrom = (day: number): number => day + ((7 - ((((day + 3) % 7) + 7) % 7)) % 7);
