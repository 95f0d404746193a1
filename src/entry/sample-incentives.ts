/** What the sample company's people earn together: plans everybody has signed, the last quarter paid, and a line in dispute. */

import { sql } from 'kysely';
import { approveRun } from '#features/incentives/actions/approve-run.ts';
import { computeRun } from '#features/incentives/actions/compute-run.ts';
import { raiseDispute } from '#features/incentives/actions/disputes.ts';
import { draftPlan } from '#features/incentives/actions/draft-plan.ts';
import { lockRun } from '#features/incentives/actions/lock-run.ts';
import { proposePlan } from '#features/incentives/actions/propose-plan.ts';
import { signPlan } from '#features/incentives/actions/sign-plan.ts';
import { startRuns } from '#features/incentives/actions/start-runs.ts';
import { payPeriodBefore } from '#features/incentives/contract/plan-periods.ts';
import type { Signer } from '#features/incentives/contract/sign-off.ts';
import type { TemplateKey } from '#features/incentives/contract/templates.ts';
import { signedHash } from '#features/incentives/policy/signed-hash.ts';
import { getVersion } from '#features/incentives/queries/plan-rows.ts';
import { suggestPlans } from '#features/incentives/queries/plan-templates.ts';
import { getRun } from '#features/incentives/queries/run-rows.ts';
import { ledgerNow } from '#features/returns/queries/ledger-now.ts';
import type { Database, Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { SamplePeople } from './sample-campaigns.ts';

const templates: readonly TemplateKey[] = ['ae-commission', 'joint-pool'];

/** In the names of those concerned; done twice it changes nothing. */
export async function payTogether(database: Database, owner: Who, people: SamplePeople): Promise<void> {
  const { workspaceId } = owner;
  const signed = await database.inWorkspace(workspaceId, async (tx) => {
    const { rows } = await sql<{
      has: boolean;
    }>`SELECT EXISTS (SELECT FROM incentive_plans WHERE workspace_id = ${workspaceId}::uuid) AS has`.execute(tx);
    return rows[0]!.has ? 0 : signPlans(tx, owner, people);
  });
  if (signed === 0) return;
  const paid = await payLastQuarter(database, owner, people);
  await database.inWorkspace(workspaceId, (tx) => doubtOne(tx, paid, people));
}

/** @returns how many */
async function signPlans(tx: Tx, owner: Who, people: SamplePeople): Promise<number> {
  const { items } = await suggestPlans(tx, owner);
  const effectiveFrom = await lastQuarter(tx, owner);
  const contents = items.flatMap(({ key, content }) => (templates.includes(key) && content ? [content] : []));
  for (const content of contents) {
    const { id } = await draftPlan(tx, owner, content);
    await proposePlan(tx, owner, id, effectiveFrom);
    await signAll(tx, id, owner, people);
  }
  return contents.length;
}

const lastQuarter = async (tx: Tx, { workspaceId }: Who): Promise<string> =>
  payPeriodBefore((await ledgerNow(tx, workspaceId)).today, 'quarter').start;

/** The heads, the sponsor, and each payee on their own part. */
async function signAll(tx: Tx, id: string, owner: Who, { mara, sam, everybody }: SamplePeople): Promise<void> {
  const sign = async (who: Who, signsAs: Signer): Promise<void> => {
    const version = await getVersion(tx, who.workspaceId, id);
    await signPlan(tx, who, id, { signsAs, contentHash: signedHash(version, signsAs, who.memberId) });
  };
  const { content } = await getVersion(tx, owner.workspaceId, id);
  const pays = (side: string): boolean => content.pool !== null || content.payees.some((payee) => payee.side === side);
  if (pays('marketing')) await sign(mara, 'marketing');
  if (pays('sales')) await sign(sam, 'sales');
  await sign(owner, 'sponsor');
  for (const { id: memberId } of content.payees) {
    const payee = everybody.find((who) => who.memberId === memberId);
    if (payee) await sign(payee, 'payee');
  }
}

/** @returns the run */
async function payLastQuarter(database: Database, owner: Who, { mara, sam }: SamplePeople): Promise<string> {
  const { workspaceId } = owner;
  const inside = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => database.inWorkspace(workspaceId, work);
  const periodStart = await inside((tx) => lastQuarter(tx, owner));
  const { ids } = await inside((tx) => startRuns(tx, owner, { kind: 'regular', periodKind: 'quarter', periodStart }));
  const id = ids[0]!;
  await computeRun(database, owner, id);
  await inside(async (tx) => {
    const { linesHash } = await getRun(tx, workspaceId, id);
    await approveRun(tx, sam, id, { linesHash: linesHash!, note: '' });
    await approveRun(tx, mara, id, { linesHash: linesHash!, note: 'The pool as we agreed it.' });
    await lockRun(tx, owner, id);
  });
  return id;
}

async function doubtOne(tx: Tx, runId: string, { reps }: SamplePeople): Promise<void> {
  const { rows } = await sql<{ id: string; memberId: string }>`SELECT l.id, l.member_id AS "memberId" FROM statement_lines l
    WHERE l.workspace_id = ${reps[0]!.workspaceId}::uuid AND l.run_id = ${runId}::uuid AND l.kind = 'rate' AND l.amount > 0 ORDER BY l.amount DESC, l.id LIMIT 1`.execute(
    tx,
  );
  const rep = reps.find(({ memberId }) => memberId === rows[0]?.memberId);
  if (rep) await raiseDispute(tx, rep, { lineId: rows[0]!.id, reason: 'The renewal signed on the last day of the quarter is missing.' });
}
