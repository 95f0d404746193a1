import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { leadValues, type SegmentPast, worthOfLeads } from './lead-value.ts';

const past = (segment: string | null, leads: number, won: number, value: bigint, priced = won): SegmentPast => ({
  segment,
  leads,
  won,
  priced,
  value,
});

test('golden: P(won | segment) × average price, and what a month of them is worth', () => {
  const given = [past('SMB', 400, 40, 20_000_000n), past('Enterprise', 100, 20, 160_000_000n)];
  const values = leadValues(given);
  // SMB 10 % × 5,000.00; Enterprise 20 % × 80,000.00; any other: all together 12 % × 30,000.00
  assert.deepEqual(values, [
    { segment: 'SMB', amount: 50_000n },
    { segment: 'Enterprise', amount: 1_600_000n },
    { segment: null, amount: 360_000n },
  ]);
  assert.equal(worthOfLeads(100, given, values), 100n * 360_000n);
});

test('segments with too few are counted together, with leads that state none', () => {
  const values = leadValues([past('SMB', 400, 40, 20_000_000n), past('Tiny', 20, 2, 1_000_000n), past(null, 80, 8, 4_000_000n)]);
  assert.deepEqual(values, [
    { segment: 'SMB', amount: 50_000n },
    { segment: null, amount: 50_000n },
  ]);
});

test('won ones without a stated value count as won, at the price of the others', () => {
  assert.deepEqual(leadValues([past(null, 100, 10, 5_000_000n, 5)]), [{ segment: null, amount: 100_000n }]);
});

test('where nothing was won at a price, no value can be told', () => {
  assert.deepEqual(leadValues([past('SMB', 400, 0, 0n)]), []);
  assert.deepEqual(leadValues([]), []);
  assert.equal(worthOfLeads(100, [], []), 0n);
});

test('halves go to the even unit', () => {
  // 1 of 2 won at 5 → 2.5 → 2; at 7 → 3.5 → 4
  assert.deepEqual(leadValues([past(null, 2, 1, 5n)])[0]?.amount, 2n);
  assert.deepEqual(leadValues([past(null, 2, 1, 7n)])[0]?.amount, 4n);
});

test('property: the cohort itself is worth what it was sold for, to a minor unit a lead', () => {
  const segment = fc.record({
    leads: fc.integer({ min: 30, max: 5000 }),
    won: fc.integer({ min: 10, max: 30 }),
    value: fc.bigInt({ min: 1n, max: 10n ** 12n }),
  });
  fc.assert(
    fc.property(fc.array(segment, { minLength: 1, maxLength: 6 }), (segments) => {
      const given = segments.map(({ leads, won, value }, at) => past(`S${at}`, leads, won, value));
      const leads = segments.reduce((sum, each) => sum + each.leads, 0);
      const sold = segments.reduce((sum, each) => sum + each.value, 0n);
      const worth = worthOfLeads(leads, given, leadValues(given));
      const off = worth > sold ? worth - sold : sold - worth;
      assert.ok(off <= BigInt(leads), `${worth} against ${sold}`);
    }),
  );
});
