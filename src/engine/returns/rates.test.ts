import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cycleDays } from './cycle.ts';
import { closeRate, countedRate, statedRate, winRate } from './rates.ts';

test('golden: 25 won and 75 lost is a win rate of 25 %, between 17.5 and 34.3 %', () => {
  const { value, range, small } = winRate({ won: 25, lost: 75 });
  assert.deepEqual([value, small], [0.25, false]);
  assert.deepEqual([range!.low.toFixed(4), range!.high!.toFixed(4)], ['0.1755', '0.3430']);
});

test('without a deal closed there is no win rate, not one of 0', () => {
  assert.deepEqual([winRate({ won: 0, lost: 0 }).value, winRate({ won: 0, lost: 0 }).reason], [null, 'not a number: no deal was closed']);
  assert.equal(winRate({ won: 0, lost: 3 }).value, 0);
});

test('a cohort that is too young has no close rate yet, and says so', () => {
  assert.equal(closeRate({ leads: 140, won: 7, tooYoung: 0 }).value, 0.05);
  assert.equal(closeRate({ leads: 0, won: 0, tooYoung: 12 }).reason, 'not a number: all 12 leads are too young to tell');
  assert.equal(closeRate({ leads: 0, won: 0, tooYoung: 0 }).reason, 'not a number: there was no lead');
});

test('a counted rate is exact and has an interval, a stated one has none', () => {
  assert.deepEqual(countedRate(1, 3)?.exact, { numerator: 1n, denominator: 3n });
  assert.equal(countedRate(0, 0), null);
  assert.equal(statedRate('0.25').range, null);
});

test('the cycle is told by median and 90th percentile, never by the mean', () => {
  const { median, p90 } = cycleDays([10, 20, 30, 40, 500, 60, 70, 80, 90, 100]);
  assert.deepEqual([median.value, p90.value], [60, 100]);
  assert.equal(cycleDays([]).median.reason, 'not a number: no deal was won');
});
