/** A condition of a plan in the product's own words, and its value as people write it. */

import type { Condition, Metric } from '#engine/payout/plan.ts';
import { moneyText } from '#engine/values/money.ts';
import { isResultName, measuredResults } from './measured.ts';

export interface ConditionWords {
  readonly says: string;
  /** As people write it; null when it isn't known. */
  readonly value: string | null;
  /** Such as "at least 85 %". */
  readonly needed: string;
}

/** @param value of the metric, in its unit @param clauses titles of clauses by key */
export function conditionWords(
  { metric, is, value: asked }: Condition,
  value: string | null,
  currency: string,
  clauses: ReadonlyMap<string, string>,
): ConditionWords {
  const say = (text: string): string => written(text, unitOf(metric), currency);
  return {
    says: metricWords(metric, clauses),
    value: value === null ? null : say(value),
    needed: `${is === 'atLeast' ? 'at least' : 'at most'} ${say(asked)}`,
  };
}

type Unit = 'percent' | 'amount' | 'number';

function unitOf(metric: Metric): Unit {
  if (metric.from === 'result') return isResultName(metric.name) ? measuredResults[metric.name].unit : 'number';
  if (metric.from === 'credit') return metric.measure.by === 'amount' ? 'amount' : 'number';
  return 'percent';
}

function written(text: string, unit: Unit, currency: string): string {
  // Cut, not rounded: 79.996 is not 80.
  if (unit === 'percent') return `${text.replace(/(\.\d\d)\d+$/, '$1')} %`;
  return unit === 'amount' && /^-?\d+$/.test(text) ? moneyText(text, currency) : text;
}

export function metricWords(metric: Metric, clauses: ReadonlyMap<string, string>): string {
  switch (metric.from) {
    case 'result':
      return isResultName(metric.name) ? measuredResults[metric.name].name : metric.name;
    case 'clauses':
      return clausesWords(metric, clauses);
    case 'credit':
      return 'Credit of one’s own';
    case 'attainment':
      return `Attainment of the quota “${metric.quota}”`;
    case 'ratio':
      return 'Share of one’s own';
  }
}

function clausesWords({ side, clauses: named }: Extract<Metric, { from: 'clauses' }>, titles: ReadonlyMap<string, string>): string {
  if (named === 'all') return `What ${side} owes is kept, clause by clause: the lowest`;
  const [only] = named;
  if (named.length === 1 && only !== undefined) return `${titles.get(only) ?? only} (${side})`;
  return `${named.map((key) => titles.get(key) ?? key).join(', ')} (${side}): the lowest`;
}
