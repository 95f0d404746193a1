/** A bonus: target × curve(attainment), rounded once. */

import { multiplied, percentFraction, timesFraction } from '../../values/fraction.ts';
import { paysAt } from '../curve.ts';
import { readingOf } from '../metrics.ts';
import type { Bonus, Metric } from '../plan.ts';
import { decimalText } from '../quantity.ts';
import { type Draft, draft, entriesOf, note, type Person, type Scope } from '../scope.ts';
import type { Line } from '../statement.ts';
import { targetOf } from './target.ts';

export function bonusLines(scope: Scope, person: Person, component: Bonus): Draft[] {
  const target = targetOf(scope, person, component);
  if (target === null || target === 0n) return [];
  const { value, results } = readingOf(scope, person, component.metric);
  if (value === null) {
    note(scope, person.payee.id, component.id, 'pays nothing yet: what it is paid by is not known for this period');
    return [];
  }
  const pays = paysAt(component.curve, value);
  const amount = timesFraction(target, multiplied(pays, percentFraction('1')));
  const rule: Line['rule'] = { kind: 'bonus', target, metric: decimalText(value, 2), pays: decimalText(pays, 2) };
  return [draft(amount, rule, factsOf(scope, person, component.metric), results)];
}

/** What an attainment or a ratio was counted from. */
function factsOf(scope: Scope, { payee }: Person, metric: Metric): Line['facts'] {
  const measures = metric.from === 'attainment' ? [metric.measure] : metric.from === 'ratio' ? [metric.of, metric.to] : [];
  const credits = new Map<string, bigint>();
  for (const measure of measures)
    for (const { id, credit } of entriesOf(scope, measure, payee.id)) if (!credits.has(id)) credits.set(id, credit);
  return [...credits].map(([id, credit]) => ({ id, credit }));
}
