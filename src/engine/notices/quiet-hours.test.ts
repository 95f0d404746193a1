import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type QuietHours, quietUntil } from './quiet-hours.ts';

const at = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds;
const always = (): boolean => true;
const weekdaysOnly = (day: string): boolean => Temporal.PlainDate.from(day).dayOfWeek < 6;
const night: QuietHours = { from: '19:00', until: '07:00', freeDays: false };
const until = (instant: string, quiet: QuietHours, zone = 'Europe/Berlin', works: (day: string) => boolean = always): string | null => {
  const end = quietUntil(at(instant), quiet, zone, works);
  return end === null ? null : Temporal.Instant.fromEpochMilliseconds(end).toString();
};

test('over midnight: quiet from the evening on, until the morning of the next day, in the person’s zone', () => {
  // Berlin is an hour ahead in winter, two in summer.
  assert.equal(until('2026-01-14T17:59:00Z', night), null);
  assert.equal(until('2026-01-14T18:00:00Z', night), '2026-01-15T06:00:00Z');
  assert.equal(until('2026-01-15T05:59:59Z', night), '2026-01-15T06:00:00Z');
  assert.equal(until('2026-01-15T06:00:00Z', night), null);
  assert.equal(until('2026-07-14T17:00:00Z', night), '2026-07-15T05:00:00Z');
  assert.equal(until('2026-01-14T18:00:00Z', night, 'America/New_York'), null);
});

test('within a day, and none at all where both are the same', () => {
  const noon: QuietHours = { from: '12:00', until: '13:30', freeDays: false };
  assert.equal(until('2026-01-14T11:15:00Z', noon), '2026-01-14T12:30:00Z');
  assert.equal(until('2026-01-14T12:30:00Z', noon), null);
  assert.equal(until('2026-01-14T11:15:00Z', { ...noon, until: '12:00' }), null);
});

test('days off are quiet all day, and the night before Monday ends with the night', () => {
  const quiet = { ...night, freeDays: true };
  // A Friday evening, a Saturday noon, a Sunday just before midnight.
  for (const moment of ['2026-01-16T18:30:00Z', '2026-01-17T11:00:00Z', '2026-01-18T22:59:00Z'])
    assert.equal(until(moment, quiet, 'Europe/Berlin', weekdaysOnly), '2026-01-19T06:00:00Z', moment);
  assert.equal(
    until('2026-01-17T11:00:00Z', { ...quiet, from: '00:00', until: '00:00' }, 'Europe/Berlin', weekdaysOnly),
    '2026-01-18T23:00:00Z',
  );
});

test('the night in which the clock goes forward ends at the wall time', () => {
  assert.equal(until('2026-03-28T22:00:00Z', night), '2026-03-29T05:00:00Z');
  assert.equal(until('2026-03-28T22:00:00Z', { ...night, until: '02:30' }), '2026-03-29T01:30:00Z');
});

test('somebody who never works is reached all the same', () => {
  const end = until('2026-01-14T11:00:00Z', { ...night, freeDays: true }, 'Europe/Berlin', () => false);
  assert.ok(end !== null && end < '2026-04-01', `${end}`);
});

test('whatever is chosen, the end lies ahead and is not quiet itself', () => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((each) => String(each).padStart(2, '0')).join(':'));
  const zones = fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'Pacific/Apia', 'Africa/Cairo', 'UTC');
  fc.assert(
    fc.property(
      fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') }),
      time,
      time,
      fc.boolean(),
      zones,
      (moment, from, to, freeDays, zone) => {
        const quiet = { from, until: to, freeDays };
        const end = quietUntil(moment, quiet, zone, weekdaysOnly);
        if (end === null) return;
        assert.ok(end > moment);
        assert.equal(quietUntil(end, quiet, zone, weekdaysOnly), null);
      },
    ),
    { numRuns: 300 },
  );
});
