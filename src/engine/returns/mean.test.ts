import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meanAmount, studentT975, sumsOf } from './mean.ts';

test('golden: 100, 200 and 600 are 300 on average, give or take 4.303 × 264.6 ÷ √3', () => {
  assert.deepEqual(meanAmount(sumsOf([100n, 200n, 600n]), ''), {
    value: 300n,
    reason: null,
    range: { low: 0n, high: 957n },
    n: 3,
    small: true,
  });
});

test('an average is rounded half to even; of one there is no interval, of none no average', () => {
  assert.equal(meanAmount(sumsOf([2n, 3n]), '').value, 2n);
  assert.equal(meanAmount(sumsOf([5n]), '').range, null);
  assert.equal(meanAmount(sumsOf([]), 'no deal was won').reason, 'not a number: no deal was won');
});

test('amounts far beyond what a number holds keep their interval', () => {
  const base = 10n ** 20n;
  const { value, range } = meanAmount(sumsOf([base + 1n, base + 3n]), '');
  assert.equal(value, base + 2n);
  assert.ok(range!.low <= value! && value! <= range!.high!);
});

test('an average below nothing keeps its lower end', () => {
  assert.deepEqual(meanAmount(sumsOf([-100n, -300n]), '').range, { low: -1471n, high: 1071n });
});

/** P(T ≤ t) by Simpson's rule over the density, an independent way. */
function cumulative(t: number, freedom: number): number {
  const steps = 20_000;
  const density = (x: number) => (1 + (x * x) / freedom) ** (-(freedom + 1) / 2);
  const integral = (from: number, to: number) => {
    const h = (to - from) / steps;
    let sum = density(from) + density(to);
    for (let i = 1; i < steps; i++) sum += density(from + i * h) * (i % 2 ? 4 : 2);
    return (sum * h) / 3;
  };
  // The density without its constant: 4,000 is as good as endless for the freedoms asked for.
  return 0.5 + integral(0, t) / (2 * integral(0, 4000));
}

test('Student’s quantiles are those of his distribution', () => {
  for (const freedom of [3, 5, 10, 29, 30, 31, 60, 200]) {
    const p = cumulative(studentT975(freedom), freedom);
    assert.ok(Math.abs(p - 0.975) < 5e-5, `${freedom}: ${p}`);
  }
});
