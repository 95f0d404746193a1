import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { notFound, Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import { payPeriodAfter } from '../contract/plan-periods.ts';
import { whyNotEnd } from '../policy/plan-life.ts';
import { lockVersion, versionsOfPlan } from '../queries/plan-rows.ts';
import { todayOf } from '../queries/today.ts';
import { recordPlanFact, refuseStrangers, refuseUnless } from './plan-facts.ts';
import { firstFrom } from './propose-plan.ts';

/** Takes a draft or a proposal back. It stays readable, with who withdrew it. @throws Problem conflict, forbidden */
export async function withdrawPlan(tx: Tx, who: Who, id: string): Promise<void> {
  const version = await lockVersion(tx, who.workspaceId, id);
  await refuseStrangers(tx, who, version.content);
  refuseUnless(version, 'withdraw');
  await sql`UPDATE incentive_plan_versions SET status = 'withdrawn', withdrawn_at = clock_timestamp()
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await recordPlanFact(tx, who, version, 'withdrawn', { from: version.status });
}

/**
 * Ends a signed plan from the first day of a coming period: what has begun is paid to its end.
 * @throws Problem not-found, forbidden, conflict (nothing in force, ended already), bad-input (the day)
 */
export async function endPlan(tx: Tx, who: Who, planId: string, from: string): Promise<void> {
  const { rows } =
    await sql`SELECT 1 FROM incentive_plans WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${planId}::uuid FOR NO KEY UPDATE`.execute(
      tx,
    );
  const versions = await versionsOfPlan(tx, who.workspaceId, planId);
  const [newest] = versions;
  if (rows.length === 0 || !newest) throw notFound('plan');
  await refuseStrangers(tx, who, newest.content);
  const reason = whyNotEnd(versions);
  if (reason !== null) throw new Problem('conflict', reason);
  const earliest = firstFrom(await todayOf(tx, who.workspaceId), newest.periodKind);
  if (firstFrom(from, newest.periodKind) !== from || from < earliest) {
    const fine = `It ends with a period: from ${earliest} or ${payPeriodAfter(earliest, newest.periodKind).start}, say.`;
    throw new Problem('bad-input', fine, { fields: [{ at: 'from', reason: fine }] });
  }
  await sql`UPDATE incentive_plans SET ended_from = ${from}::date, ended_by = ${who.memberId}::uuid, ended_at = clock_timestamp()
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${planId}::uuid`.execute(tx);
  await recordPlanFact(tx, who, newest, 'ended', { from });
}
