/** A workspace's past as the engine asks for it, and the model fitted on it: made anew only when something it rests on has changed. */

import { type CostLead, millisecondsADay } from '#engine/alignment/cost/lead.ts';
import { type CostModel, fitCostModel } from '#engine/alignment/cost/model.ts';
import type { CostPast } from '#engine/alignment/cost/question.ts';
import type { FreshCost } from './cost-columns.ts';
import { costCustomers, fitsByAccount } from './cost-customers.ts';
import { type CostDeals, costDeals } from './cost-deals.ts';
import { fittingLeads } from './cost-fit.ts';
import type { CostGround } from './cost-ground.ts';
import { costLeads } from './cost-leads.ts';

/** Draws for the ranges: with more, the ends move by less than they are uncertain anyway. */
export const draws = 120;
/** The same past gives the same ranges. */
export const seed = 1;

export interface FittedPast {
  readonly past: CostPast;
  readonly model: CostModel | string;
  readonly unbooked: CostDeals['unbooked'];
}

interface Fitted extends Omit<FittedPast, 'past'> {
  readonly past: Omit<CostPast, 'customers'>;
  /** By account; null: nothing says who fits. */
  readonly fits: ReadonlyMap<string, boolean> | null;
}

/** Of each workspace's columns, under the last few settings they were asked with. */
const known = new WeakMap<FreshCost, Map<string, Promise<Fitted>>>();
const mostKnown = 4;

export async function fittedPast(ground: CostGround): Promise<FittedPast> {
  let ofFresh = known.get(ground.fresh);
  if (!ofFresh) known.set(ground.fresh, (ofFresh = new Map()));
  const key = keyOf(ground);
  let fitted = ofFresh.get(key);
  if (!fitted) {
    if (ofFresh.size >= mostKnown) ofFresh.clear();
    ofFresh.set(key, (fitted = fit(ground)));
    fitted.catch(() => ofFresh.delete(key));
  }
  const { past, fits, ...rest } = await fitted;
  return { ...rest, past: { ...past, customers: await costCustomers(ground, fits) } };
}

/** All that leads are read by beside their columns. */
const keyOf = ({ rules, icp, calendars, agreed, kept }: CostGround): string =>
  JSON.stringify([
    ...[...rules.attempts, ...rules.agreements, ...icp].map(({ id, effectiveAt }) => `${id} ${effectiveAt}`),
    agreed.promptMinutes,
    kept.assumptions.settleDays,
    calendars.defaultCalendar,
    [...calendars.byId],
    [...calendars.idOfMember],
    [...calendars.absences],
  ]);

async function fit(ground: CostGround): Promise<Fitted> {
  const { database, workspaceId, fresh, icp, kept } = ground;
  const fitting = await database.inWorkspace(workspaceId, (tx) => fittingLeads(tx, workspaceId, icp), { statementTimeout: 60_000 });
  const deals = costDeals(fresh);
  const leads = costLeads(ground, fitting, deals.byLead);
  const asOf = lastOnRecord(fresh, leads);
  const settledUntil = asOf - kept.assumptions.settleDays * millisecondsADay;
  const model = fitCostModel(leads, { asOf, settledUntil, draws, seed });
  return { past: { leads, deals: deals.closed, asOf }, model, fits: fitting && fitsByAccount(fresh, fitting), unbooked: deals.unbooked };
}

/** Of a touch or of a lead; now at most. */
function lastOnRecord({ touches }: FreshCost, leads: readonly CostLead[]): number {
  const now = Date.now();
  let last = 0;
  const look = (at: number): void => void (at <= now && at > last && (last = at));
  for (let row = 0; row < touches.count; row++) look(touches.minutes[row]! * 60_000);
  for (const { passedAt } of leads) look(passedAt);
  return last === 0 ? now : last;
}
