import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chance } from '#engine/simulate/chance.ts';
import { journeysOfPlain, type PlainJourney, type PlainTouch } from './make-journeys.ts';
import { ruleModels, type RuleModel } from './models.ts';
import { cutJourneys } from './select.ts';
import { tallyRules } from './tally.ts';

/* The words of words.md once more, written apart from the engine: fractions of big numbers, one journey at a time. */

const day = 86_400;
const halfLifeSeconds = 7 * day;
type Fraction = readonly [bigint, bigint];

const permille: Record<
  Exclude<RuleModel, 'first' | 'last' | 'linear' | 'time_decay'>,
  Partial<Record<'ft' | 'lc' | 'oc' | 'cw', bigint>>
> = {
  u: { ft: 400n, lc: 400n },
  w: { ft: 300n, lc: 300n, oc: 300n },
  z: { ft: 225n, lc: 225n, oc: 225n, cw: 225n },
  j: { ft: 200n, cw: 600n },
  inverse_j: { ft: 600n, cw: 200n },
};

interface Milestones {
  readonly lc: number | null;
  readonly oc: number | null;
}

function exactShares(model: RuleModel, touches: readonly PlainTouch[], { lc, oc }: Milestones): Fraction[] {
  const n = touches.length;
  const last = n - 1;
  if (model === 'first') return touches.map((_, i) => [i === 0 ? 1n : 0n, 1n]);
  if (model === 'last') return touches.map((_, i) => [i === last ? 1n : 0n, 1n]);
  if (model === 'linear') return touches.map(() => [1n, BigInt(n)]);
  if (model === 'time_decay') {
    // 60 binary places of the power of two, far finer than any remainder that the test below trusts
    const weights = touches.map(({ at }) => BigInt(Math.round(2 ** (60 - (touches[last]!.at - at) / halfLifeSeconds))));
    const total = weights.reduce((sum, weight) => sum + weight, 0n);
    return weights.map((weight) => [weight, total]);
  }
  if (n === 1) return [[1n, 1n]];
  if (model === 'u' && n === 2)
    return [
      [1n, 2n],
      [1n, 2n],
    ];
  const places = { ft: 0, lc: lc ?? (model === 'u' ? last : null), oc, cw: last };
  const promised = Object.values(permille[model]).reduce((sum, part) => sum + part, 0n);
  const own = new Array<bigint>(n).fill(0n);
  for (const [milestone, part] of Object.entries(permille[model])) {
    const place = places[milestone as keyof typeof places];
    if (place !== null) own[place]! += part;
  }
  const existing = own.reduce((sum, part) => sum + part, 0n);
  const others = BigInt(own.filter((part) => part === 0n).length);
  if (others === 0n) return own.map((part) => [part, existing]);
  return own.map((part) => (part > 0n ? [part * promised, existing * 1_000n] : [1_000n - promised, others * 1_000n]));
}

/** Largest remainder over fractions. Null where the gap that decides is finer than the fractions of time decay are. */
function exactParts(amount: bigint, shares: readonly Fraction[]): bigint[] | null {
  const size = amount < 0n ? -amount : amount;
  const parts = shares.map(([part, whole], at) => ({
    at,
    units: (size * part) / whole,
    remainder: [(size * part) % whole, whole] as Fraction,
  }));
  let left = size - parts.reduce((sum, { units }) => sum + units, 0n);
  const above = (a: Fraction, b: Fraction): bigint => a[0] * b[1] - b[0] * a[1];
  const ranked = parts.toSorted(
    (a, b) => Number(above(b.remainder, a.remainder) > 0n) - Number(above(a.remainder, b.remainder) > 0n) || a.at - b.at,
  );
  if (left > 0n) {
    const [in_, out] = [ranked[Number(left) - 1]!.remainder, ranked[Number(left)]!.remainder];
    const gap = above(in_, out);
    if (gap > 0n && gap * 10n ** 9n < in_[1] * out[1]) return null;
  }
  for (const part of ranked) if (left-- > 0n) part.units += 1n;
  return parts.map(({ units }) => (amount < 0n ? -units : units));
}

function randomJourney(chance: Chance): PlainJourney {
  const start = 1_700_000_000;
  const touches = Array.from({ length: 1 + chance.below(7) }, () => ({
    channel: chance.oneOf(['Paid Search', 'Email', 'Referral', 'Sales calls', null]),
    at: start + chance.below(60 * day),
  }));
  const convertedAt = Math.max(...touches.map(({ at }) => at)) + chance.below(20 * day);
  return {
    touches,
    convertedAt,
    value: chance.happens(0.1) ? -chance.below(90_000) : chance.below(chance.oneOf([5, 300, 2_000_000])),
    leadAt: chance.happens(0.8) ? start + chance.below(60 * day) : null,
    dealAt: chance.happens(0.8) ? start + chance.below(70 * day) : null,
  };
}

/** Value by channel name. */
function valuesOf(rows: readonly PlainJourney[], model: RuleModel): Record<string, number> {
  const { journeys, channels } = journeysOfPlain(rows);
  const cut = cutJourneys(journeys, { lookBackSeconds: null });
  const tally = tallyRules(cut, [model], cut.channels, cut.channelCount, { halfLifeSeconds });
  const found = tally.models.get(model)!;
  assert.ok(found.values !== null);
  return Object.fromEntries(
    [...found.values].map((value, code) => [channels.texts[code] ?? '(none)', value] as const).filter(([, value]) => value !== 0),
  );
}

const some = (seed: number, count: number): PlainJourney[] => {
  const chance = new Chance(seed);
  return Array.from({ length: count }, (_, i) => randomJourney(chance.reseed(1, i)));
};

for (const model of ruleModels)
  test(`${model}: every journey is credited as fractions of big numbers say`, () => {
    let decided = 0;
    for (const row of some(41, 2_000)) {
      const touches = row.touches.toSorted((a, b) => a.at - b.at || ((a.channel ?? '') < (b.channel ?? '') ? -1 : 1));
      const place = (moment: number | null | undefined): number | null => {
        const at = moment == null ? -1 : touches.findLastIndex((touch) => touch.at <= moment);
        return at < 0 ? null : at;
      };
      const parts = exactParts(BigInt(row.value), exactShares(model, touches, { lc: place(row.leadAt), oc: place(row.dealAt) }));
      if (parts === null) continue;
      decided++;
      const expected: Record<string, number> = {};
      for (const [i, { channel }] of touches.entries())
        expected[channel ?? '(none)'] = (expected[channel ?? '(none)'] ?? 0) + Number(parts[i]);
      for (const [channel, value] of Object.entries(expected)) if (value === 0) delete expected[channel];
      assert.deepEqual(valuesOf([row], model), expected, JSON.stringify(row));
    }
    assert.ok(decided > 1_990, `only ${decided} decided`);
  });

for (const model of ruleModels) {
  test(`${model}: the order of journeys changes nothing, nor the order in which touches come`, () => {
    const rows = some(42, 500);
    const chance = new Chance(9).reseed(1, 1);
    const shuffled = <T>(list: readonly T[]): T[] =>
      list
        .map((each) => [chance.next(), each] as const)
        .toSorted((a, b) => a[0] - b[0])
        .map(([, each]) => each);
    const elsewise = shuffled(rows).map((row) => ({ ...row, touches: shuffled(row.touches) }));
    assert.deepEqual(valuesOf(elsewise, model), valuesOf(rows, model));
  });

  test(`${model}: a touch after the conversion changes nothing`, () => {
    const rows = some(43, 500);
    const late = rows.map((row) => ({ ...row, touches: [{ channel: 'Late', at: row.convertedAt! + 1 }, ...row.touches] }));
    assert.deepEqual(valuesOf(late, model), valuesOf(rows, model));
  });

  test(`${model}: twice the journeys get twice the value`, () => {
    const rows = some(44, 300);
    const doubled = Object.fromEntries(Object.entries(valuesOf(rows, model)).map(([channel, value]) => [channel, value * 2]));
    assert.deepEqual(valuesOf([...rows, ...rows], model), doubled);
  });

  test(`${model}: a refund of a journey takes back what it gave`, () => {
    const rows = some(45, 300);
    assert.deepEqual(valuesOf([...rows, ...rows.map((row) => ({ ...row, value: -row.value }))], model), {});
  });
}
