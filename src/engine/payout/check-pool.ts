/** Whether a pool makes sense. */

import { checkConditions, checkCurve, checkMetric, sumsTo100 } from './check-measure.ts';
import { picked } from './payees.ts';
import type { Fund, Plan, Pool } from './plan.ts';
import type { Problem } from './reading.ts';

export function checkPool(plan: Plan, pool: Pool): Problem[] {
  return [
    ...checkFund(plan, pool.fund),
    ...checkConditions(plan, pool.opens.marketing, 'pool.opens.marketing', 'joint'),
    ...checkConditions(plan, pool.opens.sales, 'pool.opens.sales', 'joint'),
    ...checkSides(plan, pool),
    ...checkKeys(plan, pool),
  ];
}

function checkFund(plan: Plan, { by, share, min, max }: Fund): Problem[] {
  const problems: Problem[] = [];
  if (by) problems.push(...checkMetric(plan, by.metric, 'pool.fund.by.metric', 'joint'), ...checkCurve(by.curve, 'pool.fund.by.curve'));
  if (share) problems.push(...checkMetric(plan, share.metric, 'pool.fund.share.metric', 'joint'));
  if (share?.metric.from === 'clauses')
    problems.push({ at: 'pool.fund.share.metric', what: 'is no amount', fine: 'a joint result that is an amount' });
  if (min !== null && max !== null && BigInt(min) > BigInt(max))
    problems.push({ at: 'pool.fund.min', what: `${min} is above the most, ${max}`, fine: 'a least up to the most' });
  return problems;
}

function checkSides(plan: Plan, { members, sides }: Pool): Problem[] {
  if (sides === null) return [];
  const problems: Problem[] = [];
  if (!sumsTo100([sides.marketing, sides.sales]))
    problems.push({ at: 'pool.sides', what: 'are not 100 % together', fine: 'two shares that add up to exactly 100' });
  const among = new Set(picked(members, plan.payees).map(({ side }) => side));
  for (const side of ['marketing', 'sales'] as const)
    if (Number(sides[side]) > 0 && !among.has(side))
      problems.push({
        at: `pool.sides.${side}`,
        what: `gives a share to ${side}, of which nobody is a member`,
        fine: 'a member of the side, or "0"',
      });
  return problems;
}

function checkKeys(plan: Plan, { members, key }: Pool): Problem[] {
  const missing = picked(members, plan.payees).filter((payee) => keyOf(key.by, payee) === null);
  return missing.map(({ id }) => ({
    at: 'pool.key',
    what: `“${id}” has no ${key.by === 'weight' ? 'weight' : 'target pay'}`,
    fine: key.by === 'weight' ? 'a weight in the pool for every member (0 for no share)' : 'a target for every member',
  }));
}

const keyOf = (by: Pool['key']['by'], payee: Plan['payees'][number]): string | null =>
  by === 'equal' ? '1' : by === 'weight' ? payee.poolWeight : payee.target;
