/** Whether measures, metrics, conditions and curves make sense. */

import type { Condition, Curve, Measure, Metric, PeriodKind, Plan } from './plan.ts';
import { isAtLeast } from './periods.ts';
import { percentUnits, wholePercent } from './quantity.ts';
import type { Problem } from './reading.ts';

export function checkMeasure({ kinds, split, tags, except }: Measure, at: string): Problem[] {
  const problems: Problem[] = [];
  if (kinds.length === 0) problems.push({ at: `${at}.kinds`, what: 'is empty', fine: 'at least one kind of fact' });
  if (kinds.includes('objective'))
    problems.push({ at: `${at}.kinds`, what: 'objectives are not counted', fine: 'a component of kind mbo for results of objectives' });
  if (new Set(split.map(({ role }) => role)).size < split.length)
    problems.push({ at: `${at}.split`, what: 'names a role twice', fine: 'each role once' });
  if (sumsTo100(split.map(({ sharePercent }) => sharePercent)) === false)
    problems.push({ at: `${at}.split`, what: 'is not 100 % together', fine: 'shares of roles that add up to exactly 100' });
  for (const [field, named] of [
    ['tags', tags],
    ['except', except],
  ] as const)
    for (const [tag, values] of Object.entries(named))
      if (values.length === 0) problems.push({ at: `${at}.${field}.${tag}`, what: 'is empty', fine: 'at least one value, or no such tag' });
  return problems;
}

export const sumsTo100 = (percents: readonly string[]): boolean =>
  percents.reduce((sum, each) => sum + percentUnits(each), 0n) === wholePercent;

/** @param whose `joint`: the pool's, which nobody's own numbers may decide */
export function checkMetric(plan: Plan, metric: Metric, at: string, whose: 'joint' | 'any' = 'any'): Problem[] {
  if (whose === 'joint' && metric.from !== 'clauses' && !(metric.from === 'result' && metric.whose === 'joint'))
    return [{ at, what: 'is a number of one payee', fine: 'a joint result, or clauses of a side' }];
  switch (metric.from) {
    case 'result':
      return checkOver(plan.period, metric.over, `${at}.over`);
    case 'clauses':
      return [
        ...checkOver(plan.period, metric.over, `${at}.over`),
        ...(metric.clauses.length === 0 ? [{ at: `${at}.clauses`, what: 'is empty', fine: '"all", or at least one clause' }] : []),
      ];
    case 'credit':
    case 'attainment':
      return checkMeasure(metric.measure, `${at}.measure`);
    case 'ratio':
      return [...checkMeasure(metric.of, `${at}.of`), ...checkMeasure(metric.to, `${at}.to`)];
  }
}

/** A longer window than the period, or the period itself. */
export function checkOver(period: PeriodKind, over: PeriodKind | null, at: string): Problem[] {
  if (over === null || isAtLeast(over, period)) return [];
  return [{ at, what: `a ${over} is shorter than the plan’s period`, fine: `a ${period} or longer, or null` }];
}

export const checkConditions = (plan: Plan, conditions: readonly Condition[], at: string, whose: 'joint' | 'any' = 'any'): Problem[] =>
  conditions.flatMap(({ metric }, place) => checkMetric(plan, metric, `${at}.${place}.metric`, whose));

export function checkCurve(curve: Curve, at: string): Problem[] {
  if (curve.length === 0) return [{ at, what: 'is empty', fine: 'at least one point' }];
  const place = curve.findIndex((point, index) => index > 0 && Number(point.at) <= Number(curve[index - 1]!.at));
  return place < 0 ? [] : [{ at: `${at}.${place}.at`, what: 'is not beyond the point before', fine: 'each point beyond the one before' }];
}
