import assert from 'node:assert/strict';
import { test } from 'node:test';
import { weekdays } from '#engine/calendar/calendar.ts';
import type { Week } from '#features/agreement/contract/calendars.ts';
import { hoursAWeek, readTime, weekSentence } from './week.ts';

const week = (days: Partial<Week>): Week => ({ ...(Object.fromEntries(weekdays.map((day) => [day, []])) as unknown as Week), ...days });
const long: [string, string][] = [
  ['09:00', '12:30'],
  ['13:15', '17:45'],
];

test('days alike are named once', () => {
  const weekly = week({ mon: long, tue: long, wed: long, thu: long, fri: [['09:00', '16:00']], sun: long });
  assert.equal(weekSentence(weekly), 'Mon–Thu 09:00–12:30, 13:15–17:45 · Fri 09:00–16:00 · Sun 09:00–12:30, 13:15–17:45');
  assert.equal(hoursAWeek(weekly), 47);
  assert.equal(weekSentence(week({})), 'No working hours');
});

test('times are read as people type them', () => {
  const typed = ['9', '09', '930', '0930', '9:30', '9.30', '9h30', '24', '24:00', '24:30', '9:99', 'noon'];
  assert.deepEqual(typed.map(readTime), [
    '09:00',
    '09:00',
    '09:30',
    '09:30',
    '09:30',
    '09:30',
    '09:30',
    '24:00',
    '24:00',
    '24:30',
    '9:99',
    'noon',
  ]);
});
