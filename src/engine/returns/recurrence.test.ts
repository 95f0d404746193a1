import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dayNumber, dayText } from '#engine/values/calendarDay.ts';
import { dueDays, type Rhythm } from './recurrence.ts';

test('every month on the 31st is the last day of the shorter ones, also in a leap year', () => {
  assert.deepEqual(dueDays({ every: 'month', dayOfMonth: 31, from: '2028-01-31', to: '2028-04-30' }), [
    '2028-01-31',
    '2028-02-29',
    '2028-03-31',
    '2028-04-30',
  ]);
});

test('the first is the first such day from the beginning on; quarters and years count from it', () => {
  assert.deepEqual(dueDays({ every: 'quarter', dayOfMonth: 1, from: '2026-01-15', to: '2026-11-30' }), [
    '2026-02-01',
    '2026-05-01',
    '2026-08-01',
    '2026-11-01',
  ]);
  assert.deepEqual(dueDays({ every: 'year', dayOfMonth: 30, from: '2027-02-28', to: '2029-02-27' }), ['2027-02-28', '2028-02-29']);
});

test('both ends are included, and an end before the first day leaves none', () => {
  assert.deepEqual(dueDays({ every: 'month', dayOfMonth: 15, from: '2026-12-15', to: '2027-01-15' }), ['2026-12-15', '2027-01-15']);
  assert.deepEqual(dueDays({ every: 'month', dayOfMonth: 15, from: '2026-12-16', to: '2027-01-14' }), []);
});

test('property: every month of the stretch has one day, in it and as late in the month as asked', () => {
  const day = fc.integer({ min: dayNumber(2000, 1, 1), max: dayNumber(2040, 1, 1) });
  fc.assert(
    fc.property(day, fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 1, max: 31 }), (from, length, dayOfMonth) => {
      const stretch = { from: dayText(from), to: dayText(from + length) };
      const due = (every: Rhythm) => dueDays({ every, dayOfMonth, ...stretch });
      const monthly = due('month');
      assert.ok(monthly.every((each) => stretch.from <= each && each <= stretch.to));
      assert.equal(new Set(monthly.map((each) => each.slice(0, 7))).size, monthly.length);
      assert.ok(monthly.length >= Math.floor(length / 31) - 1);
      assert.deepEqual(
        due('quarter'),
        monthly.filter((_, at) => at % 3 === 0),
      );
      assert.deepEqual(
        due('year'),
        monthly.filter((_, at) => at % 12 === 0),
      );
    }),
  );
});
