/** A plan from JSON. What may be left out stands with its default, so that a plan that says less has the same hash as one that spells it out. */

import {
  type Bonus,
  type Cap,
  type Clawback,
  type Component,
  type Curve,
  type Draw,
  type Floor,
  type Fund,
  type Holdback,
  type Limit,
  type Mbo,
  type Opening,
  type Overlay,
  type Payee,
  type PayeeFilter,
  type Plan,
  type Pool,
  periodKinds,
  type Rate,
  type RateTerms,
  type Spif,
  type Target,
  type Term,
  type Threshold,
  type Tier,
} from './plan.ts';
import { condition, gate, kicker, measure, metric } from './read-metric.ts';
import {
  byName,
  choice,
  currency,
  day,
  decimal,
  either,
  flag,
  list,
  minor,
  nullable,
  object,
  oneOf,
  or,
  percent,
  type Problem,
  type Reader,
  readWhole,
  text,
  whole,
} from './reading.ts';
import { sides } from './sides.ts';

/** @returns the plan in canonical form, or every problem of its shape; `checkPlan` then says whether it makes sense */
export const readPlan = (given: unknown): { readonly value: Plan } | { readonly problems: readonly Problem[] } => readWhole(plan, given);

const id = text(100);
const name = text(200);
const amount = minor('from0');
const most = 1e15;
const number = decimal(6, most);
const only = <T extends string>(word: T): Reader<T> => choice([word]);

const everyone: PayeeFilter = { sides: [], roles: [], payees: [] };
const filter = or(
  object<PayeeFilter>({
    sides: or(list(choice(sides), 2), []),
    roles: or(list(text(60), 50), []),
    payees: or(list(id, 10_000), []),
  }),
  everyone,
);

const payee = object<Payee>({
  id,
  side: choice(sides),
  role: nullable(text(60)),
  target: nullable(amount),
  quotas: or(byName(number, 20), {}),
  startedOn: nullable(day),
  endedOn: nullable(day),
  ramp: or(list(percent(100), 36), []),
  poolWeight: nullable(decimal(6, 1e6)),
});

const clawback = object<Clawback>({ withinDays: whole(0, 3660) });
const limit = object<Limit>({ amount, per: choice(['period', 'year']) });
const target = either<Target>({
  amount: object<{ amount: string }>({ amount }),
  percentOfTarget: object<{ percentOfTarget: string }>({ percentOfTarget: percent(1000) }),
});
const curve: Reader<Curve> = list(object<Curve[number]>({ at: number, pays: percent(1000) }), 50);

const earning = {
  id,
  name,
  for: filter,
  gates: or(list(gate, 10), []),
  kickers: or(list(kicker, 10), []),
  floor: nullable(amount),
  cap: nullable(limit),
  clawback: nullable<Clawback | 'never'>((given, at, problems) => (given === 'never' ? 'never' : clawback(given, at, problems))),
};

const tier = object<Tier>({ from: number, percent: nullable(percent(1000)), each: nullable(amount) });
const rateTerms: { readonly [Key in keyof RateTerms]-?: Reader<RateTerms[Key]> } = {
  measure,
  over: nullable(choice(periodKinds)),
  tiersBy: or(choice(['credit', 'attainment']), 'credit'),
  quota: nullable(text(100)),
  tiers: list(tier, 50),
  marginal: or(flag, true),
  threshold: nullable(object<Threshold>({ at: number, counts: choice(['fromFirst', 'beyond']) })),
};

const component = oneOf<Component>('kind', {
  rate: object<Rate>({ kind: only('rate'), ...earning, ...rateTerms }),
  bonus: object<Bonus>({ kind: only('bonus'), ...earning, target, metric, curve }),
  mbo: object<Mbo>({
    kind: only('mbo'),
    ...earning,
    target,
    objectives: list(object<Mbo['objectives'][number]>({ id, name, weightPercent: percent(100) }), 50),
  }),
  spif: object<Spif>({
    kind: only('spif'),
    ...earning,
    measure,
    from: day,
    until: day,
    pays: either<Spif['pays']>({
      each: object<{ each: string }>({ each: amount }),
      percent: object<{ percent: string }>({ percent: percent(1000) }),
    }),
    budget: nullable(amount),
  }),
  overlay: object<Overlay>({ kind: only('overlay'), ...earning, ...rateTerms, of: nullable(filter) }),
});

const applied = { id, name, for: filter };
const term = oneOf<Term>('kind', {
  floor: object<Floor>({ kind: only('floor'), ...applied, amount }),
  cap: object<Cap>({ kind: only('cap'), ...applied, limit }),
  draw: object<Draw>({ kind: only('draw'), ...applied, amount, recoverable: flag, periods: nullable(whole(1, 120)) }),
  holdback: object<Holdback>({
    kind: only('holdback'),
    ...applied,
    sharePercent: percent(100),
    afterDays: whole(0, 3660),
    when: nullable(condition),
    lostAfterDays: nullable(whole(0, 3660)),
  }),
});

const fund = object<Fund>({
  base: amount,
  by: nullable(object<NonNullable<Fund['by']>>({ metric, curve })),
  share: nullable(object<NonNullable<Fund['share']>>({ metric, beyond: amount, percent: percent(100) })),
  min: nullable(amount),
  max: nullable(amount),
});

const pool = object<Pool>({
  id,
  name,
  members: filter,
  fund,
  opens: object<Opening>({
    marketing: list(condition, 20),
    sales: list(condition, 20),
    onlyMarketingPercent: or(percent(100), '0'),
    onlySalesPercent: or(percent(100), '0'),
  }),
  sides: nullable(object<NonNullable<Pool['sides']>>({ marketing: percent(100), sales: percent(100) })),
  key: object<Pool['key']>({ by: choice(['equal', 'weight', 'target']), byDays: or(flag, true) }),
});

const plan = object<Plan>({
  name,
  currency,
  period: choice(periodKinds),
  payees: list(payee, 10_000),
  components: or(list(component, 100), []),
  terms: or(list(term, 50), []),
  pool: nullable(pool),
  clawback: nullable(clawback),
  proration: or(choice(['days', 'none']), 'days'),
  creditDaysAfterLeaving: or(whole(0, 3660), 0),
});
