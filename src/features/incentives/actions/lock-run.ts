import { sql } from 'kysely';
import { holdFirstOpenDay } from '#features/returns/actions/hold-open.ts';
import { writeEntries } from '#features/returns/actions/write-entries.ts';
import { ledgerNow } from '#features/returns/queries/ledger-now.ts';
import type { CostSide } from '#features/returns/contract/ledger.ts';
import type { Tx } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import { payPeriodOf } from '../contract/plan-periods.ts';
import { whyNotLock, whyNotRunPay } from '../policy/runs.ts';
import { approvalsOf, lockRunRow, runCaseOf, type RunRow } from '../queries/run-rows.ts';
import { sightOf } from '../queries/sight.ts';
import { recordRunFact } from './run-facts.ts';

/**
 * Locks an approved run: its lines stay as they are from now on, and each person's sum becomes a commission in the
 * ledger, on the period's last day or, where that month is closed, on the first open day after it.
 * @throws Problem forbidden, conflict (approvals missing, locked already)
 */
export async function lockRun(tx: Tx, who: Who, id: string): Promise<void> {
  const run = await lockRunRow(tx, who.workspaceId, id);
  const sight = await sightOf(tx, who);
  const reason = whyNotLock(sight, await runCaseOf(tx, who.workspaceId, run, await approvalsOf(tx, who.workspaceId, id)));
  if (reason !== null) throw new Problem(whyNotRunPay(sight) === null ? 'conflict' : 'forbidden', reason);
  const posted = await postCommissions(tx, who, run);
  await sql`UPDATE payout_runs SET status = 'locked', locked_by = ${who.memberId}::uuid, locked_at = clock_timestamp()
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await recordRunFact(tx, who, run, 'locked', { linesHash: run.linesHash, entries: posted });
}

interface ToPost {
  readonly memberId: string;
  readonly side: CostSide;
  readonly currency: string;
  readonly amount: bigint;
  readonly teamId: string | null;
}

/** One entry a person and currency; who gets nothing in all has none. @returns how many */
async function postCommissions(tx: Tx, who: Who, run: RunRow): Promise<number> {
  const sums = await sumsOf(tx, who, run);
  if (sums.length === 0) return 0;
  const { currency: into } = await ledgerNow(tx, who.workspaceId);
  const occurredOn = await holdFirstOpenDay(tx, who.workspaceId, run.periodEnd);
  const { label } = payPeriodOf(run.periodStart, run.periodKind);
  const entries = sums.map((each) => ({
    occurredOn,
    side: each.side,
    category: 'commissions' as const,
    amount: String(each.amount),
    currency: each.currency,
    memberId: each.memberId,
    teamId: each.teamId,
    people: 1,
    description: `Variable pay ${label}`,
    ...{ campaignId: null, accountId: null, segment: null, channel: null, supplier: null },
  }));
  const written = await writeEntries(tx, who.workspaceId, into, entries, { memberId: who.memberId, recurringId: null });
  const rows = written.map(({ id, occurredOn: on }, at) => ({ ...sums[at]!, amount: String(sums[at]!.amount), costId: id, on }));
  await sql`INSERT INTO payout_postings (workspace_id, run_id, member_id, currency, amount, cost_id, posted_on)
    SELECT ${who.workspaceId}::uuid, ${run.id}::uuid, p."memberId", p.currency, p.amount, p."costId", p."on"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS p("memberId" uuid, currency text, amount bigint, "costId" uuid, "on" date)`.execute(
    tx,
  );
  return written.length;
}

/** By person and currency, with the one team of theirs where they are in one of their side. */
async function sumsOf(tx: Tx, { workspaceId }: Who, run: RunRow): Promise<ToPost[]> {
  const { rows } = await sql<ToPost>`SELECT l.member_id AS "memberId", l.side, l.currency, sum(l.amount)::bigint AS amount,
      (SELECT CASE count(*) WHEN 1 THEN min(t.id::text) END FROM team_members tm JOIN teams t ON t.workspace_id = tm.workspace_id AND t.id = tm.team_id
        WHERE tm.workspace_id = ${workspaceId}::uuid AND tm.member_id = l.member_id AND t.side = l.side) AS "teamId"
    FROM statement_lines l WHERE l.workspace_id = ${workspaceId}::uuid AND l.run_id = ${run.id}::uuid AND l.attempt = ${run.attempt}
    GROUP BY l.member_id, l.side, l.currency HAVING sum(l.amount) <> 0 ORDER BY l.member_id, l.currency, l.side`.execute(tx);
  return rows;
}
