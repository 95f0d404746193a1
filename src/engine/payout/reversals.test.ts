import assert from 'node:assert/strict';
import { test } from 'node:test';
import { january, rate, won } from '#tests/support/paid.ts';

const tiers = [
  { from: '0', percent: '5' },
  { from: '1000000', percent: '10' },
];
const plan = { clawback: { withinDays: 90 }, components: [rate({ tiers })] };
const deals = [won('a', '2026-01-10', '800000'), won('b', '2026-01-20', '600000')];
const undo = (fact: string, on: string, cause: string, more: object = {}) => ({
  id: `x-${fact}`,
  kind: 'won',
  on,
  reverses: { fact, cause },
  ...more,
});

test('golden: a clawback undoes what the fact earned, the tiers of the others included', () => {
  // 5 % of 10,000 + 10 % of 4,000 = 900; without the first 5 % of 6,000 = 300
  assert.deepEqual(
    january(plan, { facts: deals }).map(([, amount]) => amount),
    [50_000n, 40_000n],
  );
  const without = january(plan, { facts: deals.slice(1) });
  assert.deepEqual(january(plan, { facts: [...deals, undo('a', '2026-04-10', 'cancelled')] }), without);
  assert.deepEqual(without, [['rate', 30_000n]]);
});

test('what is cancelled a day later than the clawback says stays earned, a mistake never', () => {
  const all = january(plan, { facts: deals });
  assert.deepEqual(january(plan, { facts: [...deals, undo('a', '2026-04-11', 'cancelled')] }), all);
  assert.deepEqual(january(plan, { facts: [...deals, undo('a', '2027-04-11', 'mistake')] }), [['rate', 30_000n]]);
});

test('a component may take back for longer, or never; a plan without clawback never does', () => {
  const facts = [...deals, undo('a', '2026-01-25', 'cancelled')];
  const total = (given: object) => january({ ...plan, ...given }, { facts }).reduce((sum, [, amount]) => sum + amount, 0n);
  assert.equal(total({ components: [rate({ tiers, clawback: 'never' })] }), 90_000n);
  assert.equal(total({ clawback: null }), 90_000n);
  assert.equal(total({ clawback: null, components: [rate({ tiers, clawback: { withinDays: 15 } })] }), 30_000n);
  assert.equal(total({ components: [rate({ tiers, clawback: { withinDays: 14 } })] }), 90_000n);
});

test('golden: a part given back takes a part, several add up, and never more than all of it', () => {
  const part = (id: string, amount: string) => ({ ...undo('a', '2026-02-01', 'cancelled'), id, amount });
  const total = (facts: readonly object[]) => january(plan, { facts: [deals[0]!, ...facts] }).reduce((sum, [, amount]) => sum + amount, 0n);
  assert.equal(total([part('1', '300000')]), 25_000n);
  assert.equal(total([part('1', '300000'), part('2', '100000')]), 20_000n);
  assert.equal(total([part('1', '300000'), part('2', '900000')]), 0n);
});

test('a reversal that was a mistake undoes nothing, and undoing that one undoes again', () => {
  const cancelled = undo('a', '2026-02-01', 'cancelled');
  const taken = { id: 'y', kind: 'won', on: '2026-02-02', reverses: { fact: 'x-a', cause: 'mistake' } };
  const again = { id: 'z', kind: 'won', on: '2026-02-03', reverses: { fact: 'y', cause: 'mistake' } };
  assert.deepEqual(january(plan, { facts: [...deals, cancelled, taken] }), january(plan, { facts: deals }));
  assert.deepEqual(january(plan, { facts: [...deals, cancelled, taken, again] }), [['rate', 30_000n]]);
});
