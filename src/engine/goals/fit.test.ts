import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Chance } from '#engine/simulate/chance.ts';
import { amountsOf, drawnAmounts } from './amounts.ts';
import { type LeadCourses, never, settledCohorts } from './courses.ts';
import { byMonths, inARow, lagShares, monthDays, mostDays } from './lags.ts';
import { overdispersionOf, overdispersionOfCounts } from './overdispersion.ts';
import { meanShare, ownWeight, pooledShares } from './pooling.ts';
import { unitCostOf } from './ratio-cost.ts';

const courses = (leads: readonly { in: number; next?: number; gone?: number; segment?: number }[]): LeadCourses => ({
  count: leads.length,
  segmentCount: 2,
  segments: leads.map(({ segment = 0 }) => segment),
  days: [leads.map((lead) => lead.in), leads.map(({ next = never }) => next)],
  gone: leads.map(({ gone = never }) => gone),
});
const close = (value: number, expected: number): void => assert.ok(Math.abs(value - expected) < 1e-9, `${value}, not ${expected}`);

test('only leads that had their time count for a rate: young ones are left out, whatever became of them', () => {
  // Twenty a day for 100 days; every fourth goes on after 10 days, every fourth leaves after 5.
  const leads = Array.from({ length: 2_000 }, (_, at) => {
    const day = Math.floor(at / 20);
    return { in: day, ...(at % 4 === 0 ? { next: day + 10 } : at % 4 === 1 ? { gone: day + 5 } : {}) };
  });
  const [own, empty, company] = settledCohorts(courses(leads), 0, { from: 0, asOf: 99 });
  assert.deepEqual([own!.window, own!.until, own!.entered, own!.reached], [10, 89, 1_800, 450]);
  assert.equal(own!.exits.length, 450);
  assert.deepEqual([own!.lags[0], own!.lags.at(-1)], [10, 10]);
  assert.deepEqual([empty!.entered, company!.entered], [0, 1_800]);
  // Without the rule the rate would be too low: of the last ten days nobody has had the time.
  assert.equal(own!.reached / own!.entered, 0.25);
});

test('a segment with few leads borrows from the company, one with many hardly', () => {
  const [many, few] = pooledShares([
    { hits: 400, of: 1_000 },
    { hits: 0, of: 5 },
  ]);
  assert.ok(ownWeight(many!) > 0.95);
  assert.ok(ownWeight(few!) < 0.6);
  assert.ok(meanShare(few!) > 0.1 && meanShare(few!) < 0.4, String(meanShare(few!)));
  assert.ok(Math.abs(meanShare(many!) - 0.4) < 0.01);
});

test('segments that truly differ are left more of their own', () => {
  const different = pooledShares([
    { hits: 90, of: 100 },
    { hits: 10, of: 100 },
  ]);
  const alike = pooledShares([
    { hits: 50, of: 100 },
    { hits: 50, of: 100 },
  ]);
  assert.ok(ownWeight(different[0]!) > ownWeight(alike[0]!));
});

test('shares lie within 0 and 1 and between their own and the company’s, whatever was seen', () => {
  const seen = fc.integer({ min: 0, max: 500 }).chain((of) => fc.integer({ min: 0, max: of }).map((hits) => ({ hits, of })));
  fc.assert(
    fc.property(fc.array(seen, { minLength: 1, maxLength: 6 }), (segments) => {
      for (const share of pooledShares(segments)) {
        const mean = meanShare(share);
        assert.ok(mean >= 0 && mean <= 1);
        const company = (share.company.hits + 0.5) / (share.company.of + 1);
        const own = share.of === 0 ? company : share.hits / share.of;
        if (share.lent > 0) assert.ok(mean >= Math.min(own, company) - 1e-9 && mean <= Math.max(own, company) + 1e-9);
      }
    }),
  );
});

test('amounts of a segment that has none are the company’s, and very unsure', () => {
  const [smb, none] = amountsOf([[100, 110, 90, 105, 95, 100], []]);
  assert.equal(none!.mean, 100);
  const spread = (of: typeof smb): number => {
    const chance = new Chance(1).reseed(0, 0);
    const means = Array.from({ length: 2_000 }, () => drawnAmounts(of!, chance).mean);
    const mean = means.reduce((sum, each) => sum + each, 0) / means.length;
    return Math.sqrt(means.reduce((sum, each) => sum + (each - mean) ** 2, 0) / means.length) / mean;
  };
  assert.ok(spread(none) > 0.05 && spread(smb) < 0.1);
});

test('the mean of n amounts errs by variation ÷ √n', () => {
  const [of] = amountsOf([Array.from({ length: 100 }, (_, at) => (at % 2 === 0 ? 50 : 150))]);
  assert.equal(of!.mean, 100);
  const chance = new Chance(1).reseed(0, 0);
  const means = Array.from({ length: 10_000 }, () => drawnAmounts(of!, chance).mean);
  const error = Math.sqrt(means.reduce((sum, each) => sum + (each - 100) ** 2, 0) / means.length);
  assert.ok(Math.abs(error - 5) < 0.3, String(error));
});

test('lags one after the other add up, and months get what arrives in them', () => {
  const ten = lagShares(Int32Array.from([10]), Int32Array.from([10]));
  const both = inARow(ten, ten);
  close(both[20]!, 1);
  const shares = byMonths(both, 3);
  close(shares[0]!, 1 - 20 / monthDays);
  close(shares[1]!, 20 / monthDays);
  // In the last tenth of a month nothing that takes twenty days arrives in it.
  assert.equal(byMonths(both, 3, 0.9)[0], 0);
  close(
    byMonths(both, 3, 0.9).reduce((sum, each) => sum + each, 0),
    1,
  );
});

test('whatever the lags, shares add up to 1 and so do the months', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 30 }),
      fc.double({ min: 0, max: 0.99, noNaN: true }),
      (lags, gone) => {
        const shares = lagShares(Int32Array.from(lags), Int32Array.from([5, 9]));
        close(
          shares.reduce((sum, each) => sum + each, 0),
          1,
        );
        close(
          byMonths(shares, Math.ceil(mostDays / 30) + 3, gone).reduce((sum, each) => sum + each, 0),
          1,
        );
      },
    ),
    { numRuns: 50 },
  );
});

test('months that differ by chance only are called so, months that differ more are not', () => {
  const chance = new Chance(3).reseed(0, 0);
  const binomial = (rate: number): number =>
    Array.from({ length: 200 }, () => (chance.happens(rate) ? 1 : 0)).reduce((sum: number, each) => sum + each, 0);
  const steady = overdispersionOf(Array.from({ length: 40 }, () => ({ hits: binomial(0.2), of: 200 })));
  const uneven = overdispersionOf(Array.from({ length: 40 }, (_, at) => ({ hits: binomial(at % 2 === 0 ? 0.1 : 0.3), of: 200 })));
  assert.ok(steady.ratio < 1.5, String(steady.ratio));
  assert.ok(uneven.ratio > 5);
  // A factor of 0.5 or 1.5 around the mean.
  assert.ok(Math.abs(uneven.variance - 0.25) < 0.08, String(uneven.variance));
  assert.equal(overdispersionOfCounts([5, 5, 5, 5]).variance, 0);
  assert.ok(overdispersionOfCounts([1, 9, 1, 9, 1, 9]).variance > 0.3);
});

test('an MQL costs spend ÷ MQLs, unsure by how months differ', () => {
  const same = unitCostOf(Array.from({ length: 12 }, () => ({ spend: 10_000, mqls: 100 })))!;
  assert.deepEqual([same.mean, same.months], [100, 12]);
  assert.ok(same.error < 1e-9);
  const uneven = unitCostOf(Array.from({ length: 12 }, (_, at) => ({ spend: at % 2 === 0 ? 5_000 : 15_000, mqls: 100 })))!;
  assert.equal(uneven.mean, 100);
  assert.ok(Math.abs(uneven.error - 0.5 / Math.sqrt(11)) < 0.01, String(uneven.error));
  assert.equal(unitCostOf([{ spend: 1, mqls: 1 }]), null);
  assert.equal(
    unitCostOf([
      { spend: 0, mqls: 10 },
      { spend: 0, mqls: 10 },
    ]),
    null,
  );
});
