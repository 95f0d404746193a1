import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { definitionChange, moveChange, rateChange, speedChange, workedShare } from './changes.ts';
import { type FlowAsked, forecastFlow, type FlowGroup, whyNoFlow } from './forecast-flow.ts';
import { forecastLevel, whyNoLevel } from './forecast-level.ts';
import { forecastShare, whyNoShare } from './forecast-share.ts';
import { flowPace, stateOf } from './pace.ts';
import { decimalOf } from '../agreement/pace.ts';
import { pooledShares } from './pooling.ts';
import { quantityOf } from './quantity.ts';
import { spreadOf } from './spread.ts';

const weeks = Array.from({ length: 8 }, () => ({ days: 7, workingDays: 5 }));
const past = Array.from({ length: 13 }, () => ({ count: 40, workingDays: 20 }));
const direct: FlowGroup = { past, conversion: null, waiting: [], amounts: null };
const cohort = {
  entered: 200,
  reached: 100,
  lags: Int32Array.from({ length: 100 }, () => 14),
  exits: new Int32Array(0),
  from: 0,
  until: 100,
  window: 14,
};
const converting = (waiting: FlowGroup['waiting']): FlowGroup => ({
  past,
  conversion: { cohort, company: cohort, rate: pooledShares([{ hits: 100, of: 200 }])[0]! },
  waiting,
  amounts: null,
});

test('what comes two a day goes on so: eighty in eight weeks, give or take', () => {
  const { value, underWay, weeks: ahead } = forecastFlow({ actual: 10, weeks, groups: [direct] });
  assert.ok(Math.abs(value.mid - 90) < 4, String(value.mid));
  assert.ok(value.low > 65 && value.low < 82 && value.high > 98 && value.high < 115, JSON.stringify(value));
  assert.deepEqual(underWay, { mid: 0, low: 0, high: 0 });
  assert.equal(ahead.length, 8);
  assert.deepEqual(ahead.at(-1), value);
});

test('what waits counts by its rate and by how long it has waited', () => {
  const fresh = forecastFlow({
    actual: 0,
    weeks,
    groups: [
      { ...converting(Array.from({ length: 100 }, () => ({ age: 0, size: 1 }))), past: past.map((each) => ({ ...each, count: 0 })) },
    ],
  });
  assert.ok(Math.abs(fresh.underWay.mid - 50) < 3, JSON.stringify(fresh.underWay));
  const stale = forecastFlow({
    actual: 0,
    weeks,
    groups: [
      { ...converting(Array.from({ length: 100 }, () => ({ age: 30, size: 1 }))), past: past.map((each) => ({ ...each, count: 0 })) },
    ],
  });
  assert.equal(stale.underWay.high, 0);
});

test('what comes only in the last fortnight brings nothing that takes a fortnight', () => {
  const { toCome } = forecastFlow({ actual: 0, weeks: weeks.slice(0, 1), groups: [converting([])] });
  assert.equal(toCome.high, 0);
  const later = forecastFlow({ actual: 0, weeks, groups: [converting([])] }).toCome.mid;
  // Two a day come, half count, after two weeks: of eight weeks six.
  assert.ok(Math.abs(later - 30) < 4, String(later));
});

test('a single large thing is there or not: the range holds both', () => {
  const { underWay } = forecastFlow({
    actual: 0,
    weeks,
    groups: [{ ...converting([{ age: 0, size: 1_000_000 }]), past: past.map((each) => ({ ...each, count: 0 })) }],
  });
  assert.deepEqual([underWay.low, underWay.high], [0, 1_000_000]);
});

test('what is there and will come only grows week by week, and the same question gets the same answer', () => {
  const asked: FlowAsked = { actual: 7, weeks, groups: [direct, converting([{ age: 3, size: 1 }])] };
  const { weeks: ahead } = forecastFlow(asked);
  for (const [at, week] of ahead.entries()) assert.ok(week.low >= (ahead[at - 1]?.low ?? 7));
  assert.deepEqual(forecastFlow(asked), forecastFlow(asked));
});

test('too little is said to be too little', () => {
  assert.match(
    whyNoFlow({ actual: 0, weeks, groups: [{ ...direct, past: past.slice(0, 2) }] })!,
    /^only 8 weeks are on record; 12 are needed/,
  );
  assert.match(
    whyNoFlow({ actual: 0, weeks, groups: [{ ...direct, past: past.map((each) => ({ ...each, count: 0 })) }] })!,
    /^only 0 came/,
  );
  assert.equal(whyNoFlow({ actual: 0, weeks, groups: [direct] }), null);
  assert.match(whyNoShare({ hits: 1, of: 3, past: { hits: 0, of: 0 }, aDay: 1, workingDaysLeft: 10 })!, /^only 3 are decided/);
  assert.match(whyNoLevel([1, 2, 3])!, /^only 3 months/);
});

test('a share that is nearly decided is nearly known; one that is not leans on the past', () => {
  const late = forecastShare({ hits: 90, of: 100, past: { hits: 50, of: 100 }, aDay: 1, workingDaysLeft: 2 }).value;
  assert.ok(late.low > 0.87 && late.high < 0.93, JSON.stringify(late));
  const early = forecastShare({ hits: 2, of: 2, past: { hits: 50, of: 100 }, aDay: 2, workingDaysLeft: 50 }).value;
  assert.ok(early.low < 0.5 && early.high > 0.5 && early.mid < 0.7, JSON.stringify(early));
  const over = forecastShare({ hits: 9, of: 10, past: { hits: 0, of: 0 }, aDay: 1, workingDaysLeft: 0 }).value;
  assert.deepEqual(over, { mid: 0.9, low: 0.9, high: 0.9 });
});

test('a level goes on as it went, the less surely the further', () => {
  const months = [100, 103, 99, 108, 110, 115, 113, 120, 124, 122, 130];
  const near = forecastLevel(months, 1).value;
  const far = forecastLevel(months, 12).value;
  assert.ok(Math.abs(near.mid - 133) < 1.5 && Math.abs(far.mid - 166) < 4, JSON.stringify([near, far]));
  assert.ok(far.high - far.low > 3 * (near.high - near.low));
});

// ── pace ────────────────────────────────────────────────────────────────────

test('pace by working day: 7 of 20 days gone of a target of 100 asks for 35', () => {
  const pace = flowPace({ target: 100n, value: 30n, direction: 'atLeast', workingDays: 20, workingDaysGone: 7 });
  assert.deepEqual([decimalOf(pace.ideal, 1), decimalOf(pace.gap, 1), pace.gapPercent], ['35', '-5', '-5']);
  assert.deepEqual([decimalOf(pace.neededADay!, 2), decimalOf(pace.soFarADay!, 2)], ['5.38', '4.29']);
  assert.equal(flowPace({ target: 100n, value: 30n, direction: 'atMost', workingDays: 20, workingDaysGone: 7 }).gapPercent, '5');
  const over = flowPace({ target: 100n, value: 120n, direction: 'atLeast', workingDays: 20, workingDaysGone: 20 });
  assert.deepEqual([over.neededADay, over.gapPercent], [null, '20']);
});

test('value = ideal + gap, exactly, for any target and days', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 10n ** 15n }),
      fc.bigInt({ min: 0n, max: 10n ** 15n }),
      fc.integer({ min: 1, max: 300 }),
      fc.nat(300),
      (target, value, days, gone) => {
        const { ideal, gap } = flowPace({ target, value, direction: 'atLeast', workingDays: days, workingDaysGone: Math.min(days, gone) });
        assert.equal(ideal.of + gap.of, value * ideal.by);
      },
    ),
  );
});

test('what a goal is called', () => {
  const asked = {
    direction: 'atLeast',
    hasBegun: true,
    hasEnded: false,
    gapPercent: 0,
    tolerancePercent: 10,
    isMet: false,
    staysMet: true,
  } as const;
  assert.equal(stateOf({ ...asked, hasBegun: false }), 'notStarted');
  assert.equal(stateOf({ ...asked, gapPercent: null }), 'unknown');
  assert.deepEqual(
    [-10.01, -10, 10, 10.01].map((gapPercent) => stateOf({ ...asked, gapPercent })),
    ['behind', 'onPace', 'onPace', 'ahead'],
  );
  assert.equal(stateOf({ ...asked, isMet: true }), 'reached');
  assert.equal(stateOf({ ...asked, isMet: true, staysMet: false }), 'onPace');
  assert.deepEqual(
    [true, false].map((isMet) => stateOf({ ...asked, hasEnded: true, isMet })),
    ['reached', 'missed'],
  );
});

// ── what is done otherwise ──────────────────────────────────────────────────

test('a tighter definition: fewer MQLs, each worth more', () => {
  const change = definitionChange({ passedNow: 1_000, passedThen: 500, kept: 90, lost: 10, gained: 0 })!;
  assert.equal(change.mqls, 0.5);
  const { mid, low, high } = spreadOf(change.onRate);
  assert.ok(Math.abs(mid - 1.8) < 0.03 && low < 1.8 && high > 1.8, JSON.stringify({ mid, low, high }));
  assert.equal(definitionChange({ passedNow: 10, passedThen: 0, kept: 0, lost: 1, gained: 0 }), null);
});

test('if all were tried as soon as some are, they go as those do; too few of those say nothing', () => {
  const tried = [
    { to: 60, leads: 200, converted: 60 },
    { to: 1_440, leads: 200, converted: 20 },
    { to: null, leads: 100, converted: 0 },
  ];
  const { mid } = spreadOf(speedChange(tried, 60, 30)!);
  assert.ok(Math.abs(mid - 150 / 80) < 0.08, String(mid));
  assert.equal(speedChange(tried, 60, 201), null);
  assert.ok(Math.abs(spreadOf(speedChange(tried, 1_440, 30)!).mid - 100 / 80) < 0.05);
});

test('money moved brings what it brings there, less what it brought here; to itself nothing', () => {
  const [good, poor] = [
    { value: 3, low: 2, high: 4 },
    { value: 1, low: 0.5, high: 1.5 },
  ];
  assert.ok(Math.abs(spreadOf(moveChange(1_000, poor, good, 0)).mid - 2_000) < 80);
  assert.ok(Math.abs(spreadOf(moveChange(1_000, null, good, 0)).mid - 3_000) < 80);
  assert.ok(spreadOf(moveChange(1_000, good, null, 0)).high < 0);
});

test('another win rate is told with the chance of both', () => {
  const { low, mid, high } = spreadOf(rateChange({ hits: 30, of: 100 }, { hits: 12, of: 30 }));
  assert.ok(Math.abs(mid - 4 / 3) < 0.05 && low < 1.05 && high > 1.6, JSON.stringify({ low, mid, high }));
});

test('what cannot be worked brings nothing', () => {
  assert.deepEqual([workedShare(200, 100), workedShare(80, 100), workedShare(80, null)], [0.5, 1, 1]);
});

test('quantities are told in their unit', () => {
  assert.deepEqual(
    [
      quantityOf(1234.5, 'amount'),
      quantityOf(12.34, 'count'),
      quantityOf(12, 'count'),
      quantityOf(0.23456, 'share'),
      quantityOf(-0.2, 'amount'),
    ],
    ['1235', '12.3', '12', '0.2346', '0'],
  );
});
