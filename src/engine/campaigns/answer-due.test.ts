import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileCalendar } from '../calendar/working-time.ts';
import { answerDueAt, answerStanding, daysLate } from './answer-due.ts';

const day = [['09:00', '17:00']] as const;
const working = compileCalendar({
  timeZone: 'Europe/Berlin',
  weekly: { mon: day, tue: day, wed: day, thu: day, fri: day },
  holidays: ['2026-04-03', '2026-04-06'],
});
const ms = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds;

test('ten working days on, over a weekend and holidays, at the end of that day', () => {
  // Proposed on Wednesday 25 March; Good Friday and Easter Monday are off: 26 27 30 31 1 2 7 8 9 10.
  assert.equal(answerDueAt(working, ms('2026-03-25T15:00:00Z'), 10), ms('2026-04-10T15:00:00Z'));
  assert.equal(answerDueAt(working, ms('2026-03-28T12:00:00Z'), 1), ms('2026-03-30T15:00:00Z'), 'proposed on a Saturday');
});

test('in time up to the due moment, late after it; open and overdue without an answer', () => {
  const dueAt = ms('2026-04-10T15:00:00Z');
  const standing = (answeredAt: number | null, now: number, isOpen = true) => answerStanding({ dueAt, answeredAt, isOpen }, now);
  assert.deepEqual([standing(dueAt, dueAt + 9), standing(dueAt + 1, dueAt + 9)], ['inTime', 'late']);
  assert.deepEqual([standing(null, dueAt), standing(null, dueAt + 1), standing(null, dueAt + 1, false)], ['open', 'overdue', 'none']);
  assert.equal(answerStanding({ dueAt: null, answeredAt: null, isOpen: true }, dueAt), 'open', 'no working day in sight');
});

test('lateness is told in working days, at least one', () => {
  assert.deepEqual(
    ['2026-04-10', '2026-04-11', '2026-04-13', '2026-04-14'].map((on) => daysLate(working, '2026-04-10', on)),
    [1, 1, 1, 2],
  );
});
