import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { loadsOf, sharesByLoad } from './capacity-load.ts';
import { delaySteps, hoursOfStep, stepOfDelay } from './delay.ts';
import { fitLogistic, chanceOf } from './logistic.ts';
import { chanceAfter, fitReach, missedOf, mostAttempts, type ReachCurve, type TrialGroup } from './reach.ts';
import { leftAfter, type Shape, shapesFor } from './reach-shape.ts';
import { rangeOf, rangeUpTo, student } from './range.ts';
import { type SqlCourse, worthOfSql } from './worth.ts';
import { costLead as lead } from '#tests/support/cost-leads.ts';

const close = (one: number, other: number, by: number, what = ''): void =>
  assert.ok(Math.abs(one - other) <= by, `${what} ${one} is not ${other} ± ${by}`);

// ── reach ───────────────────────────────────────────────────────────────────

/** Trials that reach exactly as often as a law says, a thousand at each delay. */
function trialsOf(chance: (hours: number, attempt: number, phone: 0 | 1) => number): TrialGroup[] {
  const groups: TrialGroup[] = [];
  for (let step = stepOfDelay(0.5); step <= stepOfDelay(300); step += 2)
    for (const phone of [0, 1] as const)
      for (const attempt of [1, 2, 3]) {
        const trials = 1_000_000;
        groups.push({ step, phone, half: 1, attempt, trials, reached: trials * chance(hoursOfStep(step), attempt, phone) });
      }
  return groups;
}

test('the curve finds the law that made the trials: floor, half-life, phone and how attempts fade', () => {
  const half = { kind: 'halving', hours: 2 * 1.4 ** 7 } as const satisfies Shape;
  const law = (hours: number, attempt: number, phone: 0 | 1): number =>
    (0.05 + 0.25 * leftAfter(half, hours)) * (phone === 1 ? 1 : 0.7) * Math.exp(-0.1 * (attempt - 1));
  const curve = fitReach(trialsOf(law), shapesFor(0.5));
  assert.deepEqual(curve.shape, half);
  close(curve.fading, 0.1, 0.002);
  close(curve.phone[0] / curve.phone[1], 0.7, 0.01);
  for (const hours of [0.5, 4, 24, 200]) close(chanceAfter(curve, hours) / law(hours, 1, 1), 1, 0.02, `${hours} hours:`);
});

test('trials that fade in proportion to one over the time are told from those that halve', () => {
  const law = { kind: 'hyperbolic', hours: 2 * 1.4 ** 5 } as const;
  assert.deepEqual(
    fitReach(
      trialsOf((hours) => 0.02 + 0.3 * leftAfter(law, hours)),
      shapesFor(0.5),
    ).shape,
    law,
  );
});

test('no half-life is looked for that the quickest leads could not show', () => {
  for (const quick of [0.1, 8, 40]) assert.ok(shapesFor(quick).every(({ hours }) => hours >= Math.min(60, quick / 2)));
});

test('golden: missed by three attempts at 20 % each: 51.2 %', () => {
  const curve: ReachCurve = { shape: { kind: 'halving', hours: 24 }, floor: 0.2, lift: 0, phone: [1, 1], half: [1, 1], fading: 0 };
  const missed = missedOf(curve);
  close(missed[3]!, 0.512, 1e-12);
  assert.equal(missed[0], 1);
});

test('more attempts never miss more, and a later first attempt never reaches more', () => {
  const rate = fc.double({ min: 0.001, max: 0.5, noNaN: true });
  fc.assert(
    fc.property(
      rate,
      rate,
      fc.constantFrom(...shapesFor(1)),
      fc.double({ min: -0.3, max: 1, noNaN: true }),
      (floor, lift, shape, fading) => {
        const missed = missedOf({ shape, floor, lift, phone: [0.8, 1], half: [1, 1], fading });
        const at = (step: number, place: number, attempts: number): number => missed[(step * 4 + place) * (mostAttempts + 1) + attempts]!;
        for (let step = 1; step < delaySteps; step += 7)
          for (let attempts = 1; attempts <= mostAttempts; attempts++) {
            assert.ok(at(step, 3, attempts) <= at(step, 3, attempts - 1));
            assert.ok(at(step, 3, attempts) >= at(step - 1, 3, attempts));
            assert.ok(at(step, 1, attempts) >= at(step, 3, attempts), 'without a phone it is reached less');
          }
      },
    ),
    { numRuns: 30 },
  );
});

test('a delay and the hours of its step are within a tenth of each other', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.05, max: 4000, noNaN: true }), (hours) => {
      const ratio = hoursOfStep(stepOfDelay(hours)) / hours;
      assert.ok(ratio > 0.91 && ratio < 1.1, `${hours} ${ratio}`);
    }),
  );
  assert.equal(stepOfDelay(0), 0);
  assert.equal(stepOfDelay(1e9), delaySteps - 1);
});

// ── quality, worth ──────────────────────────────────────────────────────────

test('a trait that many have says what was seen, one that few have next to nothing', () => {
  const fitted = fitLogistic(
    [
      { traits: [1], of: 10_000, hits: 5_000 },
      { traits: [2], of: 10_000, hits: 2_000 },
      { traits: [1, 3], of: 2, hits: 2 },
    ],
    4,
  );
  close(chanceOf([1], fitted.coefficients), 0.5, 0.002);
  close(chanceOf([2], fitted.coefficients), 0.2, 0.002);
  close(chanceOf([1, 3], fitted.coefficients), 0.5, 0.1);
});

const course = (segment: number, end: SqlCourse['end'], days: number, amount: number): SqlCourse => ({
  segment,
  half: 0,
  days,
  end,
  amount,
});
const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));

test('golden: half of many SQLs won at 1,000 each bring 500', () => {
  const courses = times(2_000, (at) => course(0, at % 2 === 0 ? 'won' : 'lost', at, 1_000));
  const worth = worthOfSql(courses, new Float64Array(2_000).fill(1), 1);
  close(worth[0]!, 500, 1);
});

test('deals still open count for as long as they are known: neither won nor lost', () => {
  // All are decided on day 10, half of them for good; 500 came five days ago.
  const courses = [
    ...times(500, () => course(0, 'open', 5, 1_000)),
    ...times(1_000, (at) => course(0, at % 2 === 0 ? 'won' : 'lost', 10, 1_000)),
  ];
  close(worthOfSql(courses, new Float64Array(1_500).fill(1), 1)[0]!, 500, 2);
});

test('a segment with two deals borrows its rate from all', () => {
  const courses = [
    ...times(400, (at) => course(0, at % 4 === 0 ? 'won' : 'lost', at, 1_000)),
    course(1, 'won', 1, 1_000),
    course(1, 'won', 2, 1_000),
  ];
  const worth = worthOfSql(
    courses.toSorted((one, other) => one.days - other.days),
    new Float64Array(402).fill(1),
    2,
  );
  assert.ok(worth[2]! < 450 && worth[2]! > 250, `${worth[2]}`);
});

// ── load ────────────────────────────────────────────────────────────────────

const hour = 3_600_000;

test('golden: the load of a lead is what waits with its rep, and what comes within a day', () => {
  const at = (came: number, done: number | null, rep = 'sam') =>
    lead({ rep, passedAt: came * hour, actedAt: done === null ? null : done * hour });
  const leads = [at(0, 10), at(5, 6), at(20, 21), at(100, 101), at(101, null), at(5, 6, 'mia')];
  assert.deepEqual([...loadsOf(leads)], [2, 2, 0, 0, 0, 0]);
});

test('reps who are slow whatever comes: the load explains nothing; who are late only under load: most', () => {
  const loads = Int32Array.from(times(1_000, (at) => at % 50));
  const always = sharesByLoad(loads, Float64Array.from(times(1_000, (at) => 0.3 + ((at * 7919) % 100) / 1_000)));
  assert.ok(always.explained.every(({ share }) => share === 0));
  const loaded = sharesByLoad(
    loads,
    Float64Array.from(loads, (load, at) => 0.01 * load + ((at * 7919) % 100) / 10_000),
  );
  assert.equal(loaded.explained[0]!.share, 0);
  assert.ok(loaded.explained.at(-1)!.share > 0.8);
});

// ── ranges ──────────────────────────────────────────────────────────────────

test('a range holds its amount, is never below nothing, scales with it and is wider with fewer observations', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.5, max: 2, noNaN: true }), { minLength: 3, maxLength: 20 }),
      fc.integer({ min: 2, max: 1e6 }),
      (draws, amount) => {
        const sums = Float64Array.from([amount, ...draws.map((each) => each * amount)]);
        const spread = { sums, squares: (amount * amount) / 50 };
        const [many, few] = [rangeOf(spread, 1_000), rangeOf(spread, 5)];
        assert.ok(many.low >= 0 && many.low <= amount && many.high >= amount);
        assert.ok(few.low <= many.low && few.high >= many.high);
        const double = rangeOf({ sums: sums.map((each) => each * 2), squares: spread.squares * 4 }, 1_000);
        close(double.high / many.high, 2, 1e-9);
      },
    ),
  );
  assert.deepEqual(rangeOf({ sums: new Float64Array(3), squares: 0 }, 10), { amount: 0, low: 0, high: 0 });
});

test('golden: Student’s quantile with 10 degrees of freedom is 2.2, with many 1.96', () => {
  close(student(10), 2.228, 0.05);
  close(student(1e6), 1.96, 1e-5);
});

test('a range up to what was at stake reaches it', () => {
  assert.deepEqual(rangeUpTo({ sums: Float64Array.of(50, 0, 40, 60) }, 80), { amount: 50, low: 0, high: 80 });
});
