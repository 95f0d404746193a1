/** One question about the cost, with nothing left open: days, segment, parts. */

import type { CostAsk } from '#engine/alignment/cost/question.ts';
import { monthOfDay, monthText } from '#engine/time/months.ts';
import { dayReader } from '#engine/time/zone-days.ts';
import { type Days, daysAsked } from '#features/returns/queries/figure-scope.ts';
import type { CostBy, CostQuery } from '../contract/cost.ts';
import type { CostGround } from './cost-ground.ts';

export interface CostQuestion {
  readonly by: CostBy;
  readonly days: Days;
  /** Undefined: all. */
  readonly segment: string | null | undefined;
  /** Days since 1970-01-01, in the workspace's zone, of epoch milliseconds. */
  readonly dayOf: (at: number) => number;
  readonly partOf: CostAsk['partOf'];
}

export function questionOf({ returns }: CostGround, asked: Pick<CostQuery, 'start' | 'end' | 'segment'>, by: CostBy): CostQuestion {
  const days = daysAsked(asked, returns.asOf);
  const read = dayReader(returns.timeZone);
  const dayOf = (at: number): number => read(at * 1000);
  const { segment } = asked;
  return {
    ...{ by, days, segment, dayOf },
    partOf(at, own) {
      if (segment !== undefined && own !== segment) return null;
      const day = dayOf(at);
      if (day < days.start || day > days.end) return null;
      return by === 'month' ? monthText(monthOfDay(day)) : by === 'segment' ? JSON.stringify(own) : 'all';
    },
  };
}
