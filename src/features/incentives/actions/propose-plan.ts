import { sql } from 'kysely';
import { checkPlan } from '#engine/payout/check-plan.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import { beginsPeriod, payPeriodAfter, payPeriodBefore, payPeriodOf } from '../contract/plan-periods.ts';
import { unknownNames } from '../queries/plan-names.ts';
import { lockVersion, type VersionRow, versionsOfPlan } from '../queries/plan-rows.ts';
import { todayOf } from '../queries/today.ts';
import { recordPlanFact, refuseStrangers, refuseUnless } from './plan-facts.ts';
import { signedHash } from '../policy/signed-hash.ts';

/**
 * Puts a draft before whom it pays, the heads and the sponsor, to count from the first day of a period on.
 * @throws Problem conflict, forbidden, bad-input (a plan that can't be computed; a day that no period begins on, or a past one)
 */
export async function proposePlan(tx: Tx, who: Who, id: string, effectiveFrom: string): Promise<void> {
  const draft = await lockVersion(tx, who.workspaceId, id);
  await refuseStrangers(tx, who, draft.content);
  refuseUnless(draft, 'propose');
  await refuseProblems(tx, who.workspaceId, draft);
  await refuseDay(tx, who.workspaceId, draft, effectiveFrom);
  const version = { ...draft, effectiveFrom };
  const contentHash = signedHash(version, 'sponsor', who.memberId);
  await sql`UPDATE incentive_plan_versions SET status = 'proposed', effective_from = ${effectiveFrom}::date, content_hash = ${contentHash},
    proposed_at = clock_timestamp() WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await writePayees(tx, who.workspaceId, version);
  await recordPlanFact(tx, who, draft, 'proposed', { effectiveFrom, contentHash });
}

/** What can't be computed can't be signed. */
async function refuseProblems(tx: Tx, workspaceId: WorkspaceId, { content }: VersionRow): Promise<void> {
  const problems = [...checkPlan(content), ...(await unknownNames(tx, workspaceId, content))];
  if (problems.length > 0)
    throw new Problem('bad-input', `${problems[0]!.at}: ${problems[0]!.what}; ${problems[0]!.fine} would be fine.`, {
      fields: problems.slice(0, 50).map(({ at, what, fine }) => ({ at: `content.${at}`, reason: `${what}; ${fine} would be fine` })),
    });
}

/**
 * Never backwards: a later version counts from a period that hasn't begun when it is proposed. The first of a plan,
 * before which nobody was paid by it, may count from the period that is running or, signed late, the one before.
 */
async function refuseDay(tx: Tx, workspaceId: WorkspaceId, { planId, content }: VersionRow, day: string): Promise<void> {
  const kind = content.period;
  const refuse = (reason: string): Problem => new Problem('bad-input', reason, { fields: [{ at: 'effectiveFrom', reason }] });
  const next = payPeriodAfter(day, kind).start;
  if (!beginsPeriod(day, kind))
    throw refuse(
      `It counts from the first day of a ${kind === 'half' ? 'half-year' : kind}: ${payPeriodOf(day, kind).start} or ${next}, say.`,
    );
  const today = await todayOf(tx, workspaceId);
  const versions = await versionsOfPlan(tx, workspaceId, planId);
  const isLater = versions.some(({ status }) => status === 'signed');
  const earliest = isLater ? firstFrom(today, kind) : payPeriodBefore(today, kind).start;
  if (day < earliest)
    throw refuse(
      isLater
        ? `What was signed is never changed backwards: a later version counts from ${earliest} at the earliest.`
        : `A plan counts from ${earliest} at the earliest: the period before the running one.`,
    );
}

/** The first day from this one on that begins a period. */
export const firstFrom = (day: string, kind: VersionRow['periodKind']): string =>
  beginsPeriod(day, kind) ? day : payPeriodAfter(day, kind).start;

async function writePayees(tx: Tx, workspaceId: WorkspaceId, version: VersionRow): Promise<void> {
  const rows = version.content.payees.map(({ id, side }) => ({ memberId: id, side, hash: signedHash(version, 'payee', id) }));
  await sql`INSERT INTO incentive_plan_payees (workspace_id, version_id, member_id, side, content_hash)
    SELECT ${workspaceId}::uuid, ${version.id}::uuid, r."memberId", r.side, r.hash
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("memberId" uuid, side text, hash text)`.execute(tx);
}
