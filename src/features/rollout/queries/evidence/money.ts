import { sql } from 'kysely';
import type { Evidence } from '#engine/rollout/evidence.ts';
import { plansInForce } from '#features/goals/queries/plan-rows.ts';
import { readFigureSettings } from '#features/returns/queries/figure-settings.ts';
import type { Asking } from './evidence.ts';

export async function goalEvidence({ tx, workspaceId, ground }: Asking): Promise<Evidence['goals']> {
  const inForce = (await plansInForce(tx, workspaceId)).filter(
    ({ content }) => content.start <= ground.today && ground.today <= content.end,
  );
  const goals = inForce.flatMap(({ content }) => content.goals);
  const { rows } = await sql<{ proposed: number }>`SELECT count(*)::int AS proposed FROM goal_plans
    WHERE workspace_id = ${workspaceId}::uuid AND status = 'proposed'`.execute(tx);
  const ownedByBoth = goals.filter(({ owners }) => owners.marketing && owners.sales).length;
  return { inForce: inForce.length, ownedByBoth, proposed: rows[0]!.proposed };
}

/** Collective is a plan that pays people of both sides; its shadow is a run of any of its versions before. */
export async function payEvidence({ tx, workspaceId }: Asking): Promise<Evidence['pay']> {
  const { rows } = await sql<Evidence['pay']>`
    WITH versions AS (SELECT id, plan_id, status,
        (SELECT count(DISTINCT p ->> 'side') FROM jsonb_array_elements(content -> 'payees') p) > 1 AS joint
      FROM incentive_plan_versions WHERE workspace_id = ${workspaceId}::uuid),
    shadows AS (SELECT r.series_id, sum((extract(year FROM age(r.period_end + 1, r.period_start)) * 12 + extract(month FROM age(r.period_end + 1, r.period_start)))::int)::int AS months
      FROM payout_runs r JOIN versions v ON v.id = r.version_id AND v.joint
      WHERE r.workspace_id = ${workspaceId}::uuid AND r.kind = 'shadow' AND r.status <> 'discarded' AND r.computed_at IS NOT NULL GROUP BY r.series_id)
    SELECT count(DISTINCT plan_id) FILTER (WHERE status = 'signed')::int AS signed,
      count(DISTINCT plan_id) FILTER (WHERE status = 'signed' AND joint)::int AS collective,
      coalesce((SELECT max(months) FROM shadows), 0) AS "shadowMonths" FROM versions`.execute(tx);
  return rows[0]!;
}

/** Whether there are costs is told to all, how much is not. */
export async function returnEvidence({ tx, workspaceId, ground }: Asking): Promise<Evidence['return']> {
  const { rows } = await sql<{ costs: ('marketing' | 'sales')[]; closed: number }>`
    WITH months AS (SELECT side, count(DISTINCT date_trunc('month', occurred_on)) AS there FROM cost_entries
      WHERE workspace_id = ${workspaceId}::uuid AND voided_by IS NULL AND reversed_by IS NULL AND reverses_id IS NULL
        AND occurred_on >= date_trunc('month', ${ground.today}::date) - interval '3 months' AND occurred_on < date_trunc('month', ${ground.today}::date) GROUP BY side)
    SELECT array(SELECT side FROM months WHERE there = 3 ORDER BY side) AS costs,
      (SELECT count(*)::int FROM period_closings WHERE workspace_id = ${workspaceId}::uuid AND reopened_at IS NULL) AS closed`.execute(tx);
  const { grossMarginPercent } = await readFigureSettings(tx, workspaceId);
  return { ...rows[0]!, margin: grossMarginPercent !== null };
}
