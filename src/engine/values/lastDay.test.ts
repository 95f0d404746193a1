import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysBetween, readLastDay } from './lastDay.ts';
import { Refused } from './outcome.ts';
import { zoneNamed } from './zone.ts';

const reading = { style: null, zone: zoneNamed('UTC') };
const last = (text: string, unit: Parameters<typeof readLastDay>[1]) => {
  const day = readLastDay(text, unit, reading);
  return day instanceof Refused ? day.reason : day;
};

test('a day is itself, whatever way it is written', () => {
  for (const text of ['2026-01-05', '05.01.2026', 'Jan 5, 2026', 'Mon, Jan 5, 2026', '5 January 2026'])
    assert.equal(last(text, 'day'), '2026-01-05', text);
});

test('a week ends six days after it begins, over the end of a year as well', () => {
  assert.equal(last('2025-12-29', 'week'), '2026-01-04');
});

test('a month, a quarter, a year end on their last day, begun or named', () => {
  for (const text of ['2024-02-01', '2024-02', 'February 2024', 'Feb 2024', '2024-02-15'])
    assert.equal(last(text, 'month'), '2024-02-29', text);
  for (const text of ['2026-04-01', '2026-Q2', 'Q2 2026', '2026-05-20']) assert.equal(last(text, 'quarter'), '2026-06-30', text);
  for (const text of ['2026', '2026-01-01', '2026-07-04']) assert.equal(last(text, 'year'), '2026-12-31', text);
});

test('what is none is refused in words', () => {
  assert.match(last('soon', 'month'), /“soon” is no month; write its first day/);
  assert.match(last('2026-02-31', 'day'), /doesn’t exist/);
});

test('a range counts both of its ends', () => {
  assert.deepEqual(
    [daysBetween('2026-01-01', '2026-01-01'), daysBetween('2026-01-01', '2026-01-31'), daysBetween('2025-12-31', '2026-01-01')],
    [1, 31, 2],
  );
});
