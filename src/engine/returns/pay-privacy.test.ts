import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type PayQuarter, releasablePay } from './pay-privacy.ts';

const quarters = (...people: (number | null)[]): PayQuarter[] =>
  people.map((each, at) => ({ quarter: `2026-Q${at + 1}`, people: each, amount: BigInt(1000 * (at + 1)) }));
const releasedOf = (...people: (number | null)[]) => releasablePay(quarters(...people)).map(({ amount }) => amount !== null);

test('a sum is released from 5 people on, where their number is known', () => {
  assert.deepEqual(releasedOf(5, 4, null), [true, false, false]);
  const [first, second, third] = releasablePay(quarters(5, 4, null));
  assert.deepEqual(first, { quarter: '2026-Q1', amount: 1000n, reason: null });
  assert.deepEqual([second!.amount, second!.reason], [null, 'withheld: fewer than 5 people are behind it']);
  assert.equal(third!.reason, 'withheld: it is not known how many people are behind it');
});

test('one person joining would be told by the difference, so the quarter is withheld; five are not', () => {
  assert.deepEqual(releasedOf(10, 11, 10, 15), [true, false, true, true]);
  assert.match(releasablePay(quarters(10, 11))[1]!.reason!, /held against another quarter/);
});

test('a quarter is held against all that were released, not just the last', () => {
  assert.deepEqual(releasedOf(10, 16, 11), [true, true, false]);
});

test('the order in which quarters are given changes nothing', () => {
  const given = quarters(10, 11, 16, 21);
  assert.deepEqual(releasablePay(given.toReversed()), releasablePay(given));
});

test('property: no released sum, and no difference of two, is of 1 to 4 people', () => {
  const people = fc.option(fc.integer({ min: 0, max: 40 }), { nil: null });
  fc.assert(
    fc.property(fc.array(people, { maxLength: 24 }), (counts) => {
      const given = counts.map((each, at) => ({ quarter: `${2000 + at}-Q1`, people: each, amount: BigInt(at) }));
      const numbers = releasablePay(given).flatMap(({ amount }, at) => (amount === null ? [] : [given[at]!.people!]));
      for (const [at, each] of numbers.entries()) {
        assert.ok(each >= 5);
        for (const before of numbers.slice(0, at)) assert.ok(each === before || Math.abs(each - before) >= 5);
      }
      assert.equal(
        numbers.length > 0,
        counts.some((each) => each !== null && each >= 5),
      );
    }),
  );
});
