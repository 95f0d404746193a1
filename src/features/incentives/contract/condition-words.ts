/** A condition of a plan in the product's own words, and its value as people write it. */

import type { Condition, Metric, PeriodKind } from '#engine/payout/plan.ts';
import type { ConditionOutcome } from '#engine/payout/statement.ts';
import { isResultName, measuredResults } from './measured.ts';
import { lowerFirst, measureWords, periodWords, type PlanNames, type Unit, written } from './plan-words.ts';

export interface ConditionWords {
  readonly says: string;
  /** As people write it; null when it isn't known. */
  readonly value: string | null;
  /** Such as "at least 85 %". */
  readonly needed: string;
}

export type MetricNames = Pick<PlanNames, 'clauses' | 'campaigns'>;

/** @param value of the metric, in its unit */
export function conditionWords(
  { metric, is, value: asked }: Condition,
  value: string | null,
  currency: string,
  names: MetricNames,
): ConditionWords {
  const say = (text: string): string => written(text, metricUnit(metric), currency);
  return {
    says: metricWords(metric, names),
    value: value === null ? null : say(value),
    needed: `${is === 'atLeast' ? 'at least' : 'at most'} ${say(asked)}`,
  };
}

/** How a condition came out, as a line of a statement says it. */
export function outcomeWords({ condition, value }: ConditionOutcome, currency: string, names: MetricNames): string {
  const told = conditionWords(condition, value, currency, names);
  return `${lowerFirst(told.says)} ${told.value ?? 'not known'}, asked ${told.needed}`;
}

/** In what a metric is told. */
export function metricUnit(metric: Metric): Unit {
  if (metric.from === 'result') return isResultName(metric.name) ? measuredResults[metric.name].unit : 'number';
  if (metric.from === 'credit') return metric.measure.by === 'amount' ? 'amount' : 'number';
  return 'percent';
}

export function metricWords(metric: Metric, names: MetricNames): string {
  switch (metric.from) {
    case 'result':
      return `${resultWords(metric)}${overWords(metric.over)}`;
    case 'clauses':
      return `${clausesWords(metric, names.clauses)}${overWords(metric.over)}`;
    case 'credit':
      return `One’s own credit for ${measureWords(metric.measure, names)}`;
    case 'attainment':
      return `One’s own attainment of the quota “${metric.quota}” (${measureWords(metric.measure, names)})`;
    case 'ratio':
      return `One’s own ${bracketed(measureWords(metric.of, names))} ÷ ${bracketed(measureWords(metric.to, names))}`;
  }
}

const overWords = (over: PeriodKind | null): string => (over === null ? '' : ` over the ${periodWords[over]}`);
const bracketed = (text: string): string => (text.includes(',') ? `(${text})` : text);

function resultWords({ name, whose }: Extract<Metric, { from: 'result' }>): string {
  const told = isResultName(name) ? measuredResults[name].name : name;
  return whose === 'own' ? `One’s own ${lowerFirst(told)}` : told;
}

function clausesWords({ side, clauses: named }: Extract<Metric, { from: 'clauses' }>, titles: ReadonlyMap<string, string>): string {
  if (named === 'all') return `The lowest attainment of what ${side} owes`;
  const [only] = named;
  if (named.length === 1 && only !== undefined) return `${titles.get(only) ?? only} (${side})`;
  return `The lowest attainment of ${named.map((key) => titles.get(key) ?? key).join(', ')} (${side})`;
}
