/** The cost of one question, from what is on record: what the answer and the lists of records are both told from. */

import { type Cost, costOf } from '#engine/alignment/cost/cost.ts';
import type { CostAsk } from '#engine/alignment/cost/question.ts';
import type { PayVisible } from '#features/returns/contract/pay.ts';
import type { CostGround } from './cost-ground.ts';
import { hourlyCost } from './cost-hourly.ts';
import { draws, type FittedPast, fittedPast, seed } from './cost-past.ts';
import type { CostQuestion } from './cost-question.ts';
import { isMarketings } from './cost-settings.ts';

export interface CostFound extends FittedPast {
  readonly cost: Cost;
  readonly ask: CostAsk;
}

/** @param ranges without them amounts alone, for lists of records: a fraction of the time */
export async function findCost(
  ground: CostGround,
  question: CostQuestion,
  pay: PayVisible,
  { ranges }: { readonly ranges: boolean },
): Promise<CostFound> {
  const fitted = await fittedPast(ground);
  const { assumptions } = ground.kept;
  const { leads } = fitted.past;
  const reps = new Set(
    leads.flatMap(({ rep, passedAt, segment }) => (rep !== null && question.partOf(passedAt, segment) !== null ? [rep] : [])),
  );
  const ask: CostAsk = {
    ...{ settleDays: assumptions.settleDays, attempts: ground.agreed.attempts, draws: ranges ? draws : 0, seed, partOf: question.partOf },
    minutes: {
      review: assumptions.reviewMinutes,
      call: assumptions.callMinutes,
      talk: assumptions.talkMinutes,
      write: assumptions.writeMinutes,
    },
    hourly: await hourlyCost(ground, question.days, pay, reps),
    isMarketings: isMarketings(assumptions),
  };
  const { model } = fitted;
  const asked = ranges || typeof model === 'string' ? model : { ...model, draws: model.draws.slice(0, 1) };
  return { ...fitted, ask, cost: costOf(fitted.past, asked, ask) };
}
