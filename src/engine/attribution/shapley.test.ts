/** Shapley attribution against golden values and against its definition, summed over all sets of channels. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chance } from '#engine/simulate/chance.ts';
import { channelsOf, journeysOf, path, randomPaths, type Path } from '#tests/support/journeys.ts';
import { shapley } from './shapley.ts';

const close = (actual: number, expected: number, tolerance: number, what: string): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual}, expected ${expected}`);

test('golden: G✓ G✓ M✓ G>M✓ G✗', () => {
  const { channels, totals } = shapley(journeysOf([path('G', 2, 200, 1), path('M', 1), path('G>M', 1)]));
  assert.deepEqual(
    channels.map(({ conversions, value, share }) => ({ conversions, value, share })),
    [
      { conversions: 2.5, value: 250n, share: 0.625 },
      { conversions: 1.5, value: 150n, share: 0.375 },
    ],
  );
  assert.deepEqual(totals, { conversions: 4, value: 400n });
});

/** `φ_i = Σ_S |S|!(n−|S|−1)!/n! · (v(S∪i) − v(S))` as it stands, over all 2^n sets. */
function byDefinition(paths: readonly Path[], names: readonly string[], brings: (one: Path) => number): number[] {
  const n = names.length;
  const masks = paths.map((one) => one.path.reduce((mask, name) => mask | (1 << names.indexOf(name)), 0));
  const v = Array.from({ length: 2 ** n }, (_, set) =>
    paths.reduce((sum, one, at) => ((masks[at]! & ~set) === 0 ? sum + brings(one) : sum), 0),
  );
  const factorial = (m: number): number => (m < 2 ? 1 : m * factorial(m - 1));
  const sizeOf = (set: number): number => set.toString(2).replaceAll('0', '').length;
  return names.map((_, i) =>
    v.reduce((sum, without, set) => {
      if ((set & (1 << i)) !== 0) return sum;
      const weight = (factorial(sizeOf(set)) * factorial(n - sizeOf(set) - 1)) / factorial(n);
      return sum + weight * (v[set | (1 << i)]! - without);
    }, 0),
  );
}

test('the closed form is the definition, for up to 8 channels', () => {
  const chance = new Chance(21);
  for (let round = 0; round < 400; round++) {
    const paths = randomPaths(chance.reseed(1, round), { channels: 8, paths: 25, touches: 12 });
    const names = channelsOf(paths);
    if (names.length === 0) continue;
    const answer = shapley(journeysOf(paths));
    const conversions = byDefinition(paths, names, (one) => one.conversions);
    const values = byDefinition(paths, names, (one) => one.value);
    for (const [i, channel] of answer.channels.entries()) {
      close(channel.conversions, conversions[i]!, 1e-9, `conversions of ${names[i]}`);
      assert.ok(Math.abs(Number(channel.value) - values[i]!) < 1, `value of ${names[i]}: ${channel.value}, expected ${values[i]}`);
    }
    const touched = paths.filter((one) => one.path.length > 0);
    close(
      answer.channels.reduce((sum, channel) => sum + channel.conversions, 0),
      touched.reduce((sum, one) => sum + one.conversions, 0),
      1e-9,
      'sum of conversions',
    );
    assert.equal(
      answer.channels.reduce((sum, channel) => sum + channel.value, 0n),
      BigInt(touched.reduce((sum, one) => sum + one.value, 0)),
    );
  }
});

test('order and repeats of touches, and the order of rows, change nothing', () => {
  const plain = shapley(journeysOf([path('A>B>C', 2, 1001), path('B', 1, 7), path('A>C', 3, 50)]));
  const other = shapley(journeysOf([path('C>A>A', 3, 50), path('C>B>B>A>C', 2, 1001), path('B>B', 1, 7)]));
  assert.deepEqual(plain, other);
});

test('odd units go to the largest remainder, the earlier channel first', () => {
  const values = shapley(journeysOf([path('A>B>C', 1, 200)])).channels.map((channel) => channel.value);
  assert.deepEqual(values, [67n, 67n, 66n]);
});

test('refunds may leave a channel with less than nothing; the sum stays exact', () => {
  const { channels, totals } = shapley(journeysOf([path('A>B>C', 1, -100), path('A', 1, 1000)]));
  assert.deepEqual(
    channels.map((channel) => channel.value),
    [967n, -33n, -34n],
  );
  assert.equal(totals.value, 900n);
});

test('a thousand channels are as exact as two', () => {
  const names = Array.from({ length: 1000 }, (_, i) => String(i).padStart(4, '0'));
  const { channels } = shapley(journeysOf([{ path: names, conversions: 1, value: 1_000_000, nulls: 0 }, path('0007', 2, 5)], names));
  assert.deepEqual([channels[6]!.value, channels[7]!.value], [1000n, 1005n]);
  close(channels[7]!.conversions, 2.001, 1e-12, 'conversions of 0007');
});

test('journeys without touches are reported apart', () => {
  const answer = shapley(journeysOf([path('A', 1, 100, 1), path('', 2, 50, 7)]));
  assert.deepEqual(answer.unattributed, { conversions: 2, value: 50n });
  assert.deepEqual(answer.totals, { conversions: 1, value: 100n });
});

test('without a conversion, or without value, the answer says why', () => {
  const none = shapley(journeysOf([path('A>B', 0, 0, 3)]));
  assert.equal(none.reason, 'no journey with a touch converts');
  assert.deepEqual(none.channels[0], { conversions: 0, share: null, value: 0n, valueShare: null });
  const free = shapley(journeysOf([path('A>B', 2, 0)]));
  assert.equal(free.reason, null);
  assert.equal(free.valueReason, 'the conversions have no value');
});

test('values too large to add exactly are refused', () => {
  assert.throws(() => shapley(journeysOf([path('A', 1, 2 ** 53 - 1), path('B', 1, 5)])), /whole minor units below 2\^53/);
});
