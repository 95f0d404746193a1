/** What a component of a plan pays, in words. */

import type { Bonus, Component, Condition, Limit, Mbo, RateTerms, Spif, Target, Threshold } from '#engine/payout/plan.ts';
import { conditionWords, metricUnit, metricWords } from './condition-words.ts';
import {
  curveWords,
  listed,
  lowerFirst,
  measureWords,
  money,
  people,
  periodWords,
  quantity,
  sentence,
  whom,
  type Words,
} from './plan-words.ts';

export function componentSentence(component: Component, words: Words): string {
  return sentence(
    `${component.name}${whom(component.for, words)}: ${earningWords(component, words)}.`,
    ...component.gates.map(
      (gate) => `Only while ${asked(gate, words)}; else ${gate.otherwisePercent === '0' ? 'nothing' : `${gate.otherwisePercent} % of it`}.`,
    ),
    ...component.kickers.map((kicker) => `While ${asked(kicker, words)}: ${kicker.percent} % of it.`),
    component.floor === null ? '' : `At least ${money(component.floor, words)} a ${words.period}.`,
    component.cap === null ? '' : `At most ${limitWords(component.cap, words)}.`,
    backWords(component.clawback),
  );
}

function backWords(clawback: Component['clawback']): string {
  if (clawback === null) return '';
  return clawback === 'never' ? 'What is cancelled is not taken back.' : `Taken back when cancelled within ${clawback.withinDays} days.`;
}

function earningWords(component: Component, words: Words): string {
  switch (component.kind) {
    case 'rate':
      return rateWords(component, words);
    case 'overlay':
      return `${rateWords(component, words)}; on the credit of ${
        component.of === null ? 'those named beside the deal' : (people(component.of, words) ?? 'everybody')
      }, which keeps its 100 %`;
    case 'bonus':
      return bonusWords(component, words);
    case 'mbo':
      return mboWords(component, words);
    case 'spif':
      return spifWords(component, words);
  }
}

function rateWords(rate: RateTerms, words: Words): string {
  const place = placeWords(rate, words);
  const tiers = rate.tiers.map(({ from, percent, each }) => {
    const pays = percent === null ? `${money(each ?? '0', words)} for each` : `${percent} %`;
    return from === '0'
      ? `${pays} of ${measureWords(rate.measure, words)}`
      : `${pays} ${rate.marginal ? 'beyond' : 'of all once it reaches'} ${place(from)}`;
  });
  const quota = rate.tiersBy === 'attainment' ? ', which the quota is for' : '';
  const over = rate.over === null ? '' : `; added up over the ${periodWords[rate.over]}${quota}`;
  return `${tiers.join('; ')}${over}${thresholdWords(rate.threshold, place)}`;
}

const placeWords =
  ({ tiersBy, quota, measure }: RateTerms, words: Words) =>
  (at: string): string =>
    tiersBy === 'attainment' ? `${at} % of the quota “${quota ?? ''}”` : quantity(measure, at, words);

const thresholdWords = (threshold: Threshold | null, place: (at: string) => string): string =>
  threshold === null
    ? ''
    : `; nothing below ${place(threshold.at)}, then ${threshold.counts === 'fromFirst' ? 'from the first' : 'for what is beyond'}`;

const bonusWords = ({ target, metric, curve }: Bonus, words: Words): string =>
  `${targetWords(target, words)} by ${lowerFirst(metricWords(metric, words))}: ${curveWords(curve, metricUnit(metric), words.currency)}`;

const mboWords = ({ target, objectives }: Mbo, words: Words): string =>
  `${targetWords(target, words)} by objectives: ${listed(objectives.map(({ name, weightPercent }) => `${name} (${weightPercent} %)`))}`;

const spifWords = ({ measure, from, until, pays, budget }: Spif, words: Words): string =>
  `${'each' in pays ? `${money(pays.each, words)} for each` : `${pays.percent} %`} of ${measureWords(measure, words)} from ${from} to ${until}${
    budget === null ? '' : `, first come first served up to ${money(budget, words)}`
  }`;

const targetWords = (target: Target, words: Words): string =>
  'amount' in target ? money(target.amount, words) : `${target.percentOfTarget} % of target pay`;

export const limitWords = ({ amount, per }: Limit, words: Words): string =>
  `${money(amount, words)} a ${per === 'year' ? 'calendar year' : words.period}`;

export function asked(condition: Condition, words: Words): string {
  const { says, needed } = conditionWords(condition, null, words.currency, words);
  return `${lowerFirst(says)} is ${needed}`;
}
