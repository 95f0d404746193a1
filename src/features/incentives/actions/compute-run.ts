import { sql } from 'kysely';
import type { Database, Tx } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import { whyNotCompute, whyNotRunPay } from '../policy/runs.ts';
import { whyNotDraft } from '../policy/access.ts';
import { type ComputedPlan, computePlan, sha256 } from '../queries/computed-plan.ts';
import { type PlanToRun, plansToRun } from '../queries/plans-to-run.ts';
import { getRun, lockRunRow, runCaseOf, type RunRow } from '../queries/run-rows.ts';
import { sightOf } from '../queries/sight.ts';
import { recordRunFact } from './run-facts.ts';
import { writeAttempt } from './write-attempt.ts';

/**
 * Computes a draft run from what is on record now, and puts its lines in place of those computed before. What it reads
 * takes transactions of its own; a run that was computed, locked or discarded meanwhile is left as it is.
 * @throws Problem forbidden, conflict (locked, discarded, or computed by somebody else meanwhile)
 */
export async function computeRun(database: Database, who: Who, id: string): Promise<void> {
  const { run, plans, cutOff } = await database.inWorkspace(who.workspaceId, (tx) => begin(tx, who, id));
  const computed: ComputedPlan[] = [];
  for (const plan of plans) computed.push(await computePlan(database, who.workspaceId, plan, { periodStart: run.periodStart, cutOff }));
  await database.inWorkspace(who.workspaceId, (tx) => finish(tx, who, run, computed, cutOff), { statementTimeout: 0 });
}

interface Begun {
  readonly run: RunRow;
  readonly plans: PlanToRun[];
  readonly cutOff: string;
}

async function begin(tx: Tx, who: Who, id: string): Promise<Begun> {
  const run = await getRun(tx, who.workspaceId, id);
  const plans = await plansToRun(tx, who.workspaceId, run);
  await refuse(tx, who, run, plans);
  const { rows } = await sql<{ now: string }>`SELECT now() AS now`.execute(tx);
  return { run, plans, cutOff: rows[0]!.now };
}

/** A shadow run is its plan's drafters' to compute, a regular one whoever runs pay's. */
async function refuse(tx: Tx, who: Who, run: RunRow, plans: readonly PlanToRun[]): Promise<void> {
  const sight = await sightOf(tx, who);
  const mayNot = run.kind === 'shadow' ? whyNotDraft(sight, plans[0]!.version.content.payees) : whyNotRunPay(sight);
  if (mayNot !== null) throw new Problem('forbidden', mayNot);
  const runCase = await runCaseOf(tx, who.workspaceId, run, []);
  const notNow = whyNotCompute({ ...sight, pay: { marketing: true, sales: true } }, runCase);
  if (notNow !== null) throw new Problem('conflict', notNow);
  if (plans.length === 0) throw new Problem('conflict', 'No signed plan counts in this period.');
}

async function finish(tx: Tx, who: Who, begun: RunRow, computed: readonly ComputedPlan[], cutOff: string): Promise<void> {
  const run = await lockRunRow(tx, who.workspaceId, begun.id);
  if (run.status !== 'draft' || run.attempt !== begun.attempt)
    throw new Problem('conflict', 'Somebody else has computed, locked or discarded it meanwhile: look at it again.');
  const attempt = run.attempt + 1;
  const linesHash = await writeAttempt(tx, who.workspaceId, { ...run, attempt }, computed);
  const inputsHash = sha256(computed.map((each) => `${each.plan.version.id} ${each.inputsHash}`).join('\n'));
  await sql`UPDATE payout_runs SET attempt = ${attempt}, cutoff = ${cutOff}::timestamptz, inputs_hash = ${inputsHash}, lines_hash = ${linesHash},
    computed_at = clock_timestamp() WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${run.id}::uuid`.execute(tx);
  await recordRunFact(tx, who, { id: run.id, attempt }, 'computed', { inputsHash, linesHash });
}
