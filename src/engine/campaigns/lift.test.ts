import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Chance } from '../simulate/chance.ts';
import { type Prospect, reachOfAttempt, reachOfAttempts, sqlChance, winAfterTalk } from '../simulate/curve.ts';
import { normalOf } from '../simulate/numbers.ts';
import { type LiftCell, liftMinima, liftOf } from './lift.ts';

const cell = (stratum: string, rep: string, tookPart: boolean, leads: number, reached: number): LiftCell => ({
  ...{ stratum, rep, tookPart, leads, reached },
});
const near = (one: number, other: number, by = 1e-5): void => assert.ok(Math.abs(one - other) < by, `${one} is not ${other}`);

test('one stratum worked by hand: 30 of 100 against 20 of 100', () => {
  const cells = [cell('k', 'a', true, 50, 15), cell('k', 'b', true, 50, 15), cell('k', 'c', false, 50, 10), cell('k', 'd', false, 50, 10)];
  const { worked, compared, difference, extra, tooFew } = liftOf(cells);
  assert.equal(tooFew, null);
  assert.deepEqual(
    [worked, compared],
    [
      { leads: 100, reached: 30, reps: 2 },
      { leads: 100, reached: 20, reps: 2 },
    ],
  );
  near(difference!.value, 0.1);
  // ΣP ÷ W² = −0.001, ΣQ ÷ W² = 0.0038: middle 0.098079, spread 0.119236.
  near(difference!.low, -0.021157);
  near(difference!.high, 0.217315);
  near(extra!.value, 10);
});

test('two strata are weighted by n₁·n₀ ÷ n', () => {
  const cells = [
    ...[cell('k', 'a', true, 30, 15), cell('k', 'c', false, 60, 15)],
    ...[cell('m', 'b', true, 60, 12), cell('m', 'd', false, 30, 6)],
  ];
  // w = 20 and 20; differences 0.25 and 0.
  near(liftOf(cells).difference!.value, 0.125);
});

test('a stratum with only one of both is left out, and counted', () => {
  const cells = [cell('k', 'a', true, 50, 15), cell('k', 'b', true, 50, 15), cell('k', 'c', false, 50, 10), cell('k', 'd', false, 50, 10)];
  const more = liftOf([...cells, cell('m', 'a', true, 33, 33)]);
  assert.deepEqual({ ...more, leftOut: 0 }, liftOf(cells));
  assert.equal(more.leftOut, 33);
});

test('too few to say: reps, leads, outcomes', () => {
  const both = (leads: number, reached: number): LiftCell[] => [
    ...[cell('k', 'a', true, leads, reached), cell('k', 'b', true, leads, reached)],
    ...[cell('k', 'c', false, leads, reached), cell('k', 'd', false, leads, reached)],
  ];
  assert.match(liftOf(both(10, 5)).tooFew!, /it takes 40/);
  assert.match(liftOf(both(20, 1)).tooFew!, /Only 4 of these leads reached it/);
  assert.match(liftOf(both(20, 20)).tooFew!, /All but 0/);
  assert.equal(liftOf(both(20, 5)).tooFew, null);
  assert.match(liftOf(both(40, 10).filter(({ rep }) => rep !== 'b')).tooFew!, /Fewer than 2 reps/);
  assert.match(liftOf([]).tooFew!, /Fewer than 2/);
  assert.equal(liftMinima.reps, 2);
});

test('reps who differ more than chance widen the interval', () => {
  const even = [cell('k', 'a', true, 50, 15), cell('k', 'b', true, 50, 15), cell('k', 'c', false, 50, 10), cell('k', 'd', false, 50, 10)];
  const odd = [cell('k', 'a', true, 50, 28), cell('k', 'b', true, 50, 2), cell('k', 'c', false, 50, 18), cell('k', 'd', false, 50, 2)];
  const width = (cells: LiftCell[]): number => liftOf(cells).difference!.high - liftOf(cells).difference!.low;
  near(liftOf(odd).difference!.value, 0.1);
  assert.ok(width(odd) > 2 * width(even));
});

const cells = fc.array(
  fc
    .record({
      stratum: fc.constantFrom('k', 'l', 'm'),
      rep: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      leads: fc.integer({ min: 1, max: 60 }),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ stratum, rep, leads, part }) => cell(stratum, rep, 'abc'.includes(rep), leads, Math.round(part * leads))),
  { minLength: 6, maxLength: 18 },
);

test('where all of one side reached it and none of the other, the interval is a number', () => {
  const cells = [cell('k', 'a', true, 40, 0), cell('k', 'b', true, 40, 0), cell('k', 'c', false, 40, 40), cell('k', 'd', false, 40, 40)];
  const { value, low, high } = liftOf(cells).difference!;
  near(value, -1);
  near(low, -1);
  assert.ok(high > -1 && high < -0.8, `${high}`);
});

test('the order of cells is irrelevant, the value lies in its interval, and both in −1 to 1', () => {
  fc.assert(
    fc.property(cells, (each) => {
      const one = liftOf(each);
      assert.deepEqual(liftOf(each.toReversed()), one);
      assert.equal(one.difference === null, one.tooFew !== null);
      if (!one.difference) return;
      const { value, low, high } = one.difference;
      assert.ok(low >= -1 && low <= value + 1e-12 && value <= high + 1e-12 && high <= 1, `${low} ${value} ${high}`);
    }),
  );
});

test('whose parts are exchanged has the opposite difference', () => {
  fc.assert(
    fc.property(cells, (each) => {
      const [one, other] = [liftOf(each), liftOf(each.map((own) => ({ ...own, tookPart: !own.tookPart })))];
      if (one.difference && other.difference) near(one.difference.value, -other.difference.value, 1e-9);
    }),
  );
});

// ── against what is known to be true ────────────────────────────────────────

const campaigns = 12;
const reps = 12;
const leadsACampaign = 1_000;
const misfitShare = 0.3;

interface Drawn {
  readonly won: LiftCell[];
  readonly sql: LiftCell[];
  /** Expected outcomes that are due to the part alone. */
  readonly truth: { won: number; sql: number };
}

/** Leads of joint campaigns by the simulator's own formulas: 45 of 100 reps take part in each. */
function draw(seed: number): Drawn {
  const chance = new Chance(seed);
  const reach = reachOfAttempts(reachOfAttempt(4, true), 6);
  const tallies = new Map<string, { cell: LiftCell; leads: number; won: number; sql: number }>();
  const truth = { won: 0, sql: 0 };
  for (let campaign = 0; campaign < campaigns; campaign++) {
    const takesPart = Array.from({ length: reps }, () => chance.happens(0.45));
    const quality = 0.3 * normalOf(chance.next());
    for (let n = 0; n < leadsACampaign; n++) {
      const rep = n % reps;
      const segment = chance.below(3);
      const lead: Prospect = {
        intent: normalOf(chance.next()),
        misfit: chance.happens(misfitShare),
        segment,
        push: quality,
        participated: takesPart[rep]!,
      };
      const key = `${campaign}-${segment} ${rep}`;
      const tally = tallies.get(key) ?? {
        cell: cell(`${campaign}-${segment}`, `${rep}`, lead.participated, 0, 0),
        leads: 0,
        won: 0,
        sql: 0,
      };
      tallies.set(key, tally);
      tally.leads++;
      const talks = chance.happens(reach);
      const isSql = talks && chance.happens(sqlChance(lead, lead.push, lead.participated));
      if (isSql) tally.sql++;
      if (isSql && chance.happens(winAfterTalk(lead, -0.9) / sqlChance(lead, lead.push, lead.participated))) tally.won++;
      if (!lead.participated) continue;
      truth.won += reach * (winAfterTalk(lead, -0.9) - winAfterTalk(lead, -0.9, lead.push, false));
      truth.sql += reach * (sqlChance(lead, lead.push, true) - sqlChance(lead, lead.push, false));
    }
  }
  const counted = (of: 'won' | 'sql'): LiftCell[] =>
    [...tallies.values()].map((tally) => ({ ...tally.cell, leads: tally.leads, reached: tally[of] }));
  return { won: counted('won'), sql: counted('sql'), truth };
}

test('of 20 drawn companies in at least 19 the true effect lies in the interval, and its sign is told', () => {
  for (const outcome of ['won', 'sql'] as const) {
    let [inside, sign] = [0, 0];
    for (let seed = 1; seed <= 20; seed++) {
      const drawn = draw(seed);
      const { extra } = liftOf(drawn[outcome]);
      if (extra!.low <= drawn.truth[outcome] && drawn.truth[outcome] <= extra!.high) inside++;
      if (Math.sign(extra!.value) === Math.sign(drawn.truth[outcome])) sign++;
    }
    assert.ok(inside >= 19 && sign >= 19, `${outcome}: ${inside} of 20 inside, ${sign} with the sign`);
  }
});

test('without any effect the interval holds none in about nineteen of twenty', () => {
  let holds = 0;
  for (let seed = 1; seed <= 100; seed++) {
    const chance = new Chance(seed);
    const drawn = Array.from({ length: 48 }, (_, at) => {
      const leads = 5 + chance.below(20);
      const reached = Array.from({ length: leads }, () => chance.happens(0.1)).filter(Boolean).length;
      return cell(`${at % 8}`, `${at % 12}`, at % 12 < 5, leads, reached);
    });
    const { low, high } = liftOf(drawn).difference!;
    if (low <= 0 && high >= 0) holds++;
  }
  assert.ok(holds >= 90 && holds <= 100, `${holds} of 100`);
});
