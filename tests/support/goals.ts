/** Plans of goals in force, written straight into the tables: for tests of what follows from them. */

import { sql } from 'kysely';
import type { GoalMetric, MetricName } from '#features/goals/contract/metrics.ts';
import { meaningOf } from '#features/goals/contract/metrics.ts';
import { type Goal, goalSchema, planContentSchema } from '#features/goals/contract/plans.ts';
import { newId } from '#platform/db/ids.ts';
import type { Company } from '#tests/reliability/company.ts';

/** One member of each side, the first by name. */
export async function ownersOf(company: Company): Promise<Goal['owners']> {
  const of = (side: string) =>
    company.value(`SELECT id FROM members WHERE workspace_id = :ws AND side = '${side}' AND active ORDER BY name LIMIT 1`);
  return { marketing: (await of('marketing'))!, sales: (await of('sales'))! };
}

/** A goal that says only what a test is about. */
export const goalOf = (metric: GoalMetric, more: Partial<Goal> & Pick<Goal, 'owners' | 'start' | 'end' | 'target'>): Goal =>
  goalSchema.parse({
    id: newId(),
    title: metric.name,
    metric,
    direction: meaningOf(metric.name as MetricName).better === 'more' ? 'atLeast' : 'atMost',
    ...more,
  });

/** A plan that both sides signed. @returns its version's id */
export async function signPlan(
  company: Company,
  asked: { start: string; end: string; goals: readonly Goal[]; planId?: string; number?: number },
): Promise<string> {
  const content = planContentSchema.parse({ title: 'Plan', start: asked.start, end: asked.end, goals: asked.goals });
  const id = newId();
  await company.inside((tx) =>
    sql`INSERT INTO goal_plans (workspace_id, id, plan_id, number, status, content, starts_on, ends_on, effective_from, content_hash, proposed_at, signed_at)
      VALUES (${company.workspaceId}, ${id}, ${asked.planId ?? id}, ${asked.number ?? 1}, 'signed', ${JSON.stringify(content)}::jsonb, ${asked.start}::date, ${asked.end}::date,
        ${asked.start}::date, 'x', now(), now())`.execute(tx),
  );
  return id;
}
