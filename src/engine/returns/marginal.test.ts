import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chance } from '#engine/simulate/chance.ts';
import { normalOf } from '#engine/simulate/numbers.ts';
import { returnsOfSpend, type SpendPlace, whereNext } from './marginal.ts';

/** value = factor × spend^elasticity with noise, a win for every 5,000.00 of it. */
function place(chance: Chance, key: string, factor: number, elasticity: number, months = 24): SpendPlace {
  return {
    key,
    months: Array.from({ length: months }, () => {
      const spend = 1_000_000 * Math.exp(0.5 * normalOf(chance.next()));
      const value = factor * 1_000_000 * (spend / 1_000_000) ** elasticity * Math.exp(0.3 * normalOf(chance.next()) - 0.045);
      return { spend: BigInt(Math.round(spend)), value: BigInt(Math.round(value)), wins: Math.round(value / 500_000) };
    }),
  };
}

const steady = (spend: bigint, value: bigint, wins: number, months: number): SpendPlace => ({
  key: 'steady',
  months: Array.from({ length: months }, () => ({ spend, value, wins })),
});

test('average and marginal return of a place, each with its range', () => {
  const [search] = returnsOfSpend([place(new Chance(3), 'search', 4, 0.5)], new Chance(1));
  const { average, elasticity, marginal, bestShare, wins } = search!;
  assert.ok(average.range!.low < average.value! && average.value! < average.range!.high!);
  assert.ok(Math.abs(average.value! - 3.7) < 0.4, `${average.value}`);
  assert.ok(elasticity.range!.low < 0.5 && 0.5 < elasticity.range!.high!);
  assert.equal(marginal.value, average.value! * elasticity.value!);
  assert.ok(marginal.range!.low < marginal.value! && marginal.value! < marginal.range!.high!);
  assert.deepEqual([bestShare, average.n], [1, wins]);
});

test('the same places and seed give the same figures', () => {
  const places = [place(new Chance(3), 'search', 4, 0.5), place(new Chance(4), 'social', 2, 0.8)];
  assert.deepEqual(returnsOfSpend(places, new Chance(1)), returnsOfSpend(places, new Chance(1)));
});

test('a high average does not make the next amount bring most', () => {
  const chance = new Chance(9);
  const returns = returnsOfSpend([place(chance, 'brand', 5, 0.05, 36), place(chance, 'search', 4, 0.95, 36)], new Chance(1));
  assert.ok(returns[0]!.average.value! > returns[1]!.average.value!);
  const { order, best, reason } = whereNext(returns);
  assert.deepEqual([order.map(({ key }) => key), best?.key, reason], [['search', 'brand'], 'search', null]);
});

test('places that can’t be told apart are not told apart', () => {
  const chance = new Chance(2);
  const returns = returnsOfSpend([place(chance, 'search', 3, 0.6, 8), place(chance, 'social', 3, 0.6, 8)], new Chance(1));
  const { best, reason } = whereNext(returns);
  assert.equal(best, null);
  assert.match(reason!, /^these months don’t show which of \w+, \w+ would bring most$/);
});

test('what can’t be told says why', () => {
  const [few] = returnsOfSpend([steady(100n, 300n, 9, 5)], new Chance(1));
  assert.equal(few!.marginal.reason, 'can’t be told: 5 months with spend are too few; 6 are needed');
  const [steadily, unlucky, rare] = returnsOfSpend(
    [
      steady(100n, 300n, 9, 12),
      { key: 'unlucky', months: [1n, 2n, 3n, 4n, 5n, 6n].map((spend) => ({ spend, value: 9n, wins: 1 })) },
      { key: 'rare', months: [1n, 2n, 3n, 4n, 5n, 6n].map((spend) => ({ spend, value: spend > 4n ? 9n : 0n, wins: spend > 4n ? 6 : 0 })) },
    ],
    new Chance(1),
  );
  assert.equal(steadily!.marginal.reason, 'can’t be told: spend hardly varied from month to month');
  assert.deepEqual([steadily!.average.value, steadily!.marginal.value, steadily!.bestShare], [3, null, null]);
  assert.equal(unlucky!.elasticity.reason, 'can’t be told: 6 wins are too few; 10 are needed');
  assert.equal(rare!.marginal.reason, 'can’t be told: value came in 2 months only; 3 are needed');
  assert.match(whereNext([steadily!, unlucky!]).reason!, /of no place can be told/);
});

test('one win, one month is said in the singular', () => {
  const one = (spends: bigint[], wins: number) => ({
    key: 'one',
    months: spends.map((spend, at) => ({ spend, value: at === 0 ? 9n : 0n, wins })),
  });
  const [month] = returnsOfSpend([one([5n], 1)], new Chance(1));
  assert.equal(month!.marginal.reason, 'can’t be told: 1 month with spend is too few; 6 are needed');
  const [value] = returnsOfSpend([one([1n, 2n, 3n, 4n, 5n, 6n], 2)], new Chance(1));
  assert.equal(value!.marginal.reason, 'can’t be told: value came in 1 month only; 3 are needed');
  const [win] = returnsOfSpend(
    [{ key: 'one', months: [1n, 2n, 3n, 4n, 5n, 6n].map((spend) => ({ spend, value: spend, wins: spend === 1n ? 1 : 0 })) }],
    new Chance(1),
  );
  assert.equal(win!.marginal.reason, 'can’t be told: 1 win is too few; 10 are needed');
});

test('without spend there is neither', () => {
  const [free] = returnsOfSpend([{ key: 'word of mouth', months: [{ spend: 0n, value: 900n, wins: 3 }] }], new Chance(1));
  assert.deepEqual(
    [free!.average.value, free!.average.reason, free!.marginal.reason],
    [null, 'not a number: nothing was spent', 'not a number: nothing was spent'],
  );
});

test('one place alone has nothing to be held against', () => {
  const { best, reason } = whereNext(returnsOfSpend([place(new Chance(3), 'search', 4, 0.5)], new Chance(1)));
  assert.deepEqual([best, reason], [null, 'only search can be told, so there is nothing to hold it against']);
});

test('of many simulated channels the true marginal return lies in the range in most', () => {
  const chance = new Chance(21);
  let [held, told] = [0, 0];
  for (let run = 0; run < 40; run++) {
    const elasticities = [0.3, 0.5, 0.7];
    const places = elasticities.map((elasticity, at) => place(chance, `${at}`, 3, elasticity));
    for (const [at, { marginal, average }] of returnsOfSpend(places, chance).entries()) {
      const truth = average.value! * elasticities[at]!;
      told++;
      if (marginal.range!.low <= truth && truth <= marginal.range!.high!) held++;
    }
  }
  assert.ok(held >= 0.92 * told, `${held} of ${told}`);
});
