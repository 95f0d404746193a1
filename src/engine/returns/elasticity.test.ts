import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chance } from '#engine/simulate/chance.ts';
import { normalOf } from '#engine/simulate/numbers.ts';
import { shrunk, slopeOf } from './elasticity.ts';

const near = (actual: number, expected: number, within: number) =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual} is not ${expected}`);

/** Months in which value = spend^elasticity, times noise with a mean of 1. */
function monthsOf(chance: Chance, elasticity: number, months: number, noise: number) {
  return Array.from({ length: months }, () => {
    const spend = 1000 * Math.exp(0.6 * normalOf(chance.next()));
    return { spend, value: 50 * spend ** elasticity * Math.exp(noise * normalOf(chance.next()) - noise ** 2 / 2) };
  });
}

test('golden: value that grows as the square root of spend has a slope of ½', () => {
  const slope = slopeOf([1, 4, 9, 16, 25].map((spend) => ({ spend, value: 10 * Math.sqrt(spend) })))!;
  near(slope.slope, 0.5, 1e-9);
  assert.equal(slope.error, 0.02);
});

test('golden: on two levels of spend the slope is told by the mean values alone', () => {
  // At 1 on average 2, at 4 on average 6: log 3 ÷ log 4
  const points = [
    { spend: 1, value: 0 },
    { spend: 1, value: 4 },
    { spend: 4, value: 5 },
    { spend: 4, value: 7 },
  ];
  near(slopeOf(points)!.slope, Math.log(3) / Math.log(4), 1e-9);
});

test('spend that doesn’t vary, and value that never comes, give no slope', () => {
  assert.equal(slopeOf([1, 2, 3].map((value) => ({ spend: 7, value }))), null);
  assert.equal(slopeOf([1, 2, 3].map((spend) => ({ spend, value: 0 }))), null);
  assert.equal(slopeOf([]), null);
});

test('in other units the slope is the same', () => {
  const points = monthsOf(new Chance(1), 0.7, 12, 0.4);
  const scaled = points.map(({ spend, value }) => ({ spend: spend * 1e6, value: value * 1e9 }));
  near(slopeOf(scaled)!.slope, slopeOf(points)!.slope, 1e-8);
});

test('of many simulated companies, the true slope lies within 1.96 errors in most, and in the middle of them', () => {
  const chance = new Chance(5);
  const slopes = Array.from({ length: 500 }, () => slopeOf(monthsOf(chance, 0.6, 24, 0.5))!);
  near(slopes.reduce((sum, { slope }) => sum + slope, 0) / 500, 0.6, 0.03);
  const held = slopes.filter(({ slope, error }) => Math.abs(slope - 0.6) <= 1.96 * error).length;
  assert.ok(held >= 460, `${held} of 500`);
});

test('slopes that may differ by chance only are drawn together; a sure one stays, an unsure one goes to the others', () => {
  const [first, second] = shrunk([
    { slope: 0.4, error: 0.2 },
    { slope: 0.6, error: 0.2 },
  ]);
  near(first!.slope + second!.slope, 1, 1e-12);
  assert.ok(first!.slope > 0.43 && first!.slope < 0.5 && first!.error < 0.2, `${first!.slope} ± ${first!.error}`);
  const [sure, , unsure] = shrunk([
    { slope: 0.2, error: 0.02 },
    { slope: 0.8, error: 0.02 },
    { slope: 3, error: 2 },
  ]);
  near(sure!.slope, 0.2, 0.01);
  assert.ok(unsure!.slope < 1 && unsure!.error < 1, `${unsure!.slope} ± ${unsure!.error}`);
  assert.deepEqual(shrunk([{ slope: 0.3, error: 0.1 }]), [{ slope: 0.3, error: 0.1 }]);
});

test('of many simulated companies with three channels, the shrunk slopes lie within 1.96 errors of the truth in about 95 %', () => {
  const chance = new Chance(5);
  let held = 0;
  for (let run = 0; run < 300; run++) {
    const truth = [0.3, 0.5, 0.7];
    const slopes = shrunk(truth.map((slope) => slopeOf(monthsOf(chance, slope, 12, 0.6))!));
    held += slopes.filter(({ slope, error }, at) => Math.abs(slope - truth[at]!) <= 1.96 * error).length;
  }
  assert.ok(held >= 0.92 * 900 && held <= 0.99 * 900, `${held} of 900`);
});

test('shrinking brings the slopes of many channels nearer to the true ones', () => {
  const chance = new Chance(11);
  const truth = Array.from({ length: 40 }, () => 0.5 + 0.15 * normalOf(chance.next()));
  const own = truth.map((slope) => slopeOf(monthsOf(chance, slope, 8, 0.7))!);
  const off = (slopes: readonly { slope: number }[]) => slopes.reduce((sum, { slope }, at) => sum + (slope - truth[at]!) ** 2, 0);
  assert.ok(off(shrunk(own)) < 0.6 * off(own), `${off(shrunk(own))} against ${off(own)}`);
});
