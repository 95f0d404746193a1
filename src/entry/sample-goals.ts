/** What the sample company's two sides want to reach together: a plan of goals for the running year, signed by both heads. */

import { signVersion } from '#features/agreement/actions/signing.ts';
import { draftPlan, proposePlan } from '#features/goals/actions/write-plan.ts';
import { planLife } from '#features/goals/actions/plan-life.ts';
import type { Goal, PlanContent } from '#features/goals/contract/plans.ts';
import type { Working } from '#features/goals/contract/working.ts';
import { listPlanRows } from '#features/goals/queries/plan-rows.ts';
import { suggestPlan } from '#features/goals/queries/suggestion.ts';
import { workContent } from '#features/goals/queries/try-work-back.ts';
import { ledgerNow } from '#features/returns/queries/ledger-now.ts';
import type { Database } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import type { SamplePeople } from './sample-campaigns.ts';

/** In the names of the two heads; done twice it changes nothing. */
export async function aimTogether(database: Database, { mara, sam }: SamplePeople): Promise<void> {
  const { has, year } = await database.inWorkspace(mara.workspaceId, async (tx) => ({
    has: (await listPlanRows(tx, mara.workspaceId)).length > 0,
    year: (await ledgerNow(tx, mara.workspaceId)).today.slice(0, 4),
  }));
  if (has) return;
  const { content: suggested } = await suggestPlan(database, mara, { start: `${year}-01-01`, end: `${year}-12-31` });
  if (suggested.goals.length === 0) return;
  const owned: PlanContent = {
    ...suggested,
    title: `Goals of ${year}`,
    note: 'What was won in the last twelve months, won again, and what each side has to bring for it.',
    goals: suggested.goals.map((goal) => ({ ...goal, owners: { marketing: mara.memberId, sales: sam.memberId } })),
  };
  const working = await workContent(database, mara, owned);
  const steps = working ? stepGoals(owned, working) : [];
  const content = {
    ...owned,
    goals: owned.goals.toSpliced(Math.max(1, owned.goals.findLastIndex(({ parentId }) => parentId !== null) + 1), 0, ...steps),
  };
  await database.inWorkspace(mara.workspaceId, async (tx) => {
    const id = await draftPlan(tx, mara, null, { content, working });
    await proposePlan(tx, mara, id);
    for (const who of [mara, sam]) {
      const { contentHash } = await planLife.lock(tx, who.workspaceId, id);
      await signVersion(tx, who, planLife, id, { contentHash: contentHash! });
    }
  });
}

/** What the sheet says is needed on the way to the revenue, as goals below it. */
function stepGoals({ goals, start, end }: PlanContent, { total, tooLittle }: Working): Goal[] {
  const top = goals.find(({ parentId }) => parentId === null);
  if (!top || tooLittle !== null) return [];
  const below = (title: string, name: 'sqls' | 'mqls' | 'mqlValue', target: string | undefined): Goal[] => {
    const whole = String(Math.round(Number(target ?? '0')));
    if (whole === '0') return [];
    return [{ ...top, id: newId(), parentId: top.id, title, metric: { name }, start, end, target: whole }];
  };
  return [
    ...below('Qualified conversations', 'sqls', total.sqls?.mid),
    ...below('Leads that meet the definition', 'mqls', total.mqls.mid),
    ...below('What those leads are worth', 'mqlValue', total.value.mid),
  ];
}
