import { sql } from 'kysely';
import { readPlan } from '#engine/payout/read-plan.ts';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { type FieldProblem, notFound, Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { PlanContent } from '../contract/plan-content.ts';
import { whyNoNext } from '../policy/plan-life.ts';
import { lockVersion, membersById, versionsOfPlan } from '../queries/plan-rows.ts';
import { recordPlanFact, refuseStrangers, refuseUnless } from './plan-facts.ts';

/**
 * A new plan with its first version, as a draft.
 * @throws Problem bad-input (a payee who isn't there or is of another side), forbidden (who doesn't see all that pay)
 */
export async function draftPlan(tx: Tx, who: Who, given: PlanContent): Promise<{ id: string; planId: string }> {
  const content = await readContent(tx, who, given);
  await refuseStrangers(tx, who, content);
  const planId = newId();
  await sql`INSERT INTO incentive_plans (workspace_id, id, made_by, made_at)
    VALUES (${who.workspaceId}::uuid, ${planId}::uuid, ${who.memberId}::uuid, clock_timestamp())`.execute(tx);
  return { id: await writeDraft(tx, who, planId, 1, content), planId };
}

/** The next version of a plan, as a draft. One at a time is open. @throws Problem as `draftPlan`, conflict (one is open) */
export async function draftNextVersion(tx: Tx, who: Who, planId: string, given: PlanContent): Promise<{ id: string; planId: string }> {
  const { rows } =
    await sql`SELECT 1 FROM incentive_plans WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${planId}::uuid FOR NO KEY UPDATE`.execute(
      tx,
    );
  const versions = await versionsOfPlan(tx, who.workspaceId, planId);
  const [newest] = versions;
  if (rows.length === 0 || !newest) throw notFound('plan');
  await refuseStrangers(tx, who, newest.content);
  const reason = whyNoNext(versions);
  if (reason !== null) throw new Problem('conflict', reason);
  const content = await readContent(tx, who, given);
  await refuseStrangers(tx, who, content);
  if (content.period !== newest.content.period || content.currency !== newest.content.currency)
    throw new Problem(
      'bad-input',
      'A plan keeps its currency and its kind of period, so that earlier periods can be corrected: make a new plan for others.',
      {
        fields: [{ at: 'content.period', reason: `stays ${newest.content.period}, in ${newest.content.currency}` }],
      },
    );
  return { id: await writeDraft(tx, who, planId, newest.number + 1, content), planId };
}

/** @throws Problem conflict (not a draft any more), forbidden, bad-input */
export async function editPlan(tx: Tx, who: Who, id: string, given: PlanContent): Promise<void> {
  const version = await lockVersion(tx, who.workspaceId, id);
  await refuseStrangers(tx, who, version.content);
  refuseUnless(version, 'edit');
  const content = await readContent(tx, who, given);
  await refuseStrangers(tx, who, content);
  await sql`UPDATE incentive_plan_versions SET content = ${JSON.stringify(content)}::jsonb, period_kind = ${content.period}
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await recordPlanFact(tx, who, version, 'edited');
}

async function writeDraft(tx: Tx, who: Who, planId: string, number: number, content: PlanContent): Promise<string> {
  const id = newId();
  await sql`INSERT INTO incentive_plan_versions (workspace_id, id, plan_id, number, status, content, period_kind, made_by, made_at)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${planId}::uuid, ${number}, 'draft', ${JSON.stringify(content)}::jsonb, ${content.period},
      ${who.memberId}::uuid, clock_timestamp())`.execute(tx);
  await recordPlanFact(tx, who, { id, planId, number }, 'drafted');
  return id;
}

/** In the engine's canonical form; payees are members of the side they are paid for. */
export async function readContent(tx: Tx, who: Who, given: PlanContent): Promise<PlanContent> {
  const read = readPlan(given);
  if ('problems' in read)
    throw refusal(read.problems.map(({ at, what, fine }) => ({ at: `content.${at}`, reason: `${what}; ${fine} would be fine` })));
  const content = read.value;
  const members = await membersById(
    tx,
    who.workspaceId,
    content.payees.map(({ id }) => id),
  );
  const fields = content.payees.flatMap(({ id, side }, at): FieldProblem[] => {
    const member = members.get(id);
    if (!member) return [{ at: `content.payees.${at}.id`, reason: 'There is no such member here.' }];
    if (member.side === side) return [];
    return [
      {
        at: `content.payees.${at}.side`,
        reason: `${member.name} is in ${member.side}: a plan pays people of marketing and of sales, each for their own side.`,
      },
    ];
  });
  if (fields.length > 0) throw refusal(fields);
  return content;
}

const refusal = (fields: FieldProblem[]): Problem =>
  new Problem('bad-input', `${fields[0]!.at}: ${fields[0]!.reason}`, { fields: fields.slice(0, 50) });
