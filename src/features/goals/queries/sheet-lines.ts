/** Lines of the worked-back sheet: of a segment and month, of a month, of a segment, of all. */

import { intervalPercent, quantileOf, type Spread, spreadOf } from '#engine/goals/spread.ts';
import { quantityOf, spreadText } from '#engine/goals/quantity.ts';
import { type Need, sumOf, valueOfMql, type WorkedBack } from '#engine/goals/work-back.ts';
import { monthText } from '#engine/time/months.ts';
import type { SheetLine, Working } from '../contract/working.ts';
import type { PlanFit } from './plan-fit.ts';

export interface Line {
  readonly month: number;
  readonly target: number;
  readonly revenue: Spread;
  readonly won: Spread;
  readonly deals: Spread | null;
  readonly sqls: Spread | null;
  /** There already, and still to come. */
  readonly mqlsThere: number;
  readonly mqlsAhead: Spread;
  readonly value: number;
  readonly unitCost: PlanFit['unitCost'];
}

export function segmentLines(plan: PlanFit, worked: WorkedBack, segment: number): Line[] {
  const { from, until, monthShares, targets } = plan.asked;
  return Array.from({ length: until - from + 1 }, (_, at): Line => {
    const month = from + at;
    return {
      month,
      target: targets[segment]! * monthShares[at]!,
      revenue: spreadOf(revenueIn(plan, worked, [segment], month)),
      won: spreadOf(enteringIn(plan, worked, [segment], 'won', month)!),
      deals: spreadOrNull(enteringIn(plan, worked, [segment], 'deal', month)),
      sqls: spreadOrNull(enteringIn(plan, worked, [segment], 'sql', month)),
      mqlsThere: plan.actual.entered[segment]![0]![at]!,
      mqlsAhead: scaled(worked.mqls[segment]![aheadOf(plan, month)] ?? 0, worked.needs[segment]!),
      value: valueOfMql(plan.fit, segment),
      unitCost: plan.unitCost,
    };
  });
}

const spreadOrNull = (drawn: Float64Array | null): Spread | null => drawn && spreadOf(drawn);

/** The month's place among those ahead; below 0 it is over. */
const aheadOf = ({ asked }: PlanFit, month: number): number => month - asked.firstMonth;

/** MQLs of the middle, and as many as the low and high need ask for. */
function scaled(mid: number, { factors }: Need): Spread {
  const tail = (100 - intervalPercent) / 200;
  return { mid, low: mid * Math.min(1, quantileOf(factors, tail)), high: mid * Math.max(1, quantileOf(factors, 1 - tail)) };
}

function revenueIn(plan: PlanFit, { outlook }: WorkedBack, segments: readonly number[], month: number): Float64Array {
  const [at, ahead] = [month - plan.asked.from, aheadOf(plan, month)];
  const there = segments.reduce((sum, segment) => sum + plan.actual.revenue[segment]![at]!, 0);
  const parts = segments.flatMap((segment) =>
    ahead < 0 ? [] : [outlook.ofPlan, outlook.ofBefore, outlook.ofUnderWay, outlook.withoutMql].map((part) => part[segment]![ahead]!),
  );
  return sumOf(parts).map((each) => each + there);
}

/** Null: the record doesn't hold the stage. */
function enteringIn(
  plan: PlanFit,
  { outlook }: WorkedBack,
  segments: readonly number[],
  stage: 'sql' | 'deal' | 'won',
  month: number,
): Float64Array | null {
  const place = plan.chain.stages.indexOf(stage);
  if (place < 0) return null;
  const [at, ahead] = [month - plan.asked.from, aheadOf(plan, month)];
  const there = segments.reduce((sum, segment) => sum + plan.actual.entered[segment]![place]![at]!, 0);
  return sumOf(ahead < 0 ? [] : segments.map((segment) => outlook.entering[segment]![place - 1]![ahead]!)).map((each) => each + there);
}

/** All segments of a month: chance evens out, so lows and highs lie closer than their sums. */
export function togetherLines(plan: PlanFit, worked: WorkedBack, lines: readonly (readonly Line[])[]): Line[] {
  const all = plan.segments.keys().toArray();
  return lines[0]!.map(({ month }, at) => {
    const own = lines.map((each) => each[at]!);
    const sum = (of: (line: Line) => number): number => own.reduce((total, line) => total + of(line), 0);
    const mid = sum(({ mqlsAhead }) => mqlsAhead.mid);
    return {
      month,
      target: sum(({ target }) => target),
      revenue: spreadOf(revenueIn(plan, worked, all, month)),
      won: spreadOf(enteringIn(plan, worked, all, 'won', month)!),
      deals: spreadOrNull(enteringIn(plan, worked, all, 'deal', month)),
      sqls: spreadOrNull(enteringIn(plan, worked, all, 'sql', month)),
      mqlsThere: sum(({ mqlsThere }) => mqlsThere),
      mqlsAhead: scaled(mid, worked.together),
      value: weighted(own, mid),
      unitCost: plan.unitCost,
    };
  });
}

/** The mean worth of an MQL in this mix. */
function weighted(lines: readonly Line[], mid: number): number {
  const worth = lines.reduce((sum, { mqlsAhead, mqlsThere, value }) => sum + (mqlsAhead.mid + mqlsThere) * value, 0);
  const count = mid + lines.reduce((sum, { mqlsThere }) => sum + mqlsThere, 0);
  return count > 0 ? worth / count : 0;
}

type Total = Omit<Line, 'month'>;

/** Of all months of the lines. @param need of the segments together */
export function totalOf(lines: readonly Line[], plan: PlanFit, need: Need, segments: readonly number[], worked: WorkedBack): Total {
  const months = [...new Set(lines.map(({ month }) => month))];
  const sum = (of: (line: Line) => number): number => lines.reduce((total, line) => total + of(line), 0);
  const entering = (stage: 'sql' | 'deal' | 'won'): Spread | null => {
    const drawn = months.map((month) => enteringIn(plan, worked, segments, stage, month));
    return drawn.every((each) => each !== null) ? spreadOf(sumOf(drawn)) : null;
  };
  const mid = sum(({ mqlsAhead }) => mqlsAhead.mid);
  return {
    target: sum(({ target }) => target),
    revenue: spreadOf(sumOf(months.map((month) => revenueIn(plan, worked, segments, month)))),
    won: entering('won')!,
    deals: entering('deal'),
    sqls: entering('sql'),
    mqlsThere: sum(({ mqlsThere }) => mqlsThere),
    mqlsAhead: scaled(mid, need),
    value: weighted(lines, mid),
    unitCost: plan.unitCost,
  };
}

export function textTotal(total: Total): Working['total'] {
  const there = total.mqlsThere;
  const mqls = { mid: there + total.mqlsAhead.mid, low: there + total.mqlsAhead.low, high: there + total.mqlsAhead.high };
  const value = { mid: mqls.mid * total.value, low: mqls.low * total.value, high: mqls.high * total.value };
  return {
    target: quantityOf(total.target, 'amount'),
    revenue: spreadText(total.revenue, 'amount'),
    won: spreadText(total.won, 'count'),
    deals: total.deals && spreadText(total.deals, 'count'),
    sqls: total.sqls && spreadText(total.sqls, 'count'),
    mqls: spreadText(mqls, 'count'),
    value: spreadText(value, 'amount'),
    budget: total.unitCost && spreadText(budgetOf(mqls, total.unitCost), 'amount'),
  };
}

export const textLine = (line: Line): SheetLine => ({ month: monthText(line.month), ...textTotal(line) });

/** MQLs × cost per MQL, both unsure: their errors in logarithms add up as squares do. */
function budgetOf(mqls: Spread, { mean, error }: NonNullable<PlanFit['unitCost']>): Spread {
  const far = (to: number): number => Math.exp(Math.hypot(mqls.mid > 0 && to > 0 ? Math.log(to / mqls.mid) : 0, 1.2816 * error));
  return { mid: mqls.mid * mean, low: mqls.low > 0 ? (mqls.mid * mean) / far(mqls.low) : 0, high: mqls.mid * mean * far(mqls.high) };
}
