import { sql } from 'kysely';
import { lockNumbers, markProposed, recordVersionFact, refuseStrangers, refuseUnless } from '#features/agreement/actions/signing.ts';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { PlanContent } from '../contract/plans.ts';
import type { Working } from '../contract/working.ts';
import { listPlanRows } from '../queries/plan-rows.ts';
import { planLife } from './plan-life.ts';
import { refuseUnknown } from './refuse-unknown.ts';

/** What a draft says, and what it was worked back to as of now; null: goals only. */
export interface Draft {
  readonly content: PlanContent;
  readonly working: Working | null;
}

/**
 * A new plan, or the next version of one, as a draft.
 * @param planId null: a plan of its own
 * @returns the version's id
 * @throws Problem bad-input (an owner, team or campaign that isn't there), not-found (no such plan)
 */
export async function draftPlan(tx: Tx, who: Who, planId: string | null, { content, working }: Draft): Promise<string> {
  await refuseUnknown(tx, who.workspaceId, content);
  await lockNumbers(tx, who.workspaceId);
  if (planId !== null && (await listPlanRows(tx, who.workspaceId, planId)).length === 0)
    throw new Problem('not-found', 'There is no such plan of goals here.');
  const id = newId();
  const { rows } = await sql<{ number: number }>`
    INSERT INTO goal_plans (workspace_id, id, plan_id, number, status, content, working, starts_on, ends_on, made_by)
    SELECT ${who.workspaceId}::uuid, ${id}::uuid, ${planId ?? id}::uuid, coalesce(max(number), 0) + 1, 'draft', ${JSON.stringify(content)}::jsonb,
      ${working === null ? null : JSON.stringify(working)}::jsonb, ${content.start}::date, ${content.end}::date, ${who.memberId}::uuid
    FROM goal_plans WHERE workspace_id = ${who.workspaceId}::uuid AND plan_id = ${planId ?? id}::uuid RETURNING number`.execute(tx);
  await recordVersionFact(tx, who, { kind: 'goalPlan', id, number: rows[0]!.number }, 'drafted', { title: content.title });
  return id;
}

/** @throws Problem conflict (not a draft any more), forbidden (somebody else's, and the asker no head) */
export async function editPlan(tx: Tx, who: Who, id: string, { content, working }: Draft): Promise<void> {
  const row = await planLife.lock(tx, who.workspaceId, id);
  refuseUnless(row, 'edit');
  refuseStrangers(who, row);
  await refuseUnknown(tx, who.workspaceId, content);
  await sql`UPDATE goal_plans SET content = ${JSON.stringify(content)}::jsonb, working = ${working === null ? null : JSON.stringify(working)}::jsonb,
      starts_on = ${content.start}::date, ends_on = ${content.end}::date
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await recordVersionFact(tx, who, row, 'edited', { title: content.title });
}

/** Puts a draft before both sides, with its sheet as it was saved: what is read is what is signed. */
export async function proposePlan(tx: Tx, who: Who, id: string): Promise<void> {
  const row = await planLife.lock(tx, who.workspaceId, id);
  refuseUnless(row, 'propose');
  refuseStrangers(who, row);
  await refuseUnknown(tx, who.workspaceId, row.content);
  await markProposed(tx, who, planLife, { ...row, effectiveFrom: row.content.start });
}
