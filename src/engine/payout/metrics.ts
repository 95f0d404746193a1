/** What metrics say in a period, and how conditions come out. A number that isn't known holds no condition. */

import { decimalFraction, type Fraction } from '../values/fraction.ts';
import type { JointResult } from './evidence.ts';
import { periodOf } from './periods.ts';
import type { Condition, Measure, Metric, PeriodKind } from './plan.ts';
import { compared, decimalText, million, percentFrom } from './quantity.ts';
import { creditSum, entriesOf, type Person, quotaOf, type Scope } from './scope.ts';
import type { ConditionOutcome } from './statement.ts';

export interface Reading {
  /** In the metric's unit; null when it isn't known. */
  readonly value: Fraction | null;
  /** Ids of the results it was read from. */
  readonly results: readonly string[];
}

/** @param person null for the pool, whose metrics are joint */
export function readingOf(scope: Scope, person: Person | null, metric: Metric): Reading {
  switch (metric.from) {
    case 'result':
      return readResult(
        scope.results.find(metric.name, periodAsked(scope, metric.over), metric.whose === 'own' ? (person?.payee.id ?? null) : null),
      );
    case 'clauses':
      return lowest(scope, metric);
    case 'credit':
      return ofOwn(person, (own) => ({ numerator: creditOf(scope, own, metric.measure), denominator: unitOf(metric.measure) }));
    case 'attainment':
      return ofOwn(person, (own) => attained(scope, own, metric.measure, metric.quota));
    case 'ratio':
      return ofOwn(person, (own) => percentFrom(creditOf(scope, own, metric.of), creditOf(scope, own, metric.to)));
  }
}

export function outcomeOf(scope: Scope, person: Person | null, condition: Condition): ConditionOutcome {
  const { value, results } = readingOf(scope, person, condition.metric);
  const order = value === null ? null : compared(value, decimalFraction(condition.value));
  return {
    condition: { metric: condition.metric, is: condition.is, value: condition.value },
    held: order !== null && (condition.is === 'atLeast' ? order >= 0 : order <= 0),
    value: value && decimalText(value, 4),
    results,
  };
}

/** The plan's own period, or the longer one that holds its last day. */
const periodAsked = ({ period }: Scope, over: PeriodKind | null): string => (over === null ? period.key : periodOf(period.last, over).key);

const readResult = (result: JointResult | undefined): Reading =>
  result ? { value: decimalFraction(result.value), results: [result.id] } : { value: null, results: [] };

/** Of the clauses asked for, the least attained; not known while one that is named is missing, or where there is none at all. */
function lowest(scope: Scope, { side, clauses, over }: Extract<Metric, { from: 'clauses' }>): Reading {
  const known = scope.results.clauses(side, periodAsked(scope, over));
  const asked = clauses === 'all' ? known : known.filter(({ name }) => clauses.includes(name));
  const results = asked.map(({ id }) => id);
  if (asked.length === 0 || (clauses !== 'all' && asked.length < new Set(clauses).size)) return { value: null, results };
  const values = asked.map(({ value }) => decimalFraction(value));
  return { value: values.reduce((least, value) => (compared(value, least) < 0 ? value : least)), results };
}

const ofOwn = (person: Person | null, read: (own: Person) => Fraction | null): Reading => ({ value: person && read(person), results: [] });

const creditOf = (scope: Scope, { payee }: Person, measure: Measure): bigint => creditSum(entriesOf(scope, measure, payee.id));

const unitOf = ({ by }: Measure): bigint => (by === 'amount' ? 1n : million);

function attained(scope: Scope, person: Person, measure: Measure, name: string): Fraction | null {
  const quota = quotaOf(scope, person, name, measure.by, scope.period);
  return quota === null ? null : percentFrom(creditOf(scope, person, measure), quota);
}
