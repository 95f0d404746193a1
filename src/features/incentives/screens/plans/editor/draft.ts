/** Changes of a plan being written: each gives a new one, the old stays as it was. */

import type { Component, Condition, Measure, Metric, Payee, Pool, Term } from '#engine/payout/plan.ts';
import type { PlanContent } from '#features/incentives/contract/plan-content.ts';

export const replaced = <T>(list: readonly T[], at: number, item: T): T[] => list.map((each, place) => (place === at ? item : each));
export const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, place) => place !== at);

export type ComponentKind = Component['kind'];

const everybody = { sides: [], roles: [], payees: [] };
export const wonMoney: Measure = { kinds: ['won'], by: 'amount', tags: {}, except: {}, split: [{ role: 'owner', sharePercent: '100' }] };

/** A key that no other part of the plan has. */
export function freeKey({ components, terms, pool }: PlanContent, word: string): string {
  const taken = new Set([...components, ...terms, ...(pool ? [pool] : [])].map(({ id }) => id));
  for (let n = 1; ; n++) {
    const key = n === 1 ? word : `${word}-${n}`;
    if (!taken.has(key)) return key;
  }
}

export const kindNames: Readonly<Record<ComponentKind, string>> = {
  rate: 'Rate: a percent of money, or so much for each',
  bonus: 'Bonus: a target, paid by how far something was reached',
  mbo: 'Objectives: results that a manager records',
  spif: 'SPIF: so much for each within some weeks',
  overlay: 'Overlay: on the credit of others',
};

const wonValue: Metric = { from: 'result', name: 'wonValue', whose: 'joint', over: null };

export function newComponent(plan: PlanContent, kind: ComponentKind, today: string): Component {
  const common = { for: everybody, gates: [], kickers: [], floor: null, cap: null, clawback: null };
  const rate = {
    measure: wonMoney,
    over: null,
    tiersBy: 'credit' as const,
    quota: null,
    tiers: [{ from: '0', percent: '5', each: null }],
    marginal: true,
    threshold: null,
  };
  const id = freeKey(plan, kind);
  if (kind === 'rate') return { kind, id, name: 'Commission', ...common, ...rate };
  if (kind === 'overlay') return { kind, id, name: 'Overlay', ...common, ...rate, of: null };
  if (kind === 'bonus')
    return {
      kind,
      id,
      name: 'Bonus',
      ...common,
      target: { amount: '100000' },
      metric: { from: 'clauses', side: 'sales', clauses: 'all', over: null },
      curve: [
        { at: '80', pays: '50' },
        { at: '100', pays: '100' },
      ],
    };
  if (kind === 'mbo')
    return {
      kind,
      id,
      name: 'Objectives',
      ...common,
      target: { amount: '100000' },
      objectives: [{ id: 'objective', name: 'An objective', weightPercent: '100' }],
    };
  return { kind, id, name: 'SPIF', ...common, measure: wonMoney, from: today, until: today, pays: { each: '10000' }, budget: '100000' };
}

export const newTerm = (plan: PlanContent, kind: Term['kind']): Term => {
  const id = freeKey(plan, kind);
  const names = { floor: 'Floor', cap: 'Cap', draw: 'Draw', holdback: 'Holdback' };
  const common = { id, name: names[kind], for: everybody };
  if (kind === 'floor') return { kind, ...common, amount: '100000' };
  if (kind === 'cap') return { kind, ...common, limit: { amount: '1000000', per: 'period' } };
  if (kind === 'draw') return { kind, ...common, amount: '100000', recoverable: true, periods: null };
  return { kind, ...common, sharePercent: '10', afterDays: 90, when: null, lostAfterDays: null };
};

const kept = (side: 'marketing' | 'sales'): Condition => ({
  metric: { from: 'clauses', side, clauses: 'all', over: null },
  is: 'atLeast',
  value: '80',
});

export const newPool = (): Pool => ({
  id: 'pool',
  name: 'Joint pool',
  members: everybody,
  fund: { base: '1000000', by: { metric: wonValue, curve: [{ at: '0', pays: '0' }] }, share: null, min: null, max: null },
  opens: { marketing: [kept('marketing')], sales: [kept('sales')], onlyMarketingPercent: '0', onlySalesPercent: '0' },
  sides: null,
  key: { by: 'equal', byDays: true },
});

export const newPayee = (id: string, side: 'marketing' | 'sales'): Payee => ({
  id,
  side,
  role: null,
  target: null,
  quotas: {},
  startedOn: null,
  endedOn: null,
  ramp: [],
  poolWeight: null,
});

/** Names of quotas that the plan's parts refer to, else the usual one. */
export function quotaNames({ components }: PlanContent): string[] {
  const named = components.flatMap((each) =>
    'quota' in each && each.quota ? [each.quota] : each.kind === 'bonus' && each.metric.from === 'attainment' ? [each.metric.quota] : [],
  );
  return [...new Set(named)];
}

/** Whether a quota is of money: of what refers to it. */
export const quotaIsMoney = ({ components }: PlanContent, name: string): boolean =>
  components.some((each) =>
    'quota' in each && each.quota === name
      ? each.measure.by === 'amount'
      : each.kind === 'bonus' && each.metric.from === 'attainment' && each.metric.quota === name && each.metric.measure.by === 'amount',
  );
