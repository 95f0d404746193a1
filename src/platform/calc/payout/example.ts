/** A month of an AE and a marketer with a pool that both sides open: the example of `payout`, small enough to follow by hand. */

export const example = {
  plan: {
    name: 'Plan 2026',
    currency: 'EUR',
    period: 'month',
    payees: [
      { id: 'sam', side: 'sales', role: 'ae', quotas: { revenue: '5000000' } },
      { id: 'mara', side: 'marketing', role: 'marketer' },
    ],
    components: [
      {
        kind: 'rate',
        id: 'commission',
        name: 'Commission',
        for: { roles: ['ae'] },
        measure: { kinds: ['won'], by: 'amount' },
        tiersBy: 'attainment',
        quota: 'revenue',
        tiers: [
          { from: '0', percent: '8' },
          { from: '100', percent: '12' },
        ],
      },
    ],
    pool: {
      id: 'pool',
      name: 'Joint pool',
      fund: { base: '100000' },
      opens: {
        marketing: [{ metric: { from: 'clauses', side: 'marketing' }, is: 'atLeast', value: '90' }],
        sales: [{ metric: { from: 'clauses', side: 'sales' }, is: 'atLeast', value: '90' }],
      },
      key: { by: 'equal' },
    },
    clawback: { withinDays: 90 },
  },
  through: '2026-03',
  facts: [
    { id: 'deal-1', kind: 'won', on: '2026-03-10', amount: '4000000', credits: [{ payee: 'sam' }] },
    { id: 'deal-2', kind: 'won', on: '2026-03-24', amount: '2240000', credits: [{ payee: 'sam' }] },
  ],
  results: [
    { id: 'clause-1', name: 'mql value', kind: 'clause', side: 'marketing', period: '2026-03', value: '97.5' },
    { id: 'clause-2', name: 'first attempt', kind: 'clause', side: 'sales', period: '2026-03', value: '92' },
  ],
};
