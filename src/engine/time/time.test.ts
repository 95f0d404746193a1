import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dayNumber } from '#engine/values/calendarDay.ts';
import { monthNumber, monthOfDay, monthText } from './months.ts';
import { dayReader } from './zone-days.ts';

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'America/Sao_Paulo',
  'Africa/Casablanca',
];
const dayByTemporal = (zone: string, microseconds: number): number => {
  const at = Temporal.Instant.fromEpochNanoseconds(BigInt(microseconds) * 1000n).toZonedDateTimeISO(zone);
  return dayNumber(at.year, at.month, at.day);
};

test('a day changes at midnight of the zone, also around changes of its clock', () => {
  const berlin = dayReader('Europe/Berlin');
  const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds * 1000;
  assert.equal(berlin(at('2026-03-28T22:59:59.999Z')), dayNumber(2026, 3, 28));
  assert.equal(berlin(at('2026-03-28T23:00:00Z')), dayNumber(2026, 3, 29), 'winter time: midnight is 23:00 UTC');
  assert.equal(berlin(at('2026-03-29T21:59:59Z')), dayNumber(2026, 3, 29));
  assert.equal(berlin(at('2026-03-29T22:00:00Z')), dayNumber(2026, 3, 30), 'summer time: midnight is 22:00 UTC');
  assert.equal(berlin(at('2026-10-25T22:59:59Z')), dayNumber(2026, 10, 25), 'a day of 25 hours');
  assert.equal(dayReader('Pacific/Apia')(at('2011-12-30T10:00:00Z')), dayNumber(2011, 12, 31), 'Samoa left out 30 December 2011');
});

test('days equal those of Temporal at any instant, and at the changes themselves', () => {
  const readers = new Map(zones.map((zone) => [zone, dayReader(zone)]));
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.array(fc.integer({ min: -5e15, max: 5e15 }), { minLength: 1, maxLength: 20 }),
      (zone, instants) => {
        for (const instant of instants) assert.equal(readers.get(zone)!(instant), dayByTemporal(zone, instant));
      },
    ),
    { numRuns: 300 },
  );
  for (const zone of zones) {
    let at: Temporal.ZonedDateTime | null = Temporal.Instant.from('1960-01-01T00:00:00Z').toZonedDateTimeISO(zone);
    while ((at = at.getTimeZoneTransition('next')) && at.year < 2040)
      for (const off of [-1, 0, 1])
        assert.equal(
          readers.get(zone)!(at.epochMilliseconds * 1000 + off),
          dayByTemporal(zone, at.epochMilliseconds * 1000 + off),
          `${zone} ${at} ${off}`,
        );
  }
});

test('an unknown zone is refused at once', () => {
  assert.throws(() => dayReader('Mars/Olympus'), RangeError);
});

test('months follow from days and back', () => {
  assert.equal(monthText(monthOfDay(dayNumber(2026, 11, 30))), '2026-11');
  assert.equal(monthText(monthOfDay(dayNumber(1969, 12, 31))), '1969-12');
  assert.equal(monthNumber('2026-13'), null);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }), (year, month, day) => {
      const number = monthOfDay(dayNumber(year, month, day));
      assert.equal(number, year * 12 + month - 1);
      assert.equal(monthNumber(monthText(number)), number);
    }),
  );
});
