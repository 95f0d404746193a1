import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { PoolState, Run } from '../contract/runs.ts';
import { statementVisible, type Sight } from '../policy/access.ts';
import {
  approvalsNeeded,
  missingApprovals,
  whyNotApprove,
  whyNotCompute,
  whyNotDiscard,
  whyNotExport,
  whyNotLock,
} from '../policy/runs.ts';
import type { PlanNote } from './computed-plan.ts';
import { getVersion, membersById, signedPayees, type VersionRow } from './plan-rows.ts';
import { approvalsOf, counting, getRun, readRuns, runCaseOf, type RunRow } from './run-rows.ts';
import { headOf, seenRuns } from './runs.ts';
import { sumsOfRuns } from './run-sums.ts';
import { payCondition, sightOf } from './sight.ts';

/** A run as the asker sees it. @throws Problem not-found, also for one that pays nobody they see */
export async function getRunDetail(tx: Tx, who: Who, id: string): Promise<Run> {
  const { workspaceId } = who;
  const sight = await sightOf(tx, who);
  const run = await getSeenRun(tx, who, sight, id);
  const approvals = await approvalsOf(tx, workspaceId, id);
  const runCase = await runCaseOf(tx, workspaceId, run, approvals);
  const counted = new Set(counting(run, approvals).map((each) => each.id));
  const plans = await plansOf(tx, who, run);
  return {
    ...headOf(run, approvals, (await sumsOfRuns(tx, workspaceId, sight, [run])).get(id), sight),
    inputsHash: run.inputsHash,
    linesHash: run.linesHash,
    discardedBecause: run.discardedBecause,
    plans: await planHeads(tx, who, sight, run, plans),
    pools: plans.flatMap(({ pool }) => pool ?? []),
    approvalList: approvals.map(({ attempt: _, linesHash: _h, ...each }) => ({ ...each, counts: counted.has(each.id) })),
    approvalsNeeded,
    notes: await notesOf(tx, who, sight, run, plans, missingApprovals(runCase)),
    postings: await postingsOf(tx, who, sight, run),
    can: {
      compute: whyNotCompute(sight, runCase),
      approve: whyNotApprove(sight, runCase, who),
      lock: whyNotLock(sight, runCase),
      discard: whyNotDiscard(sight, runCase),
      export: whyNotExport(sight, runCase),
    },
  };
}

/** @throws Problem not-found */
export async function getSeenRun(tx: Tx, who: Who, sight: Sight, id: string): Promise<RunRow> {
  await getRun(tx, who.workspaceId, id);
  const [seen] = await readRuns(tx, who.workspaceId, { where: [sql`r.id = ${id}::uuid`, seenRuns(sight)], limit: 1 });
  if (!seen) throw notFound('run');
  return seen;
}

interface PlanOfRun {
  readonly version: VersionRow;
  readonly pool: PoolState | null;
  readonly notes: readonly PlanNote[];
}

async function plansOf(tx: Tx, { workspaceId }: Who, run: RunRow): Promise<PlanOfRun[]> {
  const { rows } = await sql<{ versionId: string; outcome: { pool: PoolState | null; notes: readonly PlanNote[] } }>`
    SELECT version_id AS "versionId", outcome FROM payout_run_versions
    WHERE workspace_id = ${workspaceId}::uuid AND run_id = ${run.id}::uuid AND attempt = ${run.attempt} ORDER BY version_id`.execute(tx);
  const plans: PlanOfRun[] = [];
  for (const { versionId, outcome } of rows) plans.push({ version: await getVersion(tx, workspaceId, versionId), ...outcome });
  return plans;
}

async function planHeads(tx: Tx, { workspaceId }: Who, sight: Sight, run: RunRow, plans: readonly PlanOfRun[]): Promise<Run['plans']> {
  const heads: Run['plans'] = [];
  for (const { version } of plans) {
    const signed = signedPayees(version);
    const open =
      run.kind === 'shadow' ? [] : version.content.payees.filter((payee) => !signed.has(payee.id) && statementVisible(sight, payee));
    const names = await membersById(
      tx,
      workspaceId,
      open.map(({ id }) => id),
    );
    heads.push({
      ...{ planId: version.planId, versionId: version.id, number: version.number, name: version.content.name },
      notSigned: open.map(({ id }) => ({ id, name: names.get(id)?.name ?? '' })),
    });
  }
  return heads;
}

/** What whoever approves should know. A note about somebody is for who sees their pay. */
async function notesOf(
  tx: Tx,
  who: Who,
  sight: Sight,
  run: RunRow,
  plans: readonly PlanOfRun[],
  missing: string | null,
): Promise<string[]> {
  const told: string[] = [];
  if (run.kind === 'shadow') told.push('A shadow run: nothing of it is paid.');
  if (run.kind === 'regular' && run.status === 'draft' && run.attempt > 0 && missing !== null) told.push(missing);
  if (run.openDisputes > 0)
    told.push(
      run.openDisputes === 1 ? 'One line is disputed and not answered.' : `${run.openDisputes} lines are disputed and not answered.`,
    );
  for (const { version, notes } of plans) {
    const sides = new Map(version.content.payees.map((payee) => [payee.id, payee]));
    const visible = notes.filter(({ payee }) => payee === null || (sides.has(payee) && statementVisible(sight, sides.get(payee)!)));
    const names = await membersById(
      tx,
      who.workspaceId,
      visible.flatMap(({ payee }) => payee ?? []),
    );
    told.push(...visible.map(({ payee, what }) => (payee === null ? what : `${names.get(payee)?.name ?? ''}: ${what}`)));
  }
  return [...new Set(told)];
}

async function postingsOf(tx: Tx, { workspaceId }: Who, sight: Sight, run: RunRow): Promise<Run['postings']> {
  const { rows } = await sql<Omit<Run['postings'][number], 'amount'> & { amount: bigint }>`
    SELECT json_build_object('id', m.id, 'name', m.name) AS member, p.amount, p.currency, p.cost_id AS "costId", p.posted_on AS "postedOn"
    FROM payout_postings p JOIN members m ON m.workspace_id = p.workspace_id AND m.id = p.member_id
      JOIN LATERAL (SELECT side FROM statement_lines l WHERE l.workspace_id = p.workspace_id AND l.run_id = p.run_id AND l.member_id = p.member_id
        AND l.attempt = ${run.attempt} LIMIT 1) l ON true
    WHERE p.workspace_id = ${workspaceId}::uuid AND p.run_id = ${run.id}::uuid AND ${payCondition(sight, sql`p.member_id`, sql`l.side`)}
    ORDER BY m.name, p.currency`.execute(tx);
  return rows.map((row) => ({ ...row, amount: String(row.amount) }));
}
