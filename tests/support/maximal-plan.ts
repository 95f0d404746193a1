/** A plan of pay with every part there is, each field said: what an editor, the words and the schema must all know. */

import type { Measure, Metric, Plan } from '#engine/payout/plan.ts';

/** Members by id; the marketer and the SDR can be anybody. */
export interface MaximalPeople {
  readonly ae: string;
  readonly sdr: string;
  readonly lead: string;
  readonly marketer: string;
}

export const somePeople: MaximalPeople = {
  ae: '01900000-0000-7000-8000-000000000001',
  sdr: '01900000-0000-7000-8000-000000000002',
  lead: '01900000-0000-7000-8000-000000000003',
  marketer: '01900000-0000-7000-8000-000000000004',
};

const measure = (given: Partial<Measure> = {}): Measure => ({
  kinds: ['won'],
  by: 'amount',
  tags: {},
  except: {},
  split: [{ role: 'owner', sharePercent: '100' }],
  ...given,
});
const nothing = { gates: [], kickers: [], floor: null, cap: null, clawback: null } as const;
const kept = (side: 'marketing' | 'sales', clauses: 'all' | string[] = 'all'): Metric => ({ from: 'clauses', side, clauses, over: null });
const result = (name: string, more: Partial<Extract<Metric, { from: 'result' }>> = {}): Metric => ({
  from: 'result',
  name,
  whose: 'joint',
  over: null,
  ...more,
});

export function maximalPlan({ ae, sdr, lead, marketer }: MaximalPeople = somePeople, clause = 'first-attempt'): Plan {
  const [sql, mql] = [
    measure({ kinds: ['sql'], by: 'count', split: [{ role: 'qualifier', sharePercent: '100' }] }),
    measure({ kinds: ['mql'], by: 'count' }),
  ];
  return {
    name: 'Everything',
    currency: 'EUR',
    period: 'month',
    clawback: { withinDays: 90 },
    proration: 'none',
    creditDaysAfterLeaving: 30,
    payees: [
      {
        ...{ id: ae, side: 'sales', role: 'ae', target: '150000', quotas: { won: '30000000', sqls: '12' } },
        ...{ startedOn: '2026-02-10', endedOn: '2026-11-30', ramp: ['25', '50', '75'], poolWeight: '1.5' },
      },
      {
        id: sdr,
        side: 'sales',
        role: 'sdr',
        target: '90000',
        quotas: { sqls: '12' },
        startedOn: null,
        endedOn: null,
        ramp: [],
        poolWeight: '1',
      },
      { id: lead, side: 'sales', role: 'lead', target: '200000', quotas: {}, startedOn: null, endedOn: null, ramp: [], poolWeight: '2' },
      {
        id: marketer,
        side: 'marketing',
        role: 'marketer',
        target: '120000',
        quotas: {},
        startedOn: null,
        endedOn: null,
        ramp: [],
        poolWeight: '1',
      },
    ],
    components: [
      {
        ...{ kind: 'rate', id: 'commission', name: 'Commission', for: { sides: ['sales'], roles: ['ae'], payees: [ae] } },
        measure: measure({
          kinds: ['won', 'renewed'],
          tags: { segment: ['Enterprise', 'SMB'] },
          except: { dealType: ['pilot'] },
          split: [
            { role: 'owner', sharePercent: '80' },
            { role: 'qualifier', sharePercent: '20' },
          ],
        }),
        ...{ over: 'quarter', tiersBy: 'attainment', quota: 'won', marginal: true, threshold: { at: '50', counts: 'beyond' } },
        tiers: [
          { from: '0', percent: '6', each: null },
          { from: '80', percent: '10', each: null },
          { from: '100', percent: '15.5', each: null },
        ],
        gates: [
          { metric: result('winRate', { whose: 'own', over: 'half' }), is: 'atLeast', value: '20', otherwisePercent: '50' },
          { metric: { from: 'ratio', of: sql, to: mql }, is: 'atLeast', value: '40', otherwisePercent: '0' },
        ],
        kickers: [{ metric: { ...kept('marketing'), over: 'year' } as Metric, is: 'atLeast', value: '95', percent: '110' }],
        ...{ floor: '50000', cap: { amount: '9000000', per: 'year' }, clawback: { withinDays: 60 } },
      },
      {
        ...{ kind: 'rate', id: 'sqls', name: 'SQLs', for: { sides: [], roles: ['sdr'], payees: [] }, ...nothing },
        ...{ measure: sql, over: null, tiersBy: 'credit', quota: null, marginal: false, threshold: { at: '5', counts: 'fromFirst' } },
        tiers: [
          { from: '0', percent: null, each: '5000' },
          { from: '12', percent: null, each: '8000' },
        ],
        kickers: [{ metric: { from: 'attainment', measure: sql, quota: 'sqls' }, is: 'atLeast', value: '100', percent: '120' }],
        cap: { amount: '150000', per: 'period' },
        clawback: 'never',
      },
      {
        ...{ kind: 'overlay', id: 'team', name: 'Team', for: { sides: [], roles: ['lead'], payees: [] }, ...nothing },
        ...{ measure: measure(), over: null, tiersBy: 'credit', quota: null, marginal: true, threshold: null },
        tiers: [
          { from: '0', percent: '1', each: null },
          { from: '10000000', percent: '1.5', each: null },
        ],
        of: { sides: ['sales'], roles: ['ae', 'sdr'], payees: [] },
      },
      {
        ...{ kind: 'bonus', id: 'value', name: 'Value', for: { sides: ['marketing'], roles: [], payees: [] }, ...nothing },
        target: { percentOfTarget: '40' },
        metric: kept('marketing', 'all'),
        curve: [
          { at: '80', pays: '50' },
          { at: '100', pays: '100' },
          { at: '120', pays: '160' },
        ],
      },
      {
        ...{ kind: 'mbo', id: 'goals', name: 'Goals', for: { sides: ['marketing'], roles: [], payees: [] }, ...nothing },
        target: { amount: '60000' },
        objectives: [
          { id: 'playbook', name: 'The playbook', weightPercent: '60' },
          { id: 'territory', name: 'A new territory', weightPercent: '40' },
        ],
      },
      {
        ...{ kind: 'spif', id: 'push', name: 'Spring push', for: { sides: ['sales'], roles: [], payees: [] }, ...nothing },
        measure: measure({ kinds: ['meeting'], by: 'count' }),
        ...{ from: '2026-03-01', until: '2026-04-15', pays: { each: '10000' }, budget: '500000' },
      },
      {
        ...{ kind: 'spif', id: 'share', name: 'Share of renewals', for: { sides: ['sales'], roles: [], payees: [] }, ...nothing },
        measure: measure({ kinds: ['renewed'] }),
        ...{ from: '2026-05-01', until: '2026-05-31', pays: { percent: '0.75' }, budget: null },
      },
    ],
    terms: [
      { kind: 'floor', id: 'floor', name: 'Floor', for: { sides: ['marketing'], roles: [], payees: [] }, amount: '20000' },
      { kind: 'cap', id: 'cap', name: 'Cap', for: { sides: [], roles: ['ae'], payees: [] }, limit: { amount: '20000000', per: 'year' } },
      {
        ...{ kind: 'draw', id: 'draw', name: 'Draw', for: { sides: ['sales'], roles: ['ae'], payees: [] } },
        ...{ amount: '120000', recoverable: true, periods: 3 },
      },
      {
        ...{ kind: 'holdback', id: 'hold', name: 'Holdback', for: { sides: ['sales'], roles: [], payees: [] } },
        ...{ sharePercent: '10', afterDays: 45, lostAfterDays: 120 },
        when: { metric: { from: 'credit', measure: measure({ kinds: ['collected'] }) }, is: 'atLeast', value: '100000' },
      },
    ],
    pool: {
      ...{ id: 'pool', name: 'Together', members: { sides: [], roles: ['ae', 'sdr', 'marketer'], payees: [] } },
      fund: {
        base: '1000000',
        by: {
          metric: result('nrr', { over: 'quarter' }),
          curve: [
            { at: '90', pays: '50' },
            { at: '110', pays: '150' },
          ],
        },
        share: { metric: result('wonValue'), beyond: '20000000', percent: '2' },
        ...{ min: '100000', max: '4000000' },
      },
      opens: {
        marketing: [{ metric: kept('marketing'), is: 'atLeast', value: '90' }],
        sales: [
          { metric: kept('sales', [clause]), is: 'atLeast', value: '85' },
          { metric: result('cacBlended'), is: 'atMost', value: '250000' },
        ],
        ...{ onlyMarketingPercent: '20', onlySalesPercent: '25' },
      },
      sides: { marketing: '40', sales: '60' },
      key: { by: 'weight', byDays: false },
    },
  };
}

/** Where an editor must have a field: every value that is said, but for ids, kinds and what follows from what stands beside it. */
export function fieldPaths(value: unknown, path = ''): string[] {
  if (value === null || /(^|\.)(id|kind)$|^payees\.\d+\.side$/.test(path)) return [];
  if (typeof value !== 'object') return [path.replace(/(\.(kinds|roles|sides|payees|ramp|clauses|tags\.\w+|except\.\w+))\.\d+$/, '$1')];
  const given = value as Readonly<Record<string, unknown>>;
  // All of it for one role, one tier that has nothing to be marginal to, and the pool's results, which are joint.
  const follows = (key: string): boolean =>
    (key === 'sharePercent' && path.endsWith('split.0') && given[key] === '100') ||
    (key === 'marginal' && (given['tiers'] as unknown[]).length === 1) ||
    (key === 'whose' && path.startsWith('pool.') && given[key] === 'joint');
  return Object.entries(given).flatMap(([key, each]) => (follows(key) ? [] : fieldPaths(each, path === '' ? key : `${path}.${key}`)));
}
