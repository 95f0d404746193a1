import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decompose, factors, type Parts, type SegmentChange, type SegmentPeriod } from './decompose.ts';

const period = (leads: number, won: number, revenue: bigint): SegmentPeriod => ({ leads, won, revenue });
const swapped = (changes: readonly SegmentChange[]) =>
  changes.map(({ segment, before, after }) => ({ segment, before: after, after: before }));
const partsOf = ({ volume, mix, rate, price, apart }: Parts) => ({ volume, mix, rate, price, apart });
const sumOf = (parts: Parts) => Object.values(partsOf(parts)).reduce((sum, each) => sum + each, 0n);
const none = { volume: 0n, mix: 0n, rate: 0n, price: 0n, apart: 0n };

test('golden, one segment: 100 leads × 10 % × 50 becomes 200 × 20 % × 50', () => {
  // 500 → 2,000. Volume first adds 500, after the rate 1,000: 750 on average; the rate likewise.
  const { change, ...rest } = decompose([{ segment: 'SMB', before: period(100, 10, 500n), after: period(200, 40, 2_000n) }]);
  assert.equal(change, 1_500n);
  assert.deepEqual(partsOf(rest), { ...none, volume: 750n, rate: 750n });
});

test('golden, three factors: 10 × 50 % × 20 becomes 20 × 25 % × 40, by hand over the 6 orders', () => {
  // 100 → 200. Shapley of a·b·c with a 10→20, b ½→¼, c 20→40:
  // a: 10 × (2·½·20 + ¼·20 + ½·40 + 2·¼·40) ÷ 6 = 10 × 65 ÷ 6; b: −¼ × (2·200 + 400 + 400 + 2·800) ÷ 6; c as a
  const { change, ...rest } = decompose([{ segment: 'SMB', before: period(10, 5, 100n), after: period(20, 5, 200n) }]);
  assert.equal(change, 100n);
  // 108.33…, −116.66…, 108.33…: cut they sum to 100
  assert.deepEqual(partsOf(rest), { ...none, volume: 108n, rate: -116n, price: 108n });
});

test('golden: the same leads in a better mix', () => {
  const smb = { segment: 'SMB', before: period(90, 9, 900n), after: period(50, 5, 500n) };
  const large = { segment: 'Enterprise', before: period(10, 2, 2_000n), after: period(50, 10, 10_000n) };
  const all = decompose([smb, large]);
  assert.deepEqual([all.before, all.after, all.change], [2_900n, 10_500n, 7_600n]);
  assert.deepEqual(partsOf(all), { ...none, mix: 7_600n });
  assert.deepEqual(
    all.segments.map(({ segment, mix, change }) => [segment, mix, change]),
    [
      ['SMB', -400n, -400n],
      ['Enterprise', 8_000n, 8_000n],
    ],
  );
});

test('a segment that comes new brings volume and mix, and no effect of a rate it never had before', () => {
  const all = decompose([
    { segment: 'SMB', before: period(100, 10, 1_000n), after: period(100, 10, 1_000n) },
    { segment: 'New', before: period(0, 0, 0n), after: period(100, 10, 3_000n) },
  ]);
  assert.deepEqual([all.rate, all.price, all.apart, all.volume + all.mix], [0n, 0n, 0n, 3_000n]);
  assert.deepEqual(all.segments[1]!.taken, ['rate', 'price']);
});

test('a segment that won nothing before has a rate of 0 and takes the price of after', () => {
  const [smb] = decompose([{ segment: 'SMB', before: period(50, 0, 0n), after: period(50, 5, 500n) }]).segments;
  assert.deepEqual([partsOf(smb!), smb!.taken], [{ ...none, rate: 500n }, ['price']]);
});

test('from no leads at all, everything is volume', () => {
  const all = decompose([
    { segment: 'A', before: period(0, 0, 0n), after: period(10, 1, 70n) },
    { segment: 'B', before: period(0, 0, 0n), after: period(30, 2, 31n) },
  ]);
  assert.deepEqual(partsOf(all), { ...none, volume: 101n });
});

test('revenue of deals without a lead stands apart, exactly', () => {
  const all = decompose([
    { segment: 'SMB', before: period(10, 1, 100n), after: period(10, 1, 100n) },
    { segment: 'no lead', before: period(0, 2, 333n), after: period(0, 5, 1_000n) },
  ]);
  assert.deepEqual([partsOf(all), all.change], [{ ...none, apart: 667n }, 667n]);
});

const somePeriod = fc
  .record({ leads: fc.nat(50), won: fc.nat(20), revenue: fc.bigInt({ min: -(10n ** 4n), max: 10n ** 12n }) })
  .map(({ leads, won, revenue }) => period(leads, won, revenue));
const someChanges = fc.array(fc.record({ segment: fc.string(), before: somePeriod, after: somePeriod }), { maxLength: 6 });

test('property: the parts add up to the change, in every segment and together', () => {
  fc.assert(
    fc.property(someChanges, (changes) => {
      const all = decompose(changes);
      assert.equal(sumOf(all), all.change);
      assert.equal(all.change, all.after - all.before);
      for (const each of all.segments) assert.equal(sumOf(each), each.change);
    }),
  );
});

test('property: swapping the periods turns every sign', () => {
  fc.assert(
    fc.property(someChanges, (changes) => {
      const [there, back] = [decompose(changes), decompose(swapped(changes))];
      for (const part of [...factors, 'apart', 'change'] as const) assert.equal(there[part], -back[part]);
    }),
  );
});

test('property: where only prices changed, only the price has a part', () => {
  const sold = fc.record({
    leads: fc.integer({ min: 1, max: 99 }),
    won: fc.integer({ min: 1, max: 9 }),
    was: fc.bigInt(0n, 10n ** 9n),
    is: fc.bigInt(0n, 10n ** 9n),
  });
  fc.assert(
    fc.property(fc.array(sold, { minLength: 1, maxLength: 6 }), (segments) => {
      const changes = segments.map(({ leads, won, was, is }, at) => ({
        segment: `S${at}`,
        before: period(leads, won, was),
        after: period(leads, won, is),
      }));
      const all = decompose(changes);
      assert.deepEqual(partsOf(all), { ...none, price: all.change });
    }),
  );
});

test('property: as an average over the 24 orders, counted one by one', () => {
  const positive = fc.record({
    leads: fc.integer({ min: 1, max: 40 }),
    won: fc.integer({ min: 1, max: 20 }),
    revenue: fc.bigInt(1n, 10n ** 9n),
  });
  fc.assert(
    fc.property(fc.array(fc.record({ before: positive, after: positive }), { minLength: 1, maxLength: 3 }), (periods) => {
      const changes = periods.map((each, at) => ({ segment: `S${at}`, ...each }));
      const slow = byAllOrders(changes);
      const all = decompose(changes);
      for (const [at, factor] of factors.entries()) {
        const off = Math.abs(Number(all[factor]) - slow[at]!);
        assert.ok(off <= changes.length + 1e-6 * Math.abs(slow[at]!), `${factor}: ${all[factor]} is not ${slow[at]}`);
      }
    }),
  );
});

/** The definition itself, in floating point. */
function byAllOrders(changes: readonly SegmentChange[]): number[] {
  const total = (of: 'before' | 'after') => changes.reduce((sum, each) => sum + each[of].leads, 0);
  const totals = { before: total('before'), after: total('after') };
  const valueOf = (changed: ReadonlySet<number>) =>
    changes.reduce((sum, each) => {
      const at = (factor: number) => (changed.has(factor) ? 'after' : 'before');
      const [mix, rate, price] = [each[at(1)], each[at(2)], each[at(3)]];
      return sum + totals[at(0)] * (mix.leads / totals[at(1)]) * (rate.won / rate.leads) * (Number(price.revenue) / price.won);
    }, 0);
  const parts = [0, 0, 0, 0];
  for (const order of permutations([0, 1, 2, 3])) {
    const changed = new Set<number>();
    for (const factor of order) {
      const was = valueOf(changed);
      parts[factor]! += (valueOf(changed.add(factor)) - was) / 24;
    }
  }
  return parts;
}

const permutations = (list: readonly number[]): number[][] =>
  list.length === 0 ? [[]] : list.flatMap((first) => permutations(list.filter((each) => each !== first)).map((rest) => [first, ...rest]));
