/** Once a week it is written down which goals are off their pace: a fact that meetings and digests read. */

import { sql } from 'kysely';
import { dayText } from '#engine/values/calendarDay.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import { recordFact } from '#platform/facts/facts.ts';
import { goalStates, type GoalStanding } from '../contract/goals.ts';
import { meaningOf } from '../contract/metrics.ts';
import { readContext } from '../queries/context.ts';
import { metricsOf, plansOn, standingsOf } from '../queries/goal-tree.ts';
import { plansInForce } from '../queries/plan-rows.ts';

/** Each goal and week once, however often and by how many workers it is asked. @returns how many were written */
export async function noteMisses(database: Database, workspaceId: WorkspaceId): Promise<number> {
  const plans = await database.inWorkspace(workspaceId, (tx) => plansInForce(tx, workspaceId));
  if (plans.length === 0) return 0;
  // As the owner sees it, so that goals made from pay count too; of those no number is kept.
  const context = await readContext(database, workspaceId, { side: 'leadership', role: 'owner' }, metricsOf(plans));
  const running = plansOn(plans, dayText(context.ground.figures.today));
  const standings = await standingsOf(context, running, null);
  const { today } = context.ground.figures;
  const monday = dayText(today - ((((today + 3) % 7) + 7) % 7));
  let written = 0;
  for (const standing of standings)
    if (goalStates[standing.state].offPace && (await noteMiss(database, workspaceId, standing, monday))) written++;
  return written;
}

async function noteMiss(database: Database, workspaceId: WorkspaceId, standing: GoalStanding, week: string): Promise<boolean> {
  const { id, versionId, state, title, owners, metric } = standing;
  const told = meaningOf(metric.name).holdsPay
    ? { value: null, ideal: null, gapPercent: null }
    : { value: standing.value, ideal: standing.pace?.ideal ?? null, gapPercent: standing.pace?.gapPercent ?? null };
  return database.inWorkspace(workspaceId, async (tx) => {
    const { numAffectedRows } =
      await sql`INSERT INTO goal_misses (workspace_id, goal_id, week, version_id, state, value, ideal, gap_percent)
      VALUES (${workspaceId}::uuid, ${id}::uuid, ${week}::date, ${versionId}::uuid, ${state}, ${told.value}, ${told.ideal}, ${told.gapPercent})
      ON CONFLICT DO NOTHING`.execute(tx);
    if (numAffectedRows !== 1n) return false;
    await recordFact(tx, workspaceId, {
      kind: 'goal.paceMissed',
      subjectKind: 'goal',
      subjectId: id,
      body: { week, title, state, versionId, owners: { marketing: owners.marketing.id, sales: owners.sales.id }, ...told },
    });
    return true;
  });
}
