/** Which plans a run computes, each with the versions that counted from its first period on, and what was posted for them. */

import { sql } from 'kysely';
import type { InForce } from '#engine/payout/entitle.ts';
import type { JsonOf, PostedLine } from '#engine/payout/statement.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { PlanContent } from '../contract/plan-content.ts';
import { readPosted } from './plan-inputs.ts';
import { getVersion, readVersions, signedPayees, versionAt, type VersionRow } from './plan-rows.ts';
import type { RunRow } from './run-rows.ts';

export interface PlanToRun {
  /** The version whose name and number stand on the lines; of an ended plan its last. */
  readonly version: VersionRow;
  readonly versions: readonly InForce[];
  readonly posted: readonly PostedLine[];
  /** By version, who signed it; null in a shadow run, where everybody counts. */
  readonly signed: Readonly<Record<string, readonly string[]>> | null;
}

/** For so long after it ended a plan's lines are still corrected. */
const monthsAfterEnd = 12;

export const plansToRun = (tx: Tx, workspaceId: WorkspaceId, run: RunRow): Promise<PlanToRun[]> =>
  run.kind === 'shadow' ? shadowPlan(tx, workspaceId, run) : regularPlans(tx, workspaceId, run);

/** The version alone, from the first period of the series on: what is carried from period to period is carried there too. */
async function shadowPlan(tx: Tx, workspaceId: WorkspaceId, run: RunRow): Promise<PlanToRun[]> {
  const version = await getVersion(tx, workspaceId, run.versionId!);
  const { rows } = await sql<{ first: string }>`SELECT min(period_start) AS first FROM payout_runs
    WHERE workspace_id = ${workspaceId}::uuid AND series_id = ${run.seriesId}::uuid`.execute(tx);
  return [{ version, versions: [{ version: version.id, plan: version.content, from: rows[0]!.first }], posted: [], signed: null }];
}

async function regularPlans(tx: Tx, workspaceId: WorkspaceId, run: RunRow): Promise<PlanToRun[]> {
  const signed = await readVersions(tx, workspaceId, {
    where: [
      sql`v.status = 'signed'`,
      sql`v.in_force_from <= ${run.periodStart}::date`,
      sql`(p.ended_from IS NULL OR p.ended_from > ${run.periodStart}::date - make_interval(months => ${monthsAfterEnd}))`,
    ],
    order: sql`v.plan_id, v.in_force_from, v.number`,
  });
  const plans: PlanToRun[] = [];
  for (const versions of Map.groupBy(signed, ({ planId }) => planId).values()) {
    const version = versionAt(versions, run.periodStart) ?? versions.at(-1)!;
    if (version.content.period !== run.periodKind) continue;
    plans.push({
      version,
      versions: timelineOf(versions),
      posted: await postedOf(tx, workspaceId, version.planId, run.periodStart),
      signed: Object.fromEntries(versions.map((each) => [each.id, [...signedPayees(each)]])),
    });
  }
  return plans;
}

/** Of two versions of one day the later one counts. After the end the plan pays nothing more, but goes on correcting. */
export function timelineOf(versions: readonly VersionRow[]): InForce[] {
  const byDay = new Map(versions.map((each) => [each.inForceFrom!, each]));
  const { endedFrom } = versions.at(-1)!;
  const begun = [...byDay.values()].filter(({ inForceFrom }) => endedFrom === null || inForceFrom! < endedFrom);
  const timeline = begun.map(({ id, content, inForceFrom }) => ({ version: id, plan: content, from: inForceFrom! }));
  const last = begun.at(-1);
  return endedFrom !== null && last ? [...timeline, { version: last.id, plan: closing(last.content), from: endedFrom }] : timeline;
}

/** What was withheld is still released. */
const closing = (content: PlanContent): PlanContent => ({
  ...content,
  components: [],
  terms: content.terms.filter(({ kind }) => kind === 'holdback'),
  pool: null,
});

/** Lines of locked runs before a period; corrections after disputes were agreed apart and aren't settled again. */
async function postedOf(tx: Tx, workspaceId: WorkspaceId, planId: string, before: string): Promise<PostedLine[]> {
  const { rows } = await sql<{ line: JsonOf<PostedLine> }>`SELECT l.content -> 'line' AS line
    FROM statement_lines l JOIN payout_runs r ON r.workspace_id = l.workspace_id AND r.id = l.run_id AND r.attempt = l.attempt
    WHERE l.workspace_id = ${workspaceId}::uuid AND r.kind = 'regular' AND r.status = 'locked' AND r.period_start < ${before}::date AND l.dispute_id IS NULL
      AND l.version_id IN (SELECT v.id FROM incentive_plan_versions v WHERE v.workspace_id = ${workspaceId}::uuid AND v.plan_id = ${planId}::uuid)
    ORDER BY r.period_start, l.line_no`.execute(tx);
  return rows.map(({ line }) => readPosted(line));
}
