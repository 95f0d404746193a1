/** How sure a model is: the interval must hold the truth about as often as it says. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chance } from '#engine/simulate/chance.ts';
import { journeysOf, path, type Path } from '#tests/support/journeys.ts';
import { bootstrap, type Bootstrap, type BootstrapOptions, type DrivenModel } from './bootstrap.ts';
import type { Journeys } from './journeys.ts';
import { markov } from './markov.ts';
import { shapley } from './shapley.ts';

function run(journeys: Journeys, model: DrivenModel, options: BootstrapOptions): Bootstrap {
  const steps = bootstrap(journeys, model, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

const seeded = (seed: number): (() => number) => {
  const chance = new Chance(seed).reseed(1, 1);
  return () => chance.next();
};

/** A world that is known: paths, how often they are walked, how often they convert, what a conversion is worth on average. */
const world = [
  { touches: ['A'], walked: 0.3, converts: 0.1, worth: 400 },
  { touches: ['B'], walked: 0.2, converts: 0.3, worth: 900 },
  { touches: ['A', 'B'], walked: 0.2, converts: 0.4, worth: 500 },
  { touches: ['C', 'A', 'C'], walked: 0.15, converts: 0.5, worth: 700 },
  { touches: ['B', 'B', 'C'], walked: 0.15, converts: 0.2, worth: 1200 },
];

/** Its truth: the model asked on as many journeys as one likes. */
const truth: Path[] = world.map(({ touches, walked, converts, worth }) => {
  const walks = Math.round(walked * 1e6);
  const conversions = Math.round(walks * converts);
  return { path: touches, conversions, value: conversions * worth, nulls: walks - conversions };
});

function sample(count: number, chance: Chance): Path[] {
  return Array.from({ length: count }, () => {
    let u = chance.next();
    const one = world.find(({ walked }) => (u -= walked) < 0) ?? world[0]!;
    const converted = chance.happens(one.converts);
    const value = converted ? Math.round(one.worth * 2 * chance.next()) : 0;
    return { path: one.touches, conversions: converted ? 1 : 0, value, nulls: converted ? 0 : 1 };
  });
}

const names = ['A', 'B', 'C'];
const models: readonly (DrivenModel & {
  readonly exactly: (journeys: Journeys) => { share: number | null; valueShare: number | null }[];
})[] = [
  { model: 'markov', order: 1, exactly: (journeys) => [...markov(journeys, { order: 1 }).channels] },
  { model: 'markov', order: 2, exactly: (journeys) => [...markov(journeys, { order: 2 }).channels] },
  { model: 'shapley', exactly: (journeys) => [...shapley(journeys).channels] },
];

for (const asked of models) {
  const name = asked.model === 'markov' ? `Markov of order ${asked.order}` : 'Shapley';

  test(`${name}: of 200 samples, about 90 % have the truth in their interval`, () => {
    const right = asked.exactly(journeysOf(truth, names));
    let [inShare, inValue, of] = [0, 0, 0];
    for (let round = 0; round < 200; round++) {
      const journeys = journeysOf(sample(500, new Chance(41).reseed(1, round)), names);
      const { channels } = run(journeys, asked, { random: seeded(round), replicates: 100 });
      for (const [i, channel] of channels.entries()) {
        of++;
        if (channel.share!.low <= right[i]!.share! && right[i]!.share! <= channel.share!.high) inShare++;
        if (channel.valueShare!.low <= right[i]!.valueShare! && right[i]!.valueShare! <= channel.valueShare!.high) inValue++;
      }
    }
    for (const [what, held] of [
      ['share', inShare],
      ['value', inValue],
    ] as const)
      assert.ok(held / of > 0.84 && held / of < 0.95, `${what}: ${held} of ${of} intervals hold the truth`);
  });

  test(`${name}: 16 times the journeys make the interval about a quarter as wide`, () => {
    const width = (count: number): number => {
      const { channels } = run(journeysOf(sample(count, new Chance(42).reseed(1, 1)), names), asked, {
        random: seeded(2),
        replicates: 400,
      });
      return channels.reduce((sum, { share }) => sum + share!.high - share!.low, 0);
    };
    const ratio = width(8000) / width(500);
    assert.ok(ratio > 0.18 && ratio < 0.34, `the ratio is ${ratio}`);
  });

  test(`${name}: what the model says lies in the interval, conversions and value with it`, () => {
    const journeys = journeysOf(sample(800, new Chance(43).reseed(1, 1)), names);
    const said = asked.exactly(journeys);
    const { channels } = run(journeys, asked, { random: seeded(3) });
    const value = journeys.values.reduce((sum, one) => sum + one, 0);
    const conversions = journeys.conversions.reduce((sum, one) => sum + one, 0);
    for (const [i, channel] of channels.entries()) {
      assert.ok(channel.share!.low < said[i]!.share! && said[i]!.share! < channel.share!.high);
      assert.ok(channel.valueShare!.low < said[i]!.valueShare! && said[i]!.valueShare! < channel.valueShare!.high);
      assert.equal(channel.conversions!.low, channel.share!.low * conversions);
      assert.equal(channel.value!.high, BigInt(Math.round(channel.valueShare!.high * value)));
    }
  });
}

test('the same seed gives the same intervals, another seed others', () => {
  const journeys = journeysOf(sample(300, new Chance(44).reseed(1, 1)), names);
  const [once, again, other] = [5, 5, 6].map((seed) =>
    run(journeys, { model: 'markov', order: 2 }, { random: seeded(seed), replicates: 50 }),
  );
  assert.deepEqual(once, again);
  assert.notDeepEqual(once, other);
});

test('a path with many conversions is as sure as the same journeys one by one', () => {
  const together = journeysOf([path('A', 300, 300, 900), path('A>B', 200, 200, 100), path('B', 100, 100, 800)]);
  const each = Array.from({ length: 3 }, (_, row) =>
    [...together.channels.subarray(together.starts[row]!, together.starts[row + 1]!)].map((code) => names[code]!),
  );
  const oneByOne = each.flatMap((touches, row) => [
    ...Array.from({ length: together.conversions[row]! }, () => ({ path: touches, conversions: 1, value: 1, nulls: 0 })),
    ...Array.from({ length: together.nulls[row]! }, () => ({ path: touches, conversions: 0, value: 0, nulls: 1 })),
  ]);
  const options = { replicates: 50 };
  assert.deepEqual(
    run(together, { model: 'markov', order: 1 }, { ...options, random: seeded(1) }),
    run(journeysOf(oneByOne, ['A', 'B']), { model: 'markov', order: 1 }, { ...options, random: seeded(1) }),
  );
});

test('one conversion of great value makes the interval of value wide, and that of conversions not', () => {
  const paths = [...Array.from({ length: 50 }, (_, i) => path('A', 1, i === 0 ? 100_000 : 100)), path('B', 50, 5000)];
  const [a] = run(journeysOf(paths), { model: 'shapley' }, { random: seeded(1) }).channels;
  assert.ok(a!.share!.low > 0.35 && a!.share!.high < 0.65);
  assert.ok(a!.valueShare!.low < 0.65 && a!.valueShare!.high > 0.95, JSON.stringify(a!.valueShare));
});

test('journeys that don’t convert are drawn, too', () => {
  const chances = [0.5, 0.5, 0, 0.5, 0.5, 0.999];
  let taken = 0;
  const random = (): number => chances[taken++ % chances.length]!;
  const journeys = journeysOf([path('A>B', 6), path('B', 6, 600, 5)]);
  const [a] = run(journeys, { model: 'markov', order: 1 }, { random, replicates: 20 }).channels;
  assert.ok(a!.share!.high - a!.share!.low > 0.1, JSON.stringify(a!.share));
});

test('every step tells how far it is, and nothing is drawn ahead', () => {
  let draws = 0;
  const random = seeded(1);
  const counted = (): number => {
    draws++;
    return random();
  };
  const steps = bootstrap(
    journeysOf([path('A', 12, 9, 5), path('B', 3, 4)]),
    { model: 'markov', order: 1 },
    { random: counted, replicates: 20 },
  );
  assert.equal(draws, 0);
  for (let done = 0; done <= 20; done++) {
    assert.deepEqual(steps.next().value, { done, of: 20 });
    if (done === 0) assert.equal(draws, 0);
  }
  assert.equal(draws, 20 * 3, 'conversions of two paths and nulls of one, each time');
  assert.equal(steps.next().done, true);
});

test('with few conversions, none or no value there is no interval, and the answer says why', () => {
  const of = (paths: Path[]): Bootstrap =>
    run(journeysOf(paths, ['A', 'B']), { model: 'markov', order: 1 }, { random: seeded(1), replicates: 20 });
  const few = of([path('A', 4), path('B', 5, 500, 90), path('', 30)]);
  assert.equal(few.reason, '9 conversions with touches are too few to say how sure a share is; it takes 10');
  assert.deepEqual(few.channels[0], { share: null, conversions: null, valueShare: null, value: null });
  assert.match(of([path('A', 0, 0, 50)]).reason!, /^0 conversions/);
  const free = of([path('A', 40, 0), path('B', 5, 0)]);
  assert.equal(free.valueReason, 'the conversions have no value');
  assert.ok(free.channels[0]!.share);
  assert.equal(free.channels[0]!.value, null);
});

test('bad options are refused in words', () => {
  const journeys = journeysOf([path('A', 20)]);
  const random = seeded(1);
  assert.throws(() => run(journeys, { model: 'shapley' }, { random, replicates: 3 }), /replicates is 3; a whole number from 20/);
  assert.throws(() => run(journeys, { model: 'shapley' }, { random, confidencePercent: 0.9 }), /confidencePercent is 0.9; 50 to 99/);
  assert.throws(() => run(journeys, { model: 'markov', order: 7 }, { random }), /order is 7/);
});
