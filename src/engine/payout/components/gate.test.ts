import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evidenceOf, january, linesOf, planOf, rate, sqlCount, through, won, wonAmount } from '#tests/support/paid.ts';

const facts = [won('d', '2026-01-10', '1000000')];
const quality = { metric: { from: 'result', name: 'quality' }, is: 'atLeast', value: '80' };
const result = (value: string, more: object = {}) => ({ id: 'q', name: 'quality', period: '2026-01', value, ...more });
const gated = (given: object) => ({ components: [rate({ gates: [{ ...quality, ...given }] })] });

test('golden: a gate that holds leaves all, one that doesn’t leaves the percent it says', () => {
  // 10 % of 10,000 = 1,000
  assert.deepEqual(january(gated({}), { facts, results: [result('80')] }), [
    ['rate', 100_000n],
    ['gate', 0n],
  ]);
  assert.deepEqual(january(gated({}), { facts, results: [result('79.999999')] }), [
    ['rate', 100_000n],
    ['gate', -100_000n],
  ]);
  assert.deepEqual(january(gated({ otherwisePercent: '62.5' }), { facts, results: [result('79')] }), [
    ['rate', 100_000n],
    ['gate', -37_500n],
  ]);
});

test('golden: at most', () => {
  const plan = gated({ is: 'atMost', value: '5' });
  assert.deepEqual(january(plan, { facts, results: [result('5')] })[1], ['gate', 0n]);
  assert.deepEqual(january(plan, { facts, results: [result('5.1')] })[1], ['gate', -100_000n]);
});

test('what isn’t known holds no gate', () => {
  assert.deepEqual(january(gated({}), { facts })[1], ['gate', -100_000n]);
});

test('the result recorded last counts, of the period asked for', () => {
  const early = result('90', { id: 'a', recordedAt: '2026-02-01T00:00:00Z' });
  const late = result('10', { id: 'b', recordedAt: '2026-02-02T00:00:00Z' });
  assert.deepEqual(january(gated({}), { facts, results: [late, early] })[1], ['gate', -100_000n]);
  const quarter = gated({ metric: { ...quality.metric, over: 'quarter' } });
  assert.deepEqual(january(quarter, { facts, results: [result('10'), result('90', { id: 'c', period: '2026-Q1' })] })[1], ['gate', 0n]);
});

test('one’s own result, and one’s own credit, attainment and ratio, are the payee’s', () => {
  const own = gated({ metric: { from: 'result', name: 'quality', whose: 'own' } });
  assert.deepEqual(january(own, { facts, results: [result('10'), result('90', { id: 'o', payee: 'ada' })] })[1], ['gate', 0n]);
  const ratio = gated({ metric: { from: 'ratio', of: sqlCount, to: { kinds: ['mql'], by: 'count' } } });
  const count = (id: string, kind: string, n: number) => ({ id, kind, on: '2026-01-10', count: n, credits: [{ payee: 'ada' }] });
  assert.deepEqual(january(ratio, { facts: [...facts, count('a', 'sql', 4), count('b', 'mql', 5)] })[1], ['gate', 0n]);
  assert.deepEqual(january(ratio, { facts: [...facts, count('a', 'sql', 3), count('b', 'mql', 5)] })[1], ['gate', -100_000n]);
  assert.deepEqual(january(ratio, { facts })[1], ['gate', -100_000n], '0 of 0 is no ratio');
  const attained = gated({ metric: { from: 'attainment', measure: wonAmount, quota: 'quota' }, value: '100' });
  assert.deepEqual(january(attained, { facts })[1], ['gate', 0n]);
  const credited = gated({ metric: { from: 'credit', measure: wonAmount }, value: '1000001' });
  assert.deepEqual(january(credited, { facts })[1], ['gate', -100_000n]);
});

test('golden: a kicker multiplies what the gates left', () => {
  const kickers = [{ metric: { from: 'result', name: 'joint' }, is: 'atLeast', value: '100', percent: '110' }];
  const plan = { components: [rate({ gates: [{ ...quality, otherwisePercent: '50' }], kickers })] };
  const joint = { id: 'j', name: 'joint', period: '2026-01', value: '100' };
  // 1,000 → half of it 500 → a tenth more 550
  assert.deepEqual(january(plan, { facts, results: [result('10'), joint] }), [
    ['rate', 100_000n],
    ['gate', -50_000n],
    ['kicker', 5_000n],
  ]);
  assert.deepEqual(january(plan, { facts, results: [result('80')] }).at(-1), ['kicker', 0n]);
});

test('a gate forgives nothing that has to be given back', () => {
  assert.deepEqual(january(gated({}), { facts: [won('d', '2026-01-10', '-1000')] }), [['rate', -100n]]);
});

test('a line names the results its gate was read from', () => {
  const lines = linesOf(through(planOf(gated({})), '2026-01', evidenceOf({ facts, results: [result('10')] })), '2026-01', 'ada');
  assert.deepEqual(lines[1]?.results, ['q']);
});
