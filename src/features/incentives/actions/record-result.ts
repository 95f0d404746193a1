import { sql } from 'kysely';
import { picks } from '#engine/payout/payees.ts';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import { beginsPeriod, payPeriodAfter, payPeriodOf } from '../contract/plan-periods.ts';
import type { NewResult } from '../contract/results.ts';
import { rulesPayOf } from '../policy/access.ts';
import { membersById, versionAt, versionsOfPlan } from '../queries/plan-rows.ts';
import { sightOf } from '../queries/sight.ts';
import { todayOf } from '../queries/today.ts';

/**
 * How far a payee reached an objective in a period, by their manager or a head of their side, with the evidence. A later
 * one for the same objective and period counts in its stead; what was paid by the earlier one is corrected in the next run.
 * @throws Problem not-found (plan), forbidden, bad-input (no such objective, payee or period)
 */
export async function recordResult(tx: Tx, who: Who, given: NewResult): Promise<string> {
  const { periodStart, memberId } = given;
  const versions = await versionsOfPlan(tx, who.workspaceId, given.planId);
  if (versions.length === 0) throw notFound('plan');
  if (!(await membersById(tx, who.workspaceId, [memberId])).has(memberId)) throw notFound('member');
  const version = versionAt(versions, periodStart);
  const payee = version?.content.payees.find(({ id }) => id === memberId);
  const component = version?.content.components.find(({ id }) => id === given.component);
  const sight = await sightOf(tx, who);
  if (!payee || !rulesPayOf(sight, payee) || payee.id === who.memberId)
    throw new Problem(
      'forbidden',
      'Results are recorded for people whom the plan pays, by their manager or a head of their side, and never by themselves.',
    );
  if (component?.kind !== 'mbo' || !picks(component.for, payee) || !component.objectives.some(({ id }) => id === given.objective))
    throw refusal('objective', 'This plan has no such objective for them in that period.');
  if (version && !beginsPeriod(periodStart, version.periodKind))
    throw refusal(
      'periodStart',
      `Periods of this plan begin on ${payPeriodOf(periodStart, version.periodKind).start} and ${payPeriodAfter(periodStart, version.periodKind).start}, say.`,
    );
  if (periodStart > (await todayOf(tx, who.workspaceId))) throw refusal('periodStart', 'That period hasn’t begun.');
  return writeResult(tx, who, given);
}

async function writeResult(tx: Tx, who: Who, given: NewResult): Promise<string> {
  const id = newId();
  await sql`INSERT INTO mbo_results (workspace_id, id, plan_id, component, objective, member_id, period_start, result_percent, evidence, recorded_by, recorded_at)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${given.planId}::uuid, ${given.component}, ${given.objective}, ${given.memberId}::uuid,
      ${given.periodStart}::date, ${given.resultPercent}::numeric, ${given.evidence}, ${who.memberId}::uuid, clock_timestamp())`.execute(
    tx,
  );
  await recordFact(tx, who.workspaceId, {
    kind: 'objective.recorded',
    subjectKind: 'objective',
    subjectId: id,
    memberId: who.memberId,
    body: { planId: given.planId, objective: given.objective, payeeId: given.memberId, periodStart: given.periodStart },
  });
  return id;
}

const refusal = (at: string, reason: string): Problem => new Problem('bad-input', reason, { fields: [{ at, reason }] });
