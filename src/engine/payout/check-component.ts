/** Whether a component makes sense. */

import { checkConditions, checkCurve, checkMeasure, checkMetric, checkOver, sumsTo100 } from './check-measure.ts';
import type { Component, Mbo, Measure, Plan, RateTerms, Spif, Tier } from './plan.ts';
import type { Problem } from './reading.ts';

export function checkComponent(plan: Plan, component: Component, at: string): Problem[] {
  return [
    ...checkConditions(plan, component.gates, `${at}.gates`),
    ...checkConditions(plan, component.kickers, `${at}.kickers`),
    ...checkLimits(component, at),
    ...checkOwnTerms(plan, component, at),
  ];
}

function checkLimits({ floor, cap }: Component, at: string): Problem[] {
  if (floor === null || cap === null || cap.per === 'year' || BigInt(floor) <= BigInt(cap.amount)) return [];
  return [{ at: `${at}.floor`, what: `${floor} is above the cap of ${cap.amount}`, fine: 'a floor up to the cap' }];
}

function checkOwnTerms(plan: Plan, component: Component, at: string): Problem[] {
  switch (component.kind) {
    case 'rate':
    case 'overlay':
      return checkRate(plan, component, at);
    case 'bonus':
      return [
        ...checkMetric(plan, component.metric, `${at}.metric`),
        ...(component.metric.from === 'credit'
          ? [{ at: `${at}.metric`, what: 'is no percent', fine: 'attainment, ratio, clauses, or a result in percent' }]
          : []),
        ...checkCurve(component.curve, `${at}.curve`),
      ];
    case 'mbo':
      return checkObjectives(component, at);
    case 'spif':
      return checkSpif(component, at);
  }
}

function checkRate(plan: Plan, { measure, over, tiersBy, quota, tiers, threshold }: RateTerms, at: string): Problem[] {
  const problems = [...checkMeasure(measure, `${at}.measure`), ...checkOver(plan.period, over, `${at}.over`)];
  if (tiersBy === 'attainment' && quota === null)
    problems.push({ at: `${at}.quota`, what: 'is missing', fine: 'the name of the quota that tiers are percents of' });
  if (tiers.length === 0) problems.push({ at: `${at}.tiers`, what: 'is empty', fine: 'at least one tier, from "0"' });
  for (const [place, tier] of tiers.entries()) problems.push(...checkTier(measure, tiers, place, tier, `${at}.tiers.${place}`));
  const whole = tiersBy === 'credit' && measure.by === 'amount';
  for (const [place, { from }] of tiers.entries()) if (whole) problems.push(...checkMinor(from, `${at}.tiers.${place}.from`));
  if (whole && threshold) problems.push(...checkMinor(threshold.at, `${at}.threshold.at`));
  return problems;
}

function checkTier(measure: Measure, tiers: readonly Tier[], place: number, { from, percent, each }: Tier, at: string): Problem[] {
  const problems: Problem[] = [];
  if (place === 0 && Number(from) !== 0) problems.push({ at: `${at}.from`, what: `is ${from}`, fine: '"0" for the first tier' });
  if (place > 0 && Number(from) <= Number(tiers[place - 1]!.from))
    problems.push({ at: `${at}.from`, what: 'is not beyond the tier before', fine: 'each tier beginning beyond the one before' });
  if ((percent === null) === (each === null) || (measure.by === 'amount') !== (percent !== null))
    problems.push({
      at,
      what: 'has not the rate its measure asks for',
      fine: measure.by === 'amount' ? 'percent, and no each' : 'each, and no percent',
    });
  return problems;
}

const checkMinor = (text: string, at: string): Problem[] =>
  text.includes('.') ? [{ at, what: `${text} is no whole number of minor units`, fine: 'minor units such as "1200050"' }] : [];

function checkObjectives({ objectives }: Mbo, at: string): Problem[] {
  const problems: Problem[] = [];
  if (!sumsTo100(objectives.map(({ weightPercent }) => weightPercent)))
    problems.push({ at: `${at}.objectives`, what: 'weigh not 100 % together', fine: 'weights that add up to exactly 100' });
  if (new Set(objectives.map(({ id }) => id)).size < objectives.length)
    problems.push({ at: `${at}.objectives`, what: 'have an id twice', fine: 'an id of its own for each' });
  return problems;
}

function checkSpif({ measure, from, until, pays }: Spif, at: string): Problem[] {
  const problems = checkMeasure(measure, `${at}.measure`);
  if (until < from) problems.push({ at: `${at}.until`, what: `${until} is before ${from}`, fine: 'a last day not before the first' });
  if ('percent' in pays && measure.by === 'count')
    problems.push({ at: `${at}.pays`, what: 'is a percent of a number of things', fine: 'each, or a measure by amount' });
  if ('each' in pays && measure.by === 'amount')
    problems.push({ at: `${at}.pays`, what: 'is an amount for each of an amount', fine: 'percent, or a measure by count' });
  return problems;
}
