/** Measures, metrics and conditions from JSON; `read-plan.ts` has the rest. */

import { factKinds } from './evidence.ts';
import { type Condition, type Gate, type Kicker, type Measure, type Metric, periodKinds, type RoleShare } from './plan.ts';
import { byName, choice, decimal, list, nullable, object, oneOf, or, percent, type Reader, text } from './reading.ts';
import { sides } from './sides.ts';

const values = byName(list(text(200), 200), 20);

export const measure = object<Measure>({
  kinds: list(choice(factKinds), factKinds.length),
  by: choice(['amount', 'count']),
  tags: or(values, {}),
  except: or(values, {}),
  split: or(list(object<RoleShare>({ role: text(60), sharePercent: percent(100) }), 20), [{ role: 'owner', sharePercent: '100' }]),
});

type Of<From extends Metric['from']> = Extract<Metric, { from: From }>;
const over = nullable(choice(periodKinds));
const clauses: Reader<Of<'clauses'>['clauses']> = or(
  (given, at, problems) => (given === 'all' ? 'all' : list(text(100), 100)(given, at, problems)),
  'all',
);

export const metric = oneOf<Metric>('from', {
  result: object<Of<'result'>>({ from: choice(['result']), name: text(200), whose: or(choice(['joint', 'own']), 'joint'), over }),
  clauses: object<Of<'clauses'>>({ from: choice(['clauses']), side: choice(sides), clauses, over }),
  credit: object<Of<'credit'>>({ from: choice(['credit']), measure }),
  attainment: object<Of<'attainment'>>({ from: choice(['attainment']), measure, quota: text(100) }),
  ratio: object<Of<'ratio'>>({ from: choice(['ratio']), of: measure, to: measure }),
});

const asked = { metric, is: choice(['atLeast', 'atMost']), value: decimal(6, 1e15, 'any') } as const;

export const condition = object<Condition>(asked);
export const gate = object<Gate>({ ...asked, otherwisePercent: or(percent(100), '0') });
export const kicker = object<Kicker>({ ...asked, percent: percent(1000) });
