import { sql } from 'kysely';
import { dayText } from '#engine/values/calendarDay.ts';
import { signingFor } from '#features/agreement/queries/signing.ts';
import { signaturesOf } from '#features/agreement/queries/versions.ts';
import type { Database } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import { goalStates, type GoalsToday } from '../contract/goals.ts';
import { readContext } from './context.ts';
import { metricsOf, plansOn, standingsOf } from './goal-tree.ts';
import { listPlanRows, plansInForce, type PlanRow } from './plan-rows.ts';

/** What goals ask of the asker today: own goals off their pace, and plans that wait for one's signature. */
export async function goalsOfToday(database: Database, who: Who): Promise<GoalsToday> {
  const { plans, toSign, currency } = await database.inWorkspace(who.workspaceId, async (tx) => {
    const proposed = (await listPlanRows(tx, who.workspaceId)).filter(({ status }) => status === 'proposed');
    const ids = proposed.map(({ id }) => id);
    const signatures = await signaturesOf(tx, who.workspaceId, ids);
    const toSign: PlanRow[] = [];
    for (const row of proposed) if ((await signingFor(tx, who, row.status, signatures.get(row.id) ?? [])).side !== null) toSign.push(row);
    const { rows } = await sql<{ currency: string }>`SELECT currency FROM workspaces WHERE id = ${who.workspaceId}::uuid`.execute(tx);
    return { plans: await plansInForce(tx, who.workspaceId), toSign, currency: rows[0]!.currency };
  });
  const waiting = toSign.map(({ id, content, number, proposedAt, madeBy }) => ({
    versionId: id,
    title: content.title,
    number,
    proposedAt,
    madeBy,
  }));
  const owned = plans.filter(({ content }) =>
    content.goals.some(({ owners }) => owners.marketing === who.memberId || owners.sales === who.memberId),
  );
  const now = new Date().toISOString().slice(0, 10);
  if (owned.length === 0) return { currency, asOf: now, offPace: [], mine: 0, toSign: waiting };
  const context = await readContext(database, who.workspaceId, who, metricsOf(owned));
  const standings = await standingsOf(context, plansOn(owned, dayText(context.ground.figures.today)), who.memberId);
  const offPace = standings.filter(({ state }) => goalStates[state].offPace);
  return {
    currency,
    asOf: dayText(context.asOf),
    offPace: offPace
      .toSorted((one, other) => Number(one.pace?.gapPercent ?? 0) - Number(other.pace?.gapPercent ?? 0))
      .map(({ id, title, metricLabel, unit, direction, target, value, pace, forecast, state, says, owners, end, versionId }) => ({
        ...{ id, title, metricLabel, unit, direction, target, value, pace, forecast, state, says, owners, end, versionId },
      })),
    mine: standings.length,
    toSign: waiting,
  };
}
