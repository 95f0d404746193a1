/** Goals that count today and are off their pace. */

import { goalStates, type GoalStanding } from '#features/goals/contract/goals.ts';
import { readContext } from '#features/goals/queries/context.ts';
import { metricsOf, plansOn, standingsOf } from '#features/goals/queries/goal-tree.ts';
import { plansInForce } from '#features/goals/queries/plan-rows.ts';
import { type AgendaGround, type Offered, plainly, weighed } from './offered.ts';

const most = 8;

export async function offerGoals(ground: AgendaGround): Promise<Offered[]> {
  const { database, workspaceId, today } = ground;
  const plans = plansOn(await database.inWorkspace(workspaceId, (tx) => plansInForce(tx, workspaceId)), today);
  if (plans.length === 0) return [];
  const context = await readContext(database, workspaceId, undefined, metricsOf(plans));
  const off = (await standingsOf(context, plans, null)).filter(({ state }) => goalStates[state].offPace);
  return off
    .map((goal) => offer(goal, ground.currency))
    .toSorted((one, other) => other.weight - one.weight)
    .slice(0, most);
}

function offer(goal: GoalStanding, currency: string): Offered {
  const { id, title, metricLabel, owners, pace, says, state } = goal;
  const opens = `/goals?goal=${id}`;
  const gap = Math.abs(Number(pace?.gapPercent ?? 0));
  const stake = stakeOf(goal);
  return {
    ...plainly,
    ...{ kind: 'goal', key: `goal:${id}`, sentence: `${title} is ${state === 'missed' ? 'missed' : 'behind'}: ${says}`, opens, stake },
    currency: stake === null ? null : currency,
    figures: [
      { label: metricLabel, value: goalStates[state].label },
      ...(pace?.gapPercent == null ? [] : [{ label: 'Off the pace', value: `${gap} % of the target` }]),
    ],
    records: [{ kind: 'goal', id, name: title, says, opens }],
    ownerId: owners.marketing?.id ?? owners.sales?.id ?? null,
    weight: weighed(gap / 100),
    minutes: 5,
  };
}

/** What is missing to the pace, where the goal is a sum of money. */
function stakeOf({ unit, runs, pace }: GoalStanding): bigint | null {
  if (unit !== 'amount' || runs !== 'flow' || !pace) return null;
  const gap = BigInt(pace.gap.split('.')[0] || '0');
  return gap < 0n ? -gap : gap;
}
