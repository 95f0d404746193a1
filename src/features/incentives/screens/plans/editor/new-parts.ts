/** What is added to a plan: each part with values to change. */

import { barePayee } from '#engine/payout/payees.ts';
import type { Component, Condition, Gate, Kicker, Mbo, Measure, Metric, Pool, Term, Threshold, RateTerms } from '#engine/payout/plan.ts';
import type { PlanContent } from '#features/incentives/contract/plan-content.ts';
import { freeKey, freeName, major } from './draft.ts';

export type ComponentKind = Component['kind'];

export const kindNames: Readonly<Record<ComponentKind, { readonly name: string; readonly about: string }>> = {
  rate: { name: 'Rate', about: 'a percent of money, or so much for each' },
  bonus: { name: 'Bonus', about: 'a target, paid by how far something was reached' },
  mbo: { name: 'Objectives', about: 'results that a manager records' },
  spif: { name: 'SPIF', about: 'so much for each within some weeks' },
  overlay: { name: 'Overlay', about: 'on the credit of others, beyond the 100 %' },
};
export const termNames: Readonly<Record<Term['kind'], { readonly name: string; readonly about: string }>> = {
  floor: { name: 'Floor', about: 'at least so much in all' },
  cap: { name: 'Cap', about: 'at most so much in all' },
  draw: { name: 'Draw', about: 'an advance up to an amount' },
  holdback: { name: 'Holdback', about: 'a share paid later' },
};

export const everybody = { sides: [], roles: [], payees: [] };
export const wonMoney: Measure = { kinds: ['won'], by: 'amount', tags: {}, except: {}, split: [{ role: 'owner', sharePercent: '100' }] };
const counted = (kind: Measure['kinds'][number], role = 'owner'): Measure => ({
  ...wonMoney,
  kinds: [kind],
  by: 'count',
  split: [{ role, sharePercent: '100' }],
});

export const kept = (side: 'marketing' | 'sales'): Metric => ({ from: 'clauses', side, clauses: 'all', over: null });
export const wonValue: Metric = { from: 'result', name: 'wonValue', whose: 'joint', over: null };

export const newMetric: Readonly<Record<Metric['from'], (quota: string) => Metric>> = {
  result: () => ({ from: 'result', name: 'winRate', whose: 'joint', over: null }),
  clauses: () => kept('sales'),
  attainment: (quota) => ({ from: 'attainment', measure: wonMoney, quota }),
  credit: () => ({ from: 'credit', measure: wonMoney }),
  ratio: () => ({ from: 'ratio', of: counted('opportunity', 'qualifier'), to: counted('sql', 'qualifier') }),
};

export const newCondition = (side: 'marketing' | 'sales'): Condition => ({ metric: kept(side), is: 'atLeast', value: '80' });
export const newGate = (): Gate => ({ ...newCondition('sales'), otherwisePercent: '0' });
export const newKicker = (): Kicker => ({ ...newCondition('sales'), value: '95', percent: '110' });

/** Half of the quota, or where the second tier begins, or a first beginning. */
export function newThreshold({ tiersBy, tiers, measure }: RateTerms, currency: string): Threshold {
  const at = tiersBy === 'attainment' ? '50' : (tiers[1]?.from ?? (measure.by === 'amount' ? major(50_000, currency) : '5'));
  return { at, counts: 'fromFirst' };
}

export function newComponent(plan: PlanContent, kind: ComponentKind, today: string): Component {
  const { currency } = plan;
  const common = { id: freeKey(plan, kind), for: everybody, gates: [], kickers: [], floor: null, cap: null, clawback: null };
  const rate = {
    measure: wonMoney,
    over: null,
    tiersBy: 'credit' as const,
    quota: null,
    tiers: [{ from: '0', percent: '5', each: null }],
    marginal: true,
    threshold: null,
  };
  switch (kind) {
    case 'rate':
      return { kind, name: 'Commission', ...common, ...rate };
    case 'overlay':
      return { kind, name: 'Overlay', ...common, ...rate, of: { ...everybody, sides: ['sales'] } };
    case 'bonus':
      return { kind, name: 'Bonus', ...common, target: { amount: major(1000, currency) }, metric: kept('sales'), curve: newCurve };
    case 'mbo': {
      const objectives = [{ id: 'objective', name: 'An objective', weightPercent: '100' }];
      return { kind, name: 'Objectives', ...common, target: { amount: major(1000, currency) }, objectives };
    }
    case 'spif': {
      const pays = { each: major(100, currency) };
      return { kind, name: 'SPIF', ...common, measure: counted('won'), from: today, until: today, pays, budget: major(1000, currency) };
    }
  }
}

const newCurve = [
  { at: '80', pays: '50' },
  { at: '100', pays: '100' },
];

export function newObjective({ objectives }: Pick<Mbo, 'objectives'>): Mbo['objectives'][number] {
  const id = freeName(
    'objective',
    objectives.map((each) => each.id),
  );
  const given = objectives.reduce((sum, { weightPercent }) => sum + (Number(weightPercent) || 0), 0);
  return { id, name: 'Another objective', weightPercent: String(Math.max(0, 100 - given)) };
}

export function newTerm(plan: PlanContent, kind: Term['kind']): Term {
  const common = { id: freeKey(plan, kind), name: termNames[kind].name, for: everybody };
  const amount = major(1000, plan.currency);
  switch (kind) {
    case 'floor':
      return { kind, ...common, amount };
    case 'cap':
      return { kind, ...common, limit: { amount: major(10_000, plan.currency), per: 'period' } };
    case 'draw':
      return { kind, ...common, amount, recoverable: true, periods: null };
    case 'holdback':
      return { kind, ...common, sharePercent: '10', afterDays: 90, when: null, lostAfterDays: null };
  }
}

export const newPool = (plan: PlanContent): Pool => ({
  id: freeKey(plan, 'pool'),
  name: 'Joint pool',
  members: everybody,
  fund: { base: major(10_000, plan.currency), by: null, share: null, min: null, max: null },
  opens: { marketing: [newCondition('marketing')], sales: [newCondition('sales')], onlyMarketingPercent: '0', onlySalesPercent: '0' },
  sides: null,
  key: { by: 'equal', byDays: true },
});

export const newFundCurve = (currency: string): NonNullable<Pool['fund']['by']> => ({
  metric: wonValue,
  curve: [
    { at: '0', pays: '0' },
    { at: major(1_000_000, currency), pays: '100' },
  ],
});
export const newFundShare = (currency: string): NonNullable<Pool['fund']['share']> => ({
  metric: wonValue,
  beyond: major(1_000_000, currency),
  percent: '1',
});

/** With one person to begin with: a plan pays somebody. */
export const newPlan = (payee: { readonly id: string; readonly side: 'marketing' | 'sales' }, currency: string): PlanContent => ({
  ...{ name: 'New plan', currency, period: 'month', payees: [barePayee(payee)], components: [], terms: [], pool: null },
  ...{ clawback: { withinDays: 90 }, proration: 'days', creditDaysAfterLeaving: 0 },
});
