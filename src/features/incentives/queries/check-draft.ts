import { payPeriodBefore, payPeriodOf } from '../contract/plan-periods.ts';
import type { Database } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { PlanContent } from '../contract/plan-content.ts';
import type { PlanWarning } from '../contract/warnings.ts';
import { whyNotDraft } from '../policy/access.ts';
import { creditsOfPeriod } from './past-credit.ts';
import { membersById } from './plan-rows.ts';
import { type Checked, checkContent, warning } from './plan-warnings.ts';
import { sightOf } from './sight.ts';
import { todayOf } from './today.ts';

/** Periods that are looked back at. */
const periodsBack = 4;

/**
 * Problems and warnings of a plan that isn't stored, the company's past included: a quota that nobody has reached in any
 * of the last four periods.
 * @throws Problem forbidden for who doesn't see the pay of all it pays
 */
export async function checkDraft(database: Database, who: Who, content: PlanContent): Promise<Checked> {
  const { checked, today } = await database.inWorkspace(who.workspaceId, async (tx) => {
    const reason = whyNotDraft(await sightOf(tx, who), content.payees);
    if (reason !== null) throw new Problem('forbidden', reason);
    const members = await membersById(
      tx,
      who.workspaceId,
      content.payees.map(({ id }) => id),
    );
    return { checked: await checkContent(tx, who.workspaceId, content, members), today: await todayOf(tx, who.workspaceId) };
  });
  if (checked.problems.length > 0) return checked;
  return { ...checked, warnings: [...checked.warnings, ...(await neverReached(database, who, content, today))] };
}

async function neverReached(database: Database, who: Who, content: PlanContent, today: string): Promise<PlanWarning[]> {
  const quotas = quotasAsked(content);
  if (quotas.length === 0) return [];
  const last = payPeriodBefore(today, content.period);
  let first = last;
  for (let back = 1; back < periodsBack; back++) first = payPeriodBefore(first.start, content.period);
  const credits = await creditsOfPeriod(database, who.workspaceId, content, { from: first.start, until: last.end });
  return quotas.flatMap(({ at, quota, measure, payees }) => {
    const best = payees.map((payee) => ({
      payee,
      most: credits.most(measure, payee.id, (day) => payPeriodOf(day, content.period).key),
    }));
    const reached = best.some(({ payee, most }) => most >= credits.quotaOf(measure, payee.quotas[quota] ?? '0'));
    const nothing = best.every(({ most }) => most === 0n);
    if (reached || nothing) return [];
    const what = `nobody reached the quota “${quota}” in any of the last ${periodsBack} periods`;
    return [warning('neverReached', at, what, 'a quota that some have reached: one that nobody can moves nobody')];
  });
}

function quotasAsked(content: PlanContent) {
  return content.components.flatMap((component, at) => {
    if (!('quota' in component) || component.quota === null || component.over !== null) return [];
    const { quota, measure } = component;
    const payees = content.payees.filter((payee) => payee.quotas[quota] !== undefined);
    return payees.length === 0 ? [] : [{ at: `components.${at}.quota`, quota, measure, payees }];
  });
}
