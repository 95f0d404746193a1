import assert from 'node:assert/strict';
import { test } from 'node:test';
import { monthBeside, weeksOf } from './months.ts';

test('a month shows every week that it touches, from Monday', () => {
  assert.deepEqual(weeksOf('2026-02'), ['2026-01-26', '2026-02-02', '2026-02-09', '2026-02-16', '2026-02-23']);
  assert.deepEqual(weeksOf('2027-02'), ['2027-02-01', '2027-02-08', '2027-02-15', '2027-02-22'], 'four weeks exactly');
  assert.equal(weeksOf('2026-08').length, 6);
});

test('months go on over the end of a year', () => {
  assert.equal(monthBeside('2026-12', 1), '2027-01');
  assert.equal(monthBeside('2026-01', -1), '2025-12');
});
