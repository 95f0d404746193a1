/** The scoreboard: index, agreement, goals and the cost of twelve months, on one page for everybody. */

import type { AttainmentAnswer } from '#features/agreement/contract.ts';
import { goalStates, type GoalStanding } from '#features/goals/contract/goals.ts';
import { readContext } from '#features/goals/queries/context.ts';
import { metricsOf, plansOn, standingsOf } from '#features/goals/queries/goal-tree.ts';
import { plansInForce } from '#features/goals/queries/plan-rows.ts';
import { payVisible } from '#features/returns/contract/pay.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import type { Database } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import { indexQuery } from '../contract/index-answer.ts';
import type { Scoreboard } from '../contract/scoreboard.ts';
import { tellIndex } from './alignment-index.ts';
import { agreementOf } from './index-clauses.ts';
import { costOf } from './index-first.ts';
import { type IndexGround, type IndexQuestion, readIndexGround } from './index-question.ts';

export async function answerScoreboard(database: Database, who: Who): Promise<Scoreboard> {
  const ground = await readIndexGround(database, who.workspaceId);
  const pay = payVisible(who);
  const { answer, question } = await tellIndex(ground, pay, indexQuery.parse({}));
  const { score, measuredPercent, moved, version, first } = answer;
  return {
    ...{ on: question.on, timeZone: ground.timeZone, currency: ground.cost.returns.currency },
    index: {
      ...{ score, measuredPercent, since: moved.since, change: moved.change, version, first, opens: '/alignment' },
      activities: answer.activities.map(({ activity, label, score: own, change }) => ({ activity, label, score: own, change })),
    },
    cost: shownCost(await costOf(question, pay)),
    agreement: shownAgreement(question, await agreementOf(question)),
    goals: { items: await goalsOf(ground, who), opens: '/goals' },
  };
}

function shownCost({ start, end, total, confidencePercent, first }: Awaited<ReturnType<typeof costOf>>): Scoreboard['cost'] {
  const { amount, low, high } = total;
  return {
    ...{ start, end, amount, low, high, confidencePercent },
    first: first && { cause: first.cause, label: first.label, says: first.says },
    opens: `/alignment/cost?${new URLSearchParams({ start, end })}`,
  };
}

function shownAgreement({ start, on }: IndexQuestion, { sides, clauses }: AttainmentAnswer): Scoreboard['agreement'] {
  const opens = (more: Record<string, string> = {}): string => `/attainment?${new URLSearchParams({ start, end: on, ...more })}`;
  return {
    ...{ start, end: on, opens: opens() },
    sides: sides.map(({ side, kept, broken }) => ({
      ...{ side, kept, broken },
      clauses: clauses
        .filter((clause) => clause.side === side)
        .map(({ key, title, attainment, targetPercent, kept: isKept }) => ({
          ...{ key, title, attainment, targetPercent, kept: isKept, opens: opens({ clause: key }) },
        })),
    })),
  };
}

/** Off pace first, else in the order of the plans. What rests on pay is told to whom may see it. */
async function goalsOf({ database, workspaceId }: IndexGround, who: Who): Promise<Scoreboard['goals']['items']> {
  const plans = await database.inWorkspace(workspaceId, (tx) => plansInForce(tx, workspaceId));
  if (plans.length === 0) return [];
  const context = await readContext(database, workspaceId, who, metricsOf(plans));
  const standings = await standingsOf(context, plansOn(plans, dayText(context.ground.figures.today)), null);
  const last = (goal: GoalStanding): number => (goalStates[goal.state].offPace ? 0 : 1);
  return standings
    .toSorted((one, other) => last(one) - last(other))
    .map(({ id, title, unit, direction, value, target, state, says, end }) => ({
      ...{ id, title, unit, direction, value, target, state, says, end, opens: '/goals' },
    }));
}
