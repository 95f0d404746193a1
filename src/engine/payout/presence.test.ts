import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ada, evidenceOf, january, linesOf, planOf, rate, through, won, wonAmount } from '#tests/support/paid.ts';
import { dayNumberOf } from '../calendar/reading.ts';
import { byDays, daysPresent, quotaLeft, type Stay, tenure } from './presence.ts';
import { readPeriod } from './periods.ts';

const stay = (first: string | null, last: string | null, away: Stay['away'] = []): Stay => ({
  first: first === null ? null : dayNumberOf(first),
  last: last === null ? null : dayNumberOf(last),
  away,
});
const january2026 = readPeriod('2026-01');
const payee = { ...ada, side: 'sales', startedOn: null, endedOn: null, ramp: ['25', '50', '75'], poolWeight: null } as const;

test('golden: days present, both ends included, without the days away', () => {
  const count = (one: Stay) => daysPresent(one, january2026.first, january2026.last);
  assert.equal(count(stay(null, null)), 31);
  assert.equal(count(stay('2026-01-31', null)), 1);
  assert.equal(count(stay('2026-01-10', '2026-01-19')), 10);
  assert.equal(count(stay('2026-02-01', null)), 0);
  const away = [{ from: dayNumberOf('2025-12-30'), until: dayNumberOf('2026-01-02') }];
  assert.equal(count(stay('2026-01-02', '2026-01-19', away)), 17);
});

test('golden: a ramp is by month since the start’s own', () => {
  // quota 1,000 a month, started on 1 December 2025: January is the second month
  assert.equal(quotaLeft(1000n, payee, stay('2025-12-01', null), january2026, 'days'), 500n);
  // a quarter of three months: (31 × 50 + 28 × 75 + 31 × 100) ÷ (90 × 100) of 9,000
  assert.equal(quotaLeft(9000n, payee, stay('2025-12-20', null), readPeriod('2026-Q1'), 'days'), 6_750n);
  assert.equal(quotaLeft(1000n, payee, stay(null, null), january2026, 'days'), 1000n);
});

test('golden: ramp and days together', () => {
  // from 17 January 15 of 31 days at 25 % of 124,000
  assert.equal(quotaLeft(124_000n, payee, stay('2026-01-17', null), january2026, 'days'), 15_000n);
  assert.equal(quotaLeft(124_000n, payee, stay('2026-01-17', null), january2026, 'none'), 31_000n);
});

test('golden: a year of somebody who came in July', () => {
  // 184 of 365 days, of which 31 at a quarter, 31 at half, 30 at three quarters
  // at 1,000 a day: 7,750 + 15,500 + 22,500 + 92,000
  assert.equal(quotaLeft(365_000n, payee, stay('2026-07-01', null), readPeriod('2026'), 'days'), 137_750n);
});

test('where nobody was there, the whole quota stands', () => {
  assert.equal(quotaLeft(1000n, payee, stay('2026-02-01', null), january2026, 'days'), 1000n);
});

test('an amount for the days is rounded once, halves to the even unit', () => {
  assert.equal(byDays(31n, stay('2026-01-17', null), january2026, 'days'), 15n);
  assert.equal(byDays(100n, stay('2026-01-17', null), january2026, 'days'), 48n); // 48.387…
  assert.equal(byDays(100n, stay('2026-01-17', null), january2026, 'none'), 100n);
  assert.equal(byDays(100n, stay('2026-02-17', null), january2026, 'none'), 0n);
});

test('which period of somebody’s time it is', () => {
  assert.equal(tenure(stay('2026-01-31', null), january2026), 1);
  assert.equal(tenure(stay('2025-11-30', null), january2026), 3);
  assert.equal(tenure(stay('2025-12-31', null), readPeriod('2026-Q1')), 2);
  assert.equal(tenure(stay(null, null), january2026), null);
});

test('golden: a target of a bonus is for the days, and the attainment by the quota of the days', () => {
  // 15 of 31 days: target 310 → 150; quota 3,100 → 1,500; credit 1,500 is 100 %
  const payees = [{ ...ada, startedOn: '2026-01-17', quotas: { quota: '310000' } }];
  const bonus = {
    kind: 'bonus',
    id: 'bonus',
    name: 'Bonus',
    target: { amount: '31000' },
    metric: { from: 'attainment', measure: wonAmount, quota: 'quota' },
    curve: [
      { at: '0', pays: '0' },
      { at: '100', pays: '100' },
    ],
  };
  assert.deepEqual(january({ payees, components: [bonus] }, { facts: [won('d', '2026-01-20', '150000')] }), [['bonus', 15_000n]]);
});

test('what counts before the first day or after the last earns nothing, unless the plan leaves some days', () => {
  const payees = [{ ...ada, startedOn: '2026-01-10', endedOn: '2026-01-20' }];
  const facts = ['2026-01-09', '2026-01-10', '2026-01-20', '2026-01-21', '2026-01-26'].map((on) => won(on, on, '1000'));
  assert.deepEqual(january({ payees, components: [rate()] }, { facts }), [['rate', 200n]]);
  assert.deepEqual(january({ payees, components: [rate()], creditDaysAfterLeaving: 5 }, { facts }), [['rate', 300n]]);
});

test('what employment says counts before the plan', () => {
  const plan = planOf({ payees: [{ ...ada, endedOn: '2026-12-31' }], components: [rate()] });
  const facts = [won('d', '2026-01-20', '1000')];
  const employment = [{ payee: 'ada', endedOn: '2026-01-15' }];
  assert.deepEqual(linesOf(through(plan, '2026-01', evidenceOf({ facts, employment })), '2026-01', 'ada'), []);
});

test('overlapping days away count once', () => {
  const employment = [
    {
      payee: 'ada',
      away: [
        { from: '2026-01-05', until: '2026-01-10' },
        { from: '2026-01-08', until: '2026-01-12' },
      ],
    },
  ];
  const floor = { kind: 'floor', id: 'floor', name: 'Floor', amount: '31000' };
  assert.deepEqual(january({ terms: [floor] }, { employment }), [['floor', 23_000n]]);
});
