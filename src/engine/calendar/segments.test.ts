import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Interval } from './calendar.ts';
import { weekdays } from './calendar.ts';
import { deadlineOver, elapsedOver, pausedDuring, type Segment } from './segments.ts';
import { compileCalendar, withAbsences } from './working-time.ts';

const minute = 60_000;
const hour = 60 * minute;
const ms = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;
const iso = (at: number | null): string | null => (at === null ? null : Temporal.Instant.fromEpochMilliseconds(at).toString());
const daily = (timeZone: string, ...intervals: Interval[]) => ({
  timeZone,
  weekly: Object.fromEntries(weekdays.map((weekday) => [weekday, intervals])),
});

const berlin = compileCalendar(daily('Europe/Berlin', ['09:00', '17:00']));
const newYork = compileCalendar(daily('America/New_York', ['09:00', '17:00']));
const monday = ms('2026-06-01T06:00:00Z');

test('a lead that changes hands runs in each owner’s calendar in turn', () => {
  const handed: Segment[] = [
    { from: monday, time: berlin },
    { from: ms('2026-06-01T10:00:00Z'), time: newYork },
  ];
  // Berlin opens at 07:00 UTC: three hours by the hand-over. New York opens at 13:00 UTC.
  assert.equal(iso(deadlineOver(handed, monday, 3 * hour)), '2026-06-01T10:00:00Z');
  assert.equal(iso(deadlineOver(handed, monday, 4 * hour)), '2026-06-01T14:00:00Z');
  assert.equal(elapsedOver(handed, monday, ms('2026-06-01T14:00:00Z')), 4 * hour);
  assert.equal(elapsedOver(handed, ms('2026-06-01T14:00:00Z'), monday), 0);
  assert.equal(deadlineOver(handed, monday, 0), monday);
});

test('a clock that starts before its first segment runs in that one', () => {
  assert.equal(iso(deadlineOver([{ from: ms('2026-06-02T00:00:00Z'), time: berlin }], monday, hour)), '2026-06-01T08:00:00Z');
});

test('nothing runs during a pause; one without an end has no deadline', () => {
  const pauses = [
    { from: ms('2026-06-01T08:00:00Z'), until: ms('2026-06-01T09:00:00Z') },
    { from: ms('2026-06-01T08:30:00Z'), until: ms('2026-06-01T11:00:00Z') },
  ];
  const paused = pausedDuring([{ from: monday, time: berlin }], pauses);
  assert.equal(iso(deadlineOver(paused, monday, 2 * hour)), '2026-06-01T12:00:00Z');
  assert.equal(iso(deadlineOver(paused, monday, hour)), '2026-06-01T08:00:00Z', 'it was over as the pause began');
  assert.equal(deadlineOver(pausedDuring([{ from: monday, time: berlin }], [{ from: monday, until: Infinity }]), monday, 1), null);
});

test('nobody’s calendar is refused', () => {
  assert.throws(() => deadlineOver([], monday, hour), /at least one segment/);
  assert.throws(() => elapsedOver([], monday, monday + hour), /at least one segment/);
});

const quarters = fc.integer({ min: 0, max: 8 * 96 });
const handOvers = fc.array(fc.tuple(quarters, fc.constantFrom(berlin, newYork)), { minLength: 1, maxLength: 5 });
const pauses = fc.array(fc.tuple(quarters, fc.integer({ min: 0, max: 96 })), { maxLength: 4 });

test('segments with pauses agree with a walk of five minutes a step', () => {
  fc.assert(
    fc.property(handOvers, pauses, quarters, fc.integer({ min: 0, max: 40 * 12 }), (handed, paused, offset, fives) => {
      const segments = handed.map(([at, time]) => ({ from: monday + at * 15 * minute, time })).sort((one, other) => one.from - other.from);
      const spans = paused.map(([at, length]) => ({ from: monday + at * 15 * minute, until: monday + (at + length) * 15 * minute }));
      const over = pausedDuring(segments, spans);
      const [start, working] = [monday + offset * 15 * minute, fives * 5 * minute];
      let [at, left] = [start, working];
      for (; left > 0; at += 5 * minute) {
        const { time } = segments.findLast(({ from }) => from <= at) ?? segments[0]!;
        if (time.isOpen(at) && !spans.some(({ from, until }) => from <= at && at < until)) left -= 5 * minute;
      }
      assert.equal(iso(deadlineOver(over, start, working)), iso(at));
      assert.equal(elapsedOver(over, start, at), working);
    }),
    { numRuns: 300 },
  );
});

test('a pause is an absence on all of them', () => {
  const pause = { from: '2026-06-01T08:00:00Z', to: '2026-06-02T11:00:00Z' };
  const away = compileCalendar(withAbsences(daily('Europe/Berlin', ['09:00', '17:00']), [pause]));
  const paused = pausedDuring([{ from: monday, time: berlin }], [{ from: ms(pause.from), until: ms(pause.to) }]);
  for (let worked = 0; worked < 20; worked++)
    assert.equal(iso(deadlineOver(paused, monday, worked * hour)), iso(away.deadline(monday, worked * hour)));
});
