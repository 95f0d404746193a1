import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { wilsonInterval } from '#engine/values/wilson.ts';
import { type CurvePoint, curvePoint, curveSays, isEnoughForCurve, speedBuckets } from './curve.ts';

const rounded = (share: { leads: number; converted: number }) => {
  const { low, high } = wilsonInterval({ hits: share.converted, of: share.leads })!;
  return [Math.round(low * 10_000) / 10_000, Math.round(high * 10_000) / 10_000];
};

test('Wilson’s interval has the values of the literature', () => {
  // R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3.
  assert.deepEqual(rounded({ leads: 263, converted: 81 }), [0.2553, 0.3662]);
  assert.deepEqual(rounded({ leads: 148, converted: 15 }), [0.0624, 0.1605]);
  assert.deepEqual(rounded({ leads: 20, converted: 0 }), [0, 0.1611]);
  assert.deepEqual(rounded({ leads: 29, converted: 1 }), [0.0061, 0.1718]);
  assert.equal(wilsonInterval({ hits: 0, of: 0 }), null);
});

test('the interval holds the share, stays within 0..1, mirrors, and narrows with more leads', () => {
  const share = fc.integer({ min: 1, max: 1_000_000 }).chain((leads) => fc.record({ leads: fc.constant(leads), converted: fc.nat(leads) }));
  fc.assert(
    fc.property(share, ({ leads, converted }) => {
      const { low, high } = wilsonInterval({ hits: converted, of: leads })!;
      const rate = converted / leads;
      assert.ok(0 <= low && low <= rate && rate <= high && high <= 1);
      const mirrored = wilsonInterval({ hits: leads - converted, of: leads })!;
      assert.ok(Math.abs(mirrored.low - (1 - high)) < 1e-9 && Math.abs(mirrored.high - (1 - low)) < 1e-9);
      const wider = wilsonInterval({ hits: converted * 10, of: leads * 10 })!;
      assert.ok(wider.high - wider.low < high - low);
    }),
  );
});

test('the times follow each other without a gap', () => {
  for (const [at, bucket] of speedBuckets.entries()) assert.equal(bucket.from, at === 0 ? null : speedBuckets[at - 1]!.to);
  assert.equal(speedBuckets.at(-1)!.to, null);
});

const points = (...shares: [leads: number, converted: number][]): CurvePoint[] =>
  shares.map(([leads, converted], at) => curvePoint(speedBuckets[at]!, { leads, converted }));

test('too few leads are said to be too few', () => {
  const few = points([29, 10], [30, 9], [31, 6], [3, 0]);
  assert.deepEqual(
    few.map(({ enough }) => enough),
    [false, true, true, false],
  );
  assert.equal(isEnoughForCurve(few), false);
  assert.match(curveSays(few), /^Too few leads to compare speeds/);
  assert.equal(isEnoughForCurve(points([30, 10], [30, 9], [31, 6])), true);
});

test('it says what it shows, and that it is no proof', () => {
  assert.equal(
    curveSays(points([200, 60], [10, 9], [100, 20], [400, 40])),
    'Of the leads first tried within an hour, 28.7 % (24 to 34 %) became an SQL; of those tried later, 10 % (7.4 to 13.3 %). The quicker ones converted more often, by more than chance explains. This is what happened here, not proof that speed caused it: reps may have called the best leads first.',
  );
  assert.match(curveSays(points([200, 20], [50, 10], [100, 35])), /converted less often/);
  assert.match(curveSays(points([40, 10], [50, 10], [100, 18])), /The two ranges overlap/);
});
