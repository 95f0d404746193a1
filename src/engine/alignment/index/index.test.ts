import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { activityNames } from './activities.ts';
import { causeNames } from '../cost/causes.ts';
import { alarms, componentOfCause } from './first.ts';
import { evenFlow, type IndexLead, judgeLead, type LeadAsk, type LeadComponent } from './leads.ts';
import { decompose, gainOf } from './moves.ts';
import { type Counts, roundTogether, scoreIndex, scoreOf } from './score.ts';
import { componentNames, componentOf, componentsOf } from './table.ts';

// ── the table ───────────────────────────────────────────────────────────────

test('the weights of every activity add up to a hundred, and every target is above its floor', () => {
  for (const activity of activityNames) {
    const own = componentsOf(activity).map(componentOf);
    assert.equal(
      own.reduce((sum, { weight }) => sum + weight, 0),
      100,
      activity,
    );
    for (const { label, targetPercent, floorPercent, alarmPercent } of own)
      assert.ok(floorPercent < targetPercent && alarmPercent < targetPercent && targetPercent <= 100, label);
  }
});

test('every cause of cost shows in a component', () => {
  for (const cause of causeNames) assert.ok(componentNames.includes(componentOfCause[cause]), cause);
});

// ── scores ──────────────────────────────────────────────────────────────────

test('golden: a score between floor and target, held at both', () => {
  // leadsWorked: floor 40 %, target 97 %.
  assert.equal(scoreOf('leadsWorked', 0.4), 0);
  assert.equal(scoreOf('leadsWorked', 0.2), 0);
  assert.equal(scoreOf('leadsWorked', 0.97), 100);
  assert.equal(scoreOf('leadsWorked', 1), 100);
  assert.ok(Math.abs(scoreOf('leadsWorked', 0.685) - 50) < 1e-9);
});

test('golden: the index of three components', () => {
  // 90 of 100 leads: (90 − 40) ÷ 57 = 87.719; 60 of 100 of campaigns: (60 − 40) ÷ 55 = 36.364; 11 of 12 meetings: 100.
  const index = scoreIndex({
    leadsWorked: { count: 90, of: 100 },
    campaignLeadsFollowed: { count: 60, of: 100 },
    meetingsHeld: { count: 11, of: 12 },
  });
  // (15 × 87.719 + 35 × 36.364 + 25 × 100) ÷ 75 = 67.847
  assert.equal(index.score, 6785);
  assert.equal(index.activities.goals.score, 8772);
  assert.equal(index.activities.collaborate.score, 3636);
  assert.deepEqual(index.activities.share, { score: null, measured: 0, weight: 0 });
  assert.equal(index.measured, 75 / 600);
  const points = [...index.components].map(([name, own]) => [name, own.points]);
  assert.deepEqual(points, [
    ['campaignLeadsFollowed', 1697],
    ['leadsWorked', 1755],
    ['meetingsHeld', 3333],
  ]);
});

test('nothing measured is no zero', () => {
  assert.equal(scoreIndex({}).score, null);
  assert.equal(scoreIndex({ leadsWorked: { count: 0, of: 0 } }).score, null);
  assert.equal(scoreIndex({ leadsWorked: { count: 0, of: 5 } }).score, 0);
});

const counts: fc.Arbitrary<Counts> = fc
  .dictionary(fc.constantFrom(...componentNames), fc.tuple(fc.nat(400), fc.nat(400)), { maxKeys: componentNames.length })
  .map((all) => Object.fromEntries(Object.entries(all).map(([name, [count, more]]) => [name, { count, of: count + more }])));

test('points are whole hundredths that add up to the index, which lies between 0 and 100', () => {
  fc.assert(
    fc.property(counts, (given) => {
      const { score, components, activities } = scoreIndex(given);
      const sum = [...components.values()].reduce((all, { points }) => all + points, 0);
      assert.equal(sum, score ?? 0);
      assert.ok(score === null || (score >= 0 && score <= 10_000));
      const weights = activityNames.reduce((all, name) => all + activities[name].weight, 0);
      assert.ok(score === null || Math.abs(weights - 1) < 1e-9);
    }),
  );
});

test('what is met one more time never lowers the index', () => {
  fc.assert(
    fc.property(counts, fc.constantFrom(...componentNames), (given, name) => {
      const own = given[name];
      if (!own || own.count === own.of) return;
      assert.ok(scoreIndex({ ...given, [name]: { ...own, count: own.count + 1 } }).score! >= scoreIndex(given).score!);
    }),
  );
});

test('rounded together, numbers keep their sum and stay within one of their value', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -500, max: 500, noNaN: true }), { minLength: 1, maxLength: 40 }), (exact) => {
      const total = Math.round(exact.reduce((sum, each) => sum + each, 0)) + 0;
      const rounded = roundTogether(exact, total);
      assert.equal(
        rounded.reduce((sum, each) => sum + each, 0),
        total,
      );
      for (const [at, each] of rounded.entries()) assert.ok(Math.abs(each - exact[at]!) <= 1 + 1e-6);
    }),
  );
});

// ── what moved it ───────────────────────────────────────────────────────────

test('golden: what moved it while the same is measured', () => {
  const before = scoreIndex({ leadsWorked: { count: 90, of: 100 }, promptFirst: { count: 50, of: 100 } });
  const now = scoreIndex({ leadsWorked: { count: 97, of: 100 }, promptFirst: { count: 50, of: 100 } });
  // Weights 15 and 10 of 25: 0.6 × (100 − 87.719) = 7.37.
  assert.deepEqual(decompose(before, now), {
    change: 737,
    moves: [{ component: 'leadsWorked', points: 737 }],
    measured: 0,
    came: [],
    went: [],
  });
});

test('golden: what moved it while something came to be measured', () => {
  const before = scoreIndex({ leadsWorked: { count: 90, of: 100 } });
  const now = scoreIndex({ leadsWorked: { count: 97, of: 100 }, meetingsHeld: { count: 12, of: 12 } });
  // From 87.72 to 100. Weights 1 and 15 of 40: (1 + 0.375) ÷ 2 × 12.281 = 8.44; what remains came with the meetings.
  assert.deepEqual(decompose(before, now), {
    ...{ change: 1228, moves: [{ component: 'leadsWorked', points: 844 }], measured: 384, came: ['meetingsHeld'], went: [] },
  });
});

test('the parts of a change add up to it, whatever is measured', () => {
  fc.assert(
    fc.property(counts, counts, (one, other) => {
      const [before, now] = [scoreIndex(one), scoreIndex(other)];
      const { change, moves, measured, came, went } = decompose(before, now);
      if (before.score === null || now.score === null) return assert.equal(change, null);
      assert.equal(change, now.score - before.score);
      assert.equal(moves.reduce((sum, { points }) => sum + points, 0) + measured, change);
      if (came.length + went.length === 0) assert.equal(measured, 0);
    }),
  );
});

test('while the same is measured, a part has the sign of its component’s change, but for a hundredth of rounding', () => {
  fc.assert(
    fc.property(counts, fc.constantFrom(...componentNames), fc.nat(400), (given, name, count) => {
      const own = given[name];
      if (!own || own.of === 0) return;
      const changed = { ...given, [name]: { count: Math.min(count, own.of), of: own.of } };
      const { moves } = decompose(scoreIndex(given), scoreIndex(changed));
      assert.ok(moves.length <= 1 && moves.every(({ component }) => component === name));
    }),
  );
});

test('golden: what would move it most', () => {
  const now = { leadsWorked: { count: 90, of: 100 }, campaignLeadsFollowed: { count: 60, of: 100 } };
  // 20 more of those due: share 0.8, 40 ÷ 55 = 72.727 for 36.364, weight 35 of 50: 25.45 points.
  assert.equal(gainOf(now, 'campaignLeadsFollowed', { count: 20, of: 0 }), 2545);
  assert.equal(gainOf(now, 'campaignLeadsFollowed', { count: 0, of: 0 }), 0);
  // Ten that are not due yet: 100 of 110 for 90 of 100, 89.314 for 87.719, alone.
  assert.equal(gainOf({ leadsWorked: { count: 90, of: 100 } }, 'leadsWorked', { count: 10, of: 10 }), 159);
  assert.equal(gainOf(now, 'meetingsHeld', { count: 3, of: 3 }), 0, 'not measured yet');
});

// ── what is named first ─────────────────────────────────────────────────────

test('a share is named when it lies beneath its alarm by more than chance, the furthest first', () => {
  assert.deepEqual(alarms({ leadsWorked: { count: 16, of: 20 } }), [], '80 %, but of twenty');
  assert.deepEqual(alarms({ leadsWorked: { count: 0, of: 19 } }), [], 'of fewer than twenty');
  assert.equal(alarms({ leadsWorked: { count: 0, of: 20 } }).length, 1);
  assert.deepEqual(alarms({ leadsWorked: { count: 990, of: 1000 } }), []);
  const found = alarms({ leadsWorked: { count: 700, of: 1000 }, promptFirst: { count: 100, of: 1000 } });
  assert.deepEqual(
    found.map(({ component }) => component),
    ['promptFirst', 'leadsWorked'],
  );
  assert.ok(Math.abs(found[0]!.times - 0.9 / 0.4) < 1e-9);
});

test('a flood is named before what it does', () => {
  const flooded = { evenFlow: { count: 500, of: 1000 }, promptFirst: { count: 100, of: 1000 } };
  assert.deepEqual(
    alarms(flooded).map(({ component }) => component),
    ['evenFlow'],
  );
});

test('of a rate, observations say what chance explains', () => {
  const kept = { customersKept: { count: 600, of: 1000 } };
  assert.equal(alarms(kept).length, 1);
  assert.equal(alarms(kept, { customersKept: 25 }).length, 0);
});

// ── leads ───────────────────────────────────────────────────────────────────

const day = 1440;
const lead: IndexLead = {
  ...{ passedAt: 0, hasCampaign: false, hasHistory: true, isComplete: true, firstAttemptAt: null, isPrompt: null, attempts: 0 },
  ...{ isReached: false, decidedAt: null, outcomeAt: null, rejectedAt: null, isRejectionStanding: false, hasReason: false, fits: null },
};
const at = (days: number): LeadAsk => ({ asOf: days * day, ahead: 7 * day, attempts: 6 });
const judged = (component: LeadComponent, given: Partial<IndexLead>, days: number): string => {
  const { isDue, isMet, isOpen } = judgeLead(component, { ...lead, ...given }, at(days));
  return [isDue ? 'due' : '', isMet ? 'met' : '', isOpen ? 'open' : ''].filter(Boolean).join(' ');
};

test('a lead is due to be worked after seven days, can be made good before and after, and accepting it alone is no work', () => {
  assert.equal(judged('outcomesReturned', {}, 20), '', 'not within the days ahead');
  assert.equal(judged('outcomesReturned', {}, 25), 'open');
  assert.equal(judged('leadsWorked', {}, 3), 'open');
  assert.equal(judged('leadsWorked', {}, 8), 'due open');
  assert.equal(judged('leadsWorked', { decidedAt: 5 }, 8), 'due open');
  assert.equal(judged('leadsWorked', { firstAttemptAt: 5 }, 8), 'due met');
  assert.equal(judged('leadsWorked', { rejectedAt: 5, outcomeAt: 5 }, 8), 'due met');
  assert.equal(judged('leadsWorked', { hasCampaign: true }, 8), '');
  assert.equal(judged('campaignLeadsFollowed', { hasCampaign: true }, 8), 'due open');
});

test('a first attempt is prompt or not, and what was never tried counts elsewhere', () => {
  assert.equal(judged('promptFirst', {}, 8), '');
  assert.equal(judged('promptFirst', { firstAttemptAt: 9, isPrompt: true }, 8), 'due met');
  assert.equal(judged('promptFirst', { firstAttemptAt: 9_000, isPrompt: false }, 8), 'due');
});

test('a lead that was tried is not given up: reached, decided on, or tried as often as agreed', () => {
  assert.equal(judged('triedEnough', { firstAttemptAt: 9, attempts: 2 }, 15), 'due open');
  assert.equal(judged('triedEnough', { firstAttemptAt: 9, attempts: 6 }, 15), 'due met');
  assert.equal(judged('triedEnough', { firstAttemptAt: 9, attempts: 1, isReached: true }, 15), 'due met');
});

test('a rejection that does not stand is no lead of bad quality, and one that fits is not fair', () => {
  const rejected = { decidedAt: 9, rejectedAt: 9, isRejectionStanding: true };
  assert.equal(judged('leadQuality', rejected, 8), 'due');
  assert.equal(judged('leadQuality', { ...rejected, isRejectionStanding: false }, 8), 'due met');
  assert.equal(judged('rejectionsFair', { ...rejected, fits: true }, 8), 'due');
  assert.equal(judged('rejectionsFair', { ...rejected, fits: false }, 8), 'due met');
  assert.equal(judged('rejectionsFair', rejected, 8), '', 'nothing says');
});

test('golden: how evenly leads come', () => {
  assert.deepEqual(evenFlow([10, 10, 10, 10]), { count: 40, of: 40 });
  // 10 a week would be even: 10 + 0 + 0 + 10.
  assert.deepEqual(evenFlow([20, 0, 0, 20]), { count: 20, of: 40 });
  assert.equal(evenFlow([20, 20, 20]), null, 'three weeks');
  assert.equal(evenFlow([5, 5, 5, 4]), null, 'nineteen leads');
});
