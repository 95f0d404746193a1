import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ada, january, wonAmount, won } from '#tests/support/paid.ts';

const payees = [ada, { id: 'ben', side: 'sales', role: 'ae' }, { id: 'eve', side: 'sales', role: 'engineer' }];
const overlay = (of: object | null) => ({
  kind: 'overlay',
  id: 'overlay',
  name: 'Overlay',
  for: { roles: ['engineer'] },
  measure: wonAmount,
  tiers: [{ from: '0', percent: '2' }],
  of,
});
const facts = [
  won('d1', '2026-01-10', '100000', { credits: [{ payee: 'ada' }, { payee: 'eve', role: 'overlay', sharePercent: '50' }] }),
  won('d2', '2026-01-11', '100000', {
    credits: [
      { payee: 'ben', sharePercent: '60' },
      { payee: 'ada', sharePercent: '40' },
    ],
  }),
];

test('golden: overlay credit of a fact is beyond its 100 %', () => {
  // 2 % of 50 % of 1,000.00
  assert.deepEqual(january({ payees, components: [overlay(null)] }, { facts }, 'eve'), [['overlay', 1_000n]]);
});

test('golden: an overlay on others’ credit counts what each fact gives to them', () => {
  // 2 % of 1,000 + 2 % of 1,000; of Ben’s alone 2 % of 600
  assert.deepEqual(january({ payees, components: [overlay({ roles: ['ae'] })] }, { facts }, 'eve'), [['overlay', 4_000n]]);
  assert.deepEqual(january({ payees, components: [overlay({ payees: ['ben'] })] }, { facts }, 'eve'), [['overlay', 1_200n]]);
});

test('an overlay takes nothing from those who are credited', () => {
  const commission = {
    kind: 'rate',
    id: 'rate',
    name: 'Commission',
    for: { roles: ['ae'] },
    measure: wonAmount,
    tiers: [{ from: '0', percent: '10' }],
  };
  const [alone, beside] = [[commission], [commission, overlay(null)]].map((components) => january({ payees, components }, { facts }));
  assert.deepEqual(beside, alone);
  assert.deepEqual(alone, [['rate', 14_000n]]);
});
