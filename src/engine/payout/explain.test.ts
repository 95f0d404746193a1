import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evidenceOf, linesOf, planOf, rate, sqlCount, through, won } from '#tests/support/paid.ts';
import { explainLine } from './explain.ts';
import type { Rule } from './statement.ts';

function explained(plan: object, given: Parameters<typeof evidenceOf>[0]): string[] {
  const read = planOf(plan);
  return linesOf(through(read, '2026-01', evidenceOf(given)), '2026-01', 'ada').map((line) => explainLine(line, read.currency));
}
const attained = {
  tiersBy: 'attainment',
  quota: 'quota',
  tiers: [
    { from: '0', percent: '8' },
    { from: '80', percent: '10' },
    { from: '100', percent: '18' },
  ],
};
const facts = [won('d', '2026-01-10', '2240050')];

test('a rate says its percent, of what, and in which tier', () => {
  assert.deepEqual(explained({ components: [rate()] }, { facts }), ['10 % of €22,400.50']);
  assert.deepEqual(explained({ components: [rate(attained)] }, { facts }), [
    '8 % of €8,000 up to 80 % of quota',
    '10 % of €2,000 beyond 80 % of quota, up to 100 % of quota',
    '18 % of €12,400.50 beyond 100 % of quota',
  ]);
  assert.deepEqual(explained({ components: [rate({ ...attained, marginal: false })] }, { facts }), [
    '18 % of all €22,400.50 for reaching 100 % of quota',
  ]);
  const tiers = [
    { from: '0', each: '5000' },
    { from: '2', each: '8000' },
  ];
  const sqls = { components: [rate({ measure: sqlCount, tiers })] };
  assert.deepEqual(explained(sqls, { facts: [{ id: 's', kind: 'sql', on: '2026-01-10', count: 5, credits: [{ payee: 'ada' }] }] }), [
    '€50 for each of 2 up to 2',
    '€80 for each of 3 beyond 2',
  ]);
});

test('currencies without decimals and with three', () => {
  assert.deepEqual(explained({ currency: 'JPY', components: [rate()] }, { facts }), ['10 % of ¥2,240,050']);
  assert.deepEqual(explained({ currency: 'KWD', components: [rate()] }, { facts }), ['10 % of KWD\u00a02,240.050']);
});

test('gates and kickers say what they asked and what was', () => {
  const gates = [{ metric: { from: 'clauses', side: 'sales' }, is: 'atLeast', value: '90', otherwisePercent: '50' }];
  const clause = { id: 'c', name: 'c', kind: 'clause', side: 'sales', period: '2026-01', value: '84.25' };
  assert.equal(
    explained({ components: [rate({ gates })] }, { facts, results: [clause] })[1],
    'Gate not kept (the lowest clause of sales 84.25 %, asked at least 90 %): 50 % of €2,240.05 is paid',
  );
  assert.equal(
    explained({ components: [rate({ gates })] }, { facts })[1]!.slice(0, 54),
    'Gate not kept (the lowest clause of sales not known, a',
  );
});

test('below a threshold nothing is paid, and the line says from where', () => {
  const threshold = { at: '250', counts: 'beyond' };
  assert.deepEqual(explained({ components: [rate({ ...attained, threshold })] }, { facts }), [
    'Nothing yet for €22,400.50: pay begins at 250 % of quota, €25,000',
  ]);
});

const rules: readonly [Rule, bigint, string][] = [
  [{ kind: 'bonus', target: 100_000n, metric: '86.67', pays: '66.67' }, 66_667n, '66.67 % of the target of €1,000, for 86.67 %'],
  [
    { kind: 'mbo', objective: 'o', objectiveName: 'New territory', target: 60_000n, percent: '75', by: 'lea', recordedAt: '' },
    45_000n,
    '75 % of €600 for “New territory”',
  ],
  [
    { kind: 'spif', percent: null, each: 10_000n, by: 'count', credit: 2_500_000n, beyondBudget: 5_000n },
    20_000n,
    '€100 for each of 2.5, less €50 that the budget no longer held',
  ],
  [{ kind: 'floor', of: 100n, at: 500n }, 400n, 'Raised from €1 to the floor of €5'],
  [
    { kind: 'cap', of: 900n, at: 800n, per: 'year', earlier: 300n },
    -400n,
    'Cut to the cap of €8 a year, of which €3 was paid before: €9 was earned',
  ],
  [{ kind: 'draw', of: 100n, at: 500n, recoverable: true }, 400n, 'Advanced to the draw of €5: €1 was earned; later earnings pay it back'],
  [{ kind: 'recovery', of: 900n, balance: 400n }, -300n, 'Pays back €3 of €4 that was advanced'],
  [{ kind: 'holdback', of: 1_000n, percent: '20' }, -200n, '20 % of €10 is withheld until later'],
  [{ kind: 'release', withheldIn: '2026-01' }, 200n, 'Withheld in 2026-01, now released'],
  [{ kind: 'lost', withheldIn: '2026-01', withheld: 200n }, 0n, '€2 withheld in 2026-01 is lost: its condition didn’t hold in time'],
  [
    { kind: 'pool', shared: 1_000_000n, key: 1n, keys: 3n, among: 'marketing', days: 31 },
    333_333n,
    '33.33 % of the €10,000 shared of marketing, for 31 days',
  ],
];

test('every other line has its sentence', () => {
  for (const [rule, amount, sentence] of rules) assert.equal(explainLine({ rule, amount }, 'EUR'), sentence);
});
