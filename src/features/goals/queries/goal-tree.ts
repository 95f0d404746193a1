/** All goals that count on a day: parents before their children, each with where it stands. */

import { intervalPercent } from '#engine/goals/spread.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import { missingSignatures } from '#features/agreement/queries/signing.ts';
import { signaturesOf } from '#features/agreement/queries/versions.ts';
import type { Database } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { z } from 'zod';
import type { goalsAsk, GoalStanding, GoalTree } from '../contract/goals.ts';
import { goalsVersion } from '../contract/metrics.ts';
import type { Goal } from '../contract/plans.ts';
import { whyNotDraft } from '../policy.ts';
import { type GoalContext, readContext } from './context.ts';
import { namesOfGoals } from './names.ts';
import { inForceOf, listPlanRows, type PlanRow } from './plan-rows.ts';
import { standingOf } from './standings.ts';

/** A request reads more than this only in parts. */
const mostGoals = 200;

export async function answerGoalTree(database: Database, who: Who, asked: z.output<typeof goalsAsk>): Promise<GoalTree> {
  const { rows, open } = await database.inWorkspace(who.workspaceId, async (tx) => {
    const rows = await listPlanRows(tx, who.workspaceId);
    const waiting = rows.filter(({ status }) => status === 'draft' || status === 'proposed');
    const signatures = await signaturesOf(
      tx,
      who.workspaceId,
      waiting.map(({ id }) => id),
    );
    return { rows, open: waiting.map((row) => openOf(row, missingSignatures(row.status, signatures.get(row.id) ?? []))) };
  });
  const inForce = inForceOf(rows);
  const signed = rows.filter(({ id }) => inForce.has(id));
  const context = await readContext(database, who.workspaceId, who, metricsOf(signed));
  const plans = plansOn(signed, asked.on ?? dayText(context.ground.figures.today));
  const goals = await standingsOf(context, plans, asked.of === 'me' ? who.memberId : null);
  return {
    asOf: dayText(context.asOf),
    timeZone: context.ground.figures.timeZone,
    currency: context.ground.figures.currency,
    version: goalsVersion,
    intervalPercent,
    plans: plans.map(({ id, planId, number, content }) => ({
      planId,
      versionId: id,
      number,
      title: content.title,
      start: content.start,
      end: content.end,
      hasWorkBack: content.workBack !== null,
    })),
    goals,
    open,
    can: { draft: whyNotDraft(who) },
    notes: notesOf(context, plans),
  };
}

const openOf = ({ id, content, number, status }: PlanRow, missing: ('marketing' | 'sales')[]): GoalTree['open'][number] => ({
  versionId: id,
  title: content.title,
  number,
  status,
  missing,
});

export const metricsOf = (plans: readonly PlanRow[]): Goal['metric'][] =>
  plans.flatMap(({ content }) => content.goals.map(({ metric }) => metric));

/** Those that run on the day; without any, those that begin next, else those that ended last. */
export function plansOn(plans: readonly PlanRow[], day: string): PlanRow[] {
  const running = plans.filter(({ content }) => content.start <= day && day <= content.end);
  if (running.length > 0) return inOrder(running);
  const next = plans.filter(({ content }) => content.start > day);
  const starts = next.map(({ content }) => content.start).sort();
  if (starts[0] !== undefined) return inOrder(next.filter(({ content }) => content.start === starts[0]));
  const ends = plans.map(({ content }) => content.end).sort();
  return inOrder(plans.filter(({ content }) => content.end === ends.at(-1)));
}

const inOrder = (plans: readonly PlanRow[]): PlanRow[] =>
  plans.toSorted((one, other) =>
    one.content.start < other.content.start ? -1 : one.content.start > other.content.start ? 1 : one.planId < other.planId ? -1 : 1,
  );

/** @param ownedBy only goals that this member owns; null: all */
export async function standingsOf(context: GoalContext, plans: readonly PlanRow[], ownedBy: string | null): Promise<GoalStanding[]> {
  const goals = plans.flatMap((plan) =>
    parentsFirst(plan.content.goals).map((goal) => ({ goal, planId: plan.planId, versionId: plan.id })),
  );
  const names = await context.database.inWorkspace(context.workspaceId, (tx) =>
    namesOfGoals(
      tx,
      context.workspaceId,
      goals.map(({ goal }) => goal),
    ),
  );
  const asked = goals.filter(({ goal: { owners } }) => ownedBy === null || owners.marketing === ownedBy || owners.sales === ownedBy);
  const standings: GoalStanding[] = [];
  for (const each of asked.slice(0, mostGoals)) standings.push((await standingOf(context, each, names)).standing);
  return standings;
}

/** In the order of the plan, children right after their parent. */
export function parentsFirst(goals: readonly Goal[]): Goal[] {
  const below = Map.groupBy(goals, ({ parentId }) => parentId);
  const walk = (parentId: string | null): Goal[] => (below.get(parentId) ?? []).flatMap((goal) => [goal, ...walk(goal.id)]);
  return walk(null);
}

function notesOf({ asOf, ground }: GoalContext, plans: readonly PlanRow[]): string[] {
  const { today, costBasis } = ground.figures;
  return [
    ...(asOf < today ? [`The last day on record is ${dayText(asOf)}: what came after it is not known.`] : []),
    ...(costBasis === 'programme' && metricsOf(plans).some(({ name }) => name === 'cac' || name === 'paybackMonths')
      ? ['Goals made from what people are paid are shown to the owner and the heads of leadership.']
      : []),
  ];
}
