import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chance } from '#engine/simulate/chance.ts';
import { creditJourney, shareAmount, type JourneyShape } from './credit.ts';
import { decayFrom, decayWeight, makeDecayTable } from './decay.ts';
import { defaultHalfLifeSeconds, ruleModels, ruleModelWords, type RuleModel } from './models.ts';

const day = 86_400;
const options = { halfLifeSeconds: defaultHalfLifeSeconds };

/** A journey of n touches a day apart, the last at the conversion. */
const journey = (touches: number, lead = -1, deal = -1): JourneyShape => ({
  touches,
  ages: Array.from({ length: touches }, (_, i) => (touches - 1 - i) * day),
  lead,
  deal,
});
/** Shares of 1,200,000 units: with up to 20 touches in the rest, all shares of the words are whole. */
const shares = (model: RuleModel, touches: number, lead = -1, deal = -1): number[] =>
  shareAmount(1_200_000n, creditJourney(model, journey(touches, lead, deal), options)).map((part) => Number(part) / 12_000);

test('golden: 12,000 by time decay, ages 38, 33, 26, 8, 0 days, half-life 7', () => {
  const ages = [38, 33, 26, 8, 0].map((days) => days * day);
  const weights = creditJourney('time_decay', { touches: 5, ages, lead: -1, deal: -1 }, options);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  assert.deepEqual(
    weights.map((weight) => Math.round((12_000 * weight) / total)),
    [175, 287, 575, 3_417, 7_545],
  );
  // To the cent, adding up
  const cents = shareAmount(1_200_000n, weights);
  assert.deepEqual(cents, [17_519n, 28_744n, 57_488n, 341_704n, 754_545n]);
});

test('the shares of the words, with all milestones apart', () => {
  assert.deepEqual(shares('first', 4), [100, 0, 0, 0]);
  assert.deepEqual(shares('last', 4), [0, 0, 0, 100]);
  assert.deepEqual(shares('linear', 4), [25, 25, 25, 25]);
  assert.deepEqual(shares('u', 6, 2), [40, 5, 40, 5, 5, 5]);
  assert.deepEqual(shares('w', 5, 1, 3), [30, 30, 5, 30, 5]);
  assert.deepEqual(shares('z', 6, 1, 3), [22.5, 22.5, 5, 22.5, 5, 22.5]);
  assert.deepEqual(shares('j', 4), [20, 10, 10, 60]);
  assert.deepEqual(shares('inverse_j', 4), [60, 10, 10, 20]);
});

test('one touch gets all of it, under every model, whatever it is', () => {
  for (const model of ruleModels)
    for (const lead of [-1, 0]) for (const deal of [-1, 0]) assert.deepEqual(shares(model, 1, lead, deal), [100]);
});

test('two touches under U get half each, whichever of them made the lead', () => {
  for (const lead of [-1, 0, 1]) assert.deepEqual(shares('u', 2, lead), [50, 50]);
});

test('without a middle, its share spreads over the milestones in proportion', () => {
  assert.deepEqual(shares('j', 2), [25, 75]);
  assert.deepEqual(shares('inverse_j', 2), [75, 25]);
  assert.deepEqual(shares('w', 3, 1, 2), [100 / 3, 100 / 3, 100 / 3]);
  assert.deepEqual(shares('z', 4, 1, 2), [25, 25, 25, 25]);
  assert.deepEqual(shares('z', 2, 0, 1), [50, 50]);
});

test('a touch on two milestones takes both shares', () => {
  assert.deepEqual(shares('u', 3, 0), [80, 10, 10]);
  assert.deepEqual(shares('w', 4, 0, 2), [60, 5, 30, 5]);
  assert.deepEqual(shares('w', 4, 2, 2), [30, 5, 60, 5]);
  assert.deepEqual(shares('z', 4, 0, 3), [45, 5, 5, 45]);
  assert.deepEqual(shares('z', 3, 0, 0), [67.5, 10, 22.5]);
});

test('a milestone that is missing leaves its share to those that exist', () => {
  assert.deepEqual(shares('u', 4), [40, 10, 10, 40]);
  assert.deepEqual(shares('w', 4, 2), [45, 5, 45, 5]);
  assert.deepEqual(shares('w', 4, -1, 2), [45, 5, 45, 5]);
  assert.deepEqual(shares('w', 3), [90, 5, 5]);
  assert.deepEqual(shares('z', 4), [45, 5, 5, 45]);
  assert.deepEqual(shares('z', 5, 2), [30, 5, 30, 5, 30]);
});

test('time decay: half the weight a half-life earlier, and a journey of long ago is shared like one of today', () => {
  const decayed = (ages: number[]): number[] => creditJourney('time_decay', { touches: ages.length, ages, lead: -1, deal: -1 }, options);
  const [older, younger] = decayed([7 * day, 0]) as [number, number];
  assert.ok(Math.abs(older / younger - 0.5) < 1e-15);
  assert.deepEqual(decayed([3_007 * day, 3_000 * day]), decayed([7 * day, 0]));
  assert.deepEqual(decayed([600 * day, 0]), [0, 1]);
});

test('amounts add up: remainders decide, the earlier touch first, a negative amount mirrored', () => {
  assert.deepEqual(shareAmount(100n, [1, 1, 1]), [34n, 33n, 33n]);
  assert.deepEqual(shareAmount(-100n, [1, 1, 1]), [-34n, -33n, -33n]);
  assert.deepEqual(shareAmount(99n, creditJourney('u', journey(4), options)), [40n, 10n, 10n, 39n]);
  assert.deepEqual(shareAmount(0n, [2, 1]), [0n, 0n]);
});

test('what can’t be is refused, saying what would be fine', () => {
  assert.throws(
    () => creditJourney('u', journey(3, 3), options),
    /^RangeError: the lead touch is at position 3 of 3 touches; give 0 to 2, or −1 for none$/,
  );
  assert.throws(() => creditJourney('w', journey(3, 0, -2), options), /the deal touch is at position -2/);
  assert.throws(() => creditJourney('time_decay', { ...journey(3), ages: null }, options), /needs the age of each of the 3 touches/);
  assert.throws(
    () => creditJourney('time_decay', { ...journey(2), ages: [0, 5] }, options),
    /touch 0 has age 0; ages are seconds from 0, the oldest touch first/,
  );
  assert.throws(() => creditJourney('time_decay', { ...journey(2), ages: [5, -1] }, options), /touch 1 has age -1/);
  assert.throws(() => creditJourney('time_decay', journey(2), { halfLifeSeconds: 0.5 }), /half-life of 0.5 seconds/);
  assert.throws(() => shareAmount(5n, []), /5 can’t be shared over 0 touches/);
});

test('a journey without touches credits nobody', () => {
  for (const model of ruleModels) assert.deepEqual(creditJourney(model, journey(0), options), []);
});

test('every model has its words', () => {
  for (const model of ruleModels) assert.match(ruleModelWords[model].formula, /^\S.*\.$/);
});

test('a half-life’s table gives the same bits as the formula, and both the power of two', () => {
  const chance = new Chance(11);
  for (const halfLife of [1, 2, 59, 3_600, 7 * day, 30 * day, 365 * day]) {
    const table = makeDecayTable(halfLife);
    chance.reseed(1, halfLife);
    for (let i = 0; i < 500; i++) {
      const seconds = i < 3 ? i : chance.below(Math.min(70 * halfLife, 2 ** 32));
      const weight = decayFrom(table, seconds);
      assert.equal(weight, decayWeight(seconds, halfLife));
      assert.ok(Math.abs(weight - 2 ** (-seconds / halfLife)) <= 2 ** -64 + weight * 1e-14);
    }
  }
});
