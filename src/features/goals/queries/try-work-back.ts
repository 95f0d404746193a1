import type { z } from 'zod';
import type { Database } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { PlanContent, WorkBackAsk, workBackAnswer } from '../contract/plans.ts';
import type { Working } from '../contract/working.ts';
import { readContext } from './context.ts';
import { feasibilityOf } from './feasibility.ts';
import { workBackPlan } from './working.ts';

/** A sheet that isn't saved, and whether it can be kept. */
export async function tryWorkBack(
  database: Database,
  who: Who,
  { start, end, workBack }: WorkBackAsk,
): Promise<z.output<typeof workBackAnswer>> {
  const context = await readContext(database, who.workspaceId, who, []);
  const { working, plan } = await workBackPlan(context, { start, end, workBack }, workBack.changes);
  const runRate = plan.asked.runRate.reduce((sum, each) => sum + each, 0);
  return { working, feasibility: await feasibilityOf(context, who, working, workBack.changes, runRate) };
}

/** What a draft is worked back to as of now; null: goals only. The same for whoever saves it. */
export async function workContent(database: Database, who: Who, { start, end, workBack }: PlanContent): Promise<Working | null> {
  if (!workBack) return null;
  const context = await readContext(database, who.workspaceId, undefined, []);
  return (await workBackPlan(context, { start, end, workBack }, workBack.changes)).working;
}
