import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bridgeOf, movementsOf, retentionOf } from './retention.ts';

const amounts = (record: Record<string, bigint>) => new Map(Object.entries(record));

test('golden: of 1,000 at the start, 100 more, 50 less and 200 gone are an NRR of 85 % and a GRR of 75 %', () => {
  const start = amounts({ a: 400n, b: 300n, c: 200n, d: 100n });
  const end = amounts({ a: 500n, b: 250n, d: 100n, e: 70n });
  const movements = movementsOf(start, end);
  assert.deepEqual(bridgeOf(movements), { start: 1_000n, added: 70n, expansion: 100n, contraction: 50n, churn: 200n, end: 920n });
  const { nrr, grr, logo, customersAtStart, customersKept } = retentionOf(movements);
  assert.deepEqual([nrr.value, grr.value, logo.value], [0.85, 0.75, 0.75]);
  assert.deepEqual([customersAtStart, customersKept, nrr.small], [4, 3, true]);
});

test('new customers make no retention better', () => {
  const start = amounts({ a: 100n });
  const end = amounts({ a: 50n, b: 10_000n });
  assert.equal(retentionOf(movementsOf(start, end)).nrr.value, 0.5);
});

test('without a customer at the start there is nothing to keep', () => {
  const { nrr, grr, logo } = retentionOf(movementsOf(new Map(), amounts({ a: 1n })));
  for (const figure of [nrr, grr, logo])
    assert.deepEqual([figure.value, figure.reason], [null, 'not a number: there was no customer at the start']);
});

test('where every account kept the same share there is no spread to make a range of', () => {
  const start = amounts({ a: 100n, b: 200n });
  assert.equal(retentionOf(movementsOf(start, start)).nrr.range, null);
});

test('golden: the range of NRR by hand', () => {
  // Kept 100 of 100, 0 of 100, 200 of 100: R 1; deviations 0, −100, 100; s² 10,000; t 4.303 × √(10,000 × 3) ÷ 300
  const { nrr } = retentionOf(movementsOf(amounts({ a: 100n, b: 100n, c: 100n }), amounts({ a: 100n, c: 200n })));
  assert.equal(nrr.value, 1);
  assert.equal(nrr.range!.low, 0);
  assert.equal(nrr.range!.high!.toFixed(4), '3.4843');
});

const book = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.bigInt({ min: 1n, max: 10n ** 12n })).map(amounts);

test('property: the bridge closes to the unit', () => {
  fc.assert(
    fc.property(book, book, (start, end) => {
      const bridge = bridgeOf(movementsOf(start, end));
      const sum = (of: ReadonlyMap<string, bigint>) => [...of.values()].reduce((total, each) => total + each, 0n);
      assert.equal(bridge.start, sum(start));
      assert.equal(bridge.end, sum(end));
      assert.equal(bridge.start + bridge.added + bridge.expansion - bridge.contraction - bridge.churn, bridge.end);
    }),
  );
});

test('property: GRR is never above 1 nor above NRR, nor is its range', () => {
  fc.assert(
    fc.property(book, book, (start, end) => {
      const { nrr, grr, logo } = retentionOf(movementsOf(start, end));
      if (grr.value === null) return assert.equal(start.size, 0);
      assert.ok(grr.value <= 1 && grr.value <= nrr.value! && (grr.range?.high ?? 1) <= 1 && (grr.range?.low ?? 0) >= 0);
      assert.ok(logo.value! <= 1);
    }),
  );
});
