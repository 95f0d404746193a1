/** The sentence a payee reads beside a line: exact numbers, in the words of the plan. */

import { moneyText } from '../values/money.ts';
import { decimalText, million } from './quantity.ts';
import type { Because, ConditionOutcome, Line, Rule } from './statement.ts';
import type { Metric } from './plan.ts';

type RuleOf<Kind extends Rule['kind']> = Extract<Rule, { kind: Kind }>;

/**
 * Such as “18 % of €12,400 beyond 80 % of quota”.
 * @param currency of the plan @param asked a condition and its value in words, where somebody knows better names than the plan's keys
 */
export function explainLine(
  { rule, amount }: Pick<Line, 'rule' | 'amount'>,
  currency: string,
  asked: (outcome: ConditionOutcome) => string = (outcome) => conditionText(outcome, currency),
): string {
  const money = (units: bigint): string => moneyText(`${units}`, currency);
  switch (rule.kind) {
    case 'rate':
    case 'overlay':
      return explainRate(rule, currency);
    case 'below':
      return `Nothing yet for ${quantity(rule, currency)}: pay begins at ${rule.tiersBy === 'attainment' ? `${rule.threshold} % of quota, ` : ''}${quantity({ by: rule.by, credit: rule.at }, currency)}`;
    case 'bonus':
      return `${rule.pays} % of the target of ${money(rule.target)}, for ${rule.metric} %`;
    case 'mbo':
      return `${rule.percent} % of ${money(rule.target)} for “${rule.objectiveName}”`;
    case 'spif':
      return `${worth(rule, currency)} ${quantity(rule, currency)}${rule.beyondBudget === 0n ? '' : `, less ${money(rule.beyondBudget)} that the budget no longer held`}`;
    case 'gate':
      return rule.condition.held
        ? `Gate kept: ${asked(rule.condition)}`
        : `Gate not kept (${asked(rule.condition)}): ${rule.percent} % of ${money(rule.of)} is paid`;
    case 'kicker':
      return rule.condition.held
        ? `Kicker reached (${asked(rule.condition)}): ${rule.percent} % of ${money(rule.of)} is paid`
        : `Kicker not reached: ${asked(rule.condition)}`;
    case 'floor':
      return `Raised from ${money(rule.of)} to the floor of ${money(rule.at)}`;
    case 'cap':
      return `Cut to the cap of ${money(rule.at)}${rule.per === 'year' ? ` a year, of which ${money(rule.earlier)} was paid before` : ''}: ${money(rule.of)} was earned`;
    case 'draw':
      return `Advanced to the draw of ${money(rule.at)}: ${money(rule.of)} was earned${rule.recoverable ? '; later earnings pay it back' : ''}`;
    case 'recovery':
      return `Pays back ${money(-amount)} of ${money(rule.balance)} that was advanced`;
    case 'holdback':
      return `${rule.percent} % of ${money(rule.of)} is withheld until later`;
    case 'release':
      return `Withheld in ${rule.withheldIn}, now released`;
    case 'lost':
      return `${money(rule.withheld)} withheld in ${rule.withheldIn} is lost: its condition didn’t hold in time`;
    case 'pool':
      return explainPool(rule, currency);
    case 'correction':
      return `Correction of ${rule.period}: ${money(rule.is)} in place of ${money(rule.was)}${becauseText(rule.because)}`;
  }
}

function explainRate(rule: RuleOf<'rate' | 'overlay'>, currency: string): string {
  const what = `${worth(rule, currency)} ${rule.marginal || (rule.tier === 0 && rule.until === null) ? '' : 'all '}${quantity(rule, currency)}`;
  const reached = rule.from === '0' ? '' : ` ${rule.marginal ? 'beyond' : 'for reaching'} ${boundary(rule, rule.from, currency)}`;
  const upTo =
    rule.marginal && rule.until !== null ? `${reached === '' ? ' up to' : ', up to'} ${boundary(rule, rule.until, currency)}` : '';
  const paid = rule.paidEarlier === 0n ? '' : `, less ${moneyText(`${rule.paidEarlier}`, currency)} paid before`;
  const earlier = rule.earlier === 0n ? '' : `; ${quantity({ by: rule.by, credit: rule.earlier }, currency)} of it from earlier periods`;
  return `${what}${reached}${upTo}${paid}${earlier}`;
}

const worth = ({ percent, each }: { percent: string | null; each: bigint | null }, currency: string): string =>
  percent === null ? `${moneyText(`${each ?? 0n}`, currency)} for each of` : `${percent} % of`;

const quantity = ({ by, credit }: { by: 'amount' | 'count'; credit: bigint }, currency: string): string =>
  by === 'amount' ? moneyText(`${credit}`, currency) : decimalText({ numerator: credit, denominator: million }, 6);

/** A tier's beginning as the plan tells it. */
function boundary({ tiersBy, by }: RuleOf<'rate' | 'overlay'>, at: string, currency: string): string {
  if (tiersBy === 'attainment') return `${at} % of quota`;
  return by === 'amount' ? moneyText(at, currency) : at;
}

export function conditionText({ condition, value }: ConditionOutcome, currency: string): string {
  const say = (text: string): string => {
    const unit = unitOf(condition.metric);
    return unit === 'amount' && !text.includes('.') ? moneyText(text, currency) : unit === 'percent' ? `${text} %` : text;
  };
  const asked = `${condition.is === 'atLeast' ? 'at least' : 'at most'} ${say(condition.value)}`;
  return `${nameOf(condition.metric)} ${value === null ? 'not known' : say(value)}, asked ${asked}`;
}

function nameOf(metric: Metric): string {
  switch (metric.from) {
    case 'result':
      return `“${metric.name}”`;
    case 'clauses':
      return metric.clauses === 'all'
        ? `the lowest clause of ${metric.side}`
        : `the lowest of ${metric.clauses.length} clauses of ${metric.side}`;
    case 'credit':
      return 'credit of one’s own';
    case 'attainment':
      return 'attainment of one’s quota';
    case 'ratio':
      return 'share of one’s own';
  }
}

/** A result's own unit isn't told by the plan: its number stands as it is. */
function unitOf(metric: Metric): 'percent' | 'amount' | 'number' {
  if (metric.from === 'result') return 'number';
  if (metric.from === 'credit') return metric.measure.by === 'amount' ? 'amount' : 'number';
  return 'percent';
}

function explainPool({ shared, key, keys, among, days }: RuleOf<'pool'>, currency: string): string {
  const share = keys === 0n ? '0' : decimalText({ numerator: key * 100n, denominator: keys }, 2);
  const whose = among === 'all' ? '' : ` of ${among}`;
  return `${share} % of the ${moneyText(`${shared}`, currency)} shared${whose}${days === null ? '' : `, for ${days} days`}`;
}

const reasons: Readonly<Record<Because['reason'], (count: number) => string>> = {
  late: (count) => `${facts(count)} recorded later`,
  clawback: (count) => `${facts(count)} cancelled within the days agreed`,
  mistake: (count) => `${facts(count)} found to be wrong`,
  changed: (count) => `${facts(count)} credited otherwise`,
  result: (count) => `${count === 1 ? 'a joint result was' : `${count} joint results were`} revised`,
  carried: () => 'something before it changed',
};
const facts = (count: number): string => (count === 1 ? 'one record was' : `${count} records were`);

function becauseText(because: readonly Because[]): string {
  const counts = Map.groupBy(because, ({ reason }) => reason);
  const told = [...counts].map(([reason, each]) => reasons[reason](each.length));
  return told.length === 0 ? '' : `, for ${told.join(' and ')}`;
}
