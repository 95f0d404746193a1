import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { countRange, shareOf } from './ratio.ts';

const near = (actual: number, expected: number, within = 5e-4) =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual} is not ${expected}`);

test('golden: 10 of 100 is 10 %, between 5.5 and 17.4 % (Wilson)', () => {
  const { value, range, n, small } = shareOf(10, 100, 'nothing');
  assert.deepEqual([value, n, small], [0.1, 100, false]);
  near(range!.low, 0.0552);
  near(range!.high!, 0.1744);
});

test('a share of few is marked, of none it is not a number', () => {
  assert.equal(shareOf(3, 29, 'nothing').small, true);
  assert.deepEqual(shareOf(0, 0, 'no deal was closed'), {
    value: null,
    reason: 'not a number: no deal was closed',
    range: null,
    n: 0,
    small: true,
  });
  assert.deepEqual([shareOf(0, 50, '').range!.low, shareOf(50, 50, '').range!.high], [0, 1]);
});

test('golden: Garwood’s limits of counts', () => {
  const printed: [number, number, number][] = [
    [0, 0, 3.6889],
    [1, 0.0253, 5.5716],
    [5, 1.6235, 11.6683],
    [10, 4.7954, 18.3904],
    [50, 37.111, 65.9189],
    [100, 81.364, 121.6272],
  ];
  for (const [events, low, high] of printed) {
    near(countRange(events).low, low);
    near(countRange(events).high, high);
  }
});

test('the approximation goes on where the exact limits end', () => {
  const [solved, approximated] = [countRange(200), countRange(201)];
  near(approximated.low - solved.low, 1 - 0.98 / Math.sqrt(200), 0.005);
  near(approximated.high - solved.high, 1 + 0.98 / Math.sqrt(200), 0.005);
});

test('property: the interval of a count holds it, and grows with it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000 }), (events) => {
      const [own, next] = [countRange(events), countRange(events + 1)];
      assert.ok(own.low <= events && events < own.high);
      assert.ok(own.low < next.low && own.high < next.high);
    }),
  );
});
