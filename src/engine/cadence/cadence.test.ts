import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { zoneNamed } from '../values/zone.ts';
import { arrange, type Candidate } from './agenda.ts';
import { writeCalendar } from './calendar-file.ts';
import { healthOf } from './health.ts';
import { occurrencesBetween, type SeriesTimes } from './recurrence.ts';

const berlin = zoneNamed('Europe/Berlin');
const weekly: SeriesTimes = {
  recurrence: { every: 'week', interval: 1, weekday: 'tue' },
  startsOn: '2026-03-01',
  endsOn: null,
  at: '09:30',
  onDayOff: 'nextWorkingDay',
};
const days = (times: SeriesTimes, from: string, to: string, off: readonly string[] = []) =>
  occurrencesBetween(times, berlin, { from, to }, (day) => off.includes(day)).map(({ day }) => day);
const instants = (times: SeriesTimes, from: string, to: string) =>
  occurrencesBetween(times, berlin, { from, to }, () => false).map(({ startsAt }) => new Date(startsAt).toISOString());

test('a weekly meeting keeps its wall time over the change of the clock', () => {
  assert.deepEqual(instants(weekly, '2026-03-23', '2026-04-01'), ['2026-03-24T08:30:00.000Z', '2026-03-31T07:30:00.000Z']);
});

test('every second week counts from the week the series starts in', () => {
  const fortnightly: SeriesTimes = { ...weekly, recurrence: { every: 'week', interval: 2, weekday: 'thu' }, startsOn: '2026-11-25' };
  assert.deepEqual(days(fortnightly, '2026-11-01', '2026-12-31'), ['2026-11-26', '2026-12-10', '2026-12-24']);
});

test('a day off moves the meeting to the next working day, leaves it out, or is no matter', () => {
  const off = ['2026-03-03', '2026-03-04'];
  assert.deepEqual(days(weekly, '2026-03-03', '2026-03-03', off), ['2026-03-05']);
  assert.deepEqual(days({ ...weekly, onDayOff: 'skip' }, '2026-03-03', '2026-03-03', off), []);
  assert.deepEqual(days({ ...weekly, onDayOff: 'keep' }, '2026-03-03', '2026-03-03', off), ['2026-03-03']);
});

test('the first Monday of a month, the last Friday, and a quarter’s', () => {
  const monthly = (nth: 1 | 'last', weekday: 'mon' | 'fri'): SeriesTimes => ({
    ...weekly,
    recurrence: { every: 'month', nth, weekday },
    startsOn: '2026-01-01',
  });
  assert.deepEqual(days(monthly(1, 'mon'), '2026-01-01', '2026-04-30'), ['2026-01-05', '2026-02-02', '2026-03-02', '2026-04-06']);
  assert.deepEqual(days(monthly('last', 'fri'), '2026-01-01', '2026-03-31'), ['2026-01-30', '2026-02-27', '2026-03-27']);
  const quarterly: SeriesTimes = { ...weekly, recurrence: { every: 'quarter', month: 1, nth: 2, weekday: 'wed' }, startsOn: '2026-01-01' };
  assert.deepEqual(days(quarterly, '2026-01-01', '2026-12-31'), ['2026-01-14', '2026-04-08', '2026-07-08', '2026-10-14']);
});

test('of any window, the occurrences are those of the days in it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 200 }),
      fc.integer({ min: 0, max: 200 }),
      fc.integer({ min: 1, max: 4 }),
      (a, length, interval) => {
        const day = (n: number) => new Date(Date.UTC(2026, 2, 1 + n)).toISOString().slice(0, 10);
        const times: SeriesTimes = { ...weekly, recurrence: { every: 'week', interval, weekday: 'fri' } };
        const whole = days(times, day(0), day(400));
        assert.deepEqual(
          days(times, day(a), day(a + length)),
          whole.filter((each) => each >= day(a) && each <= day(a + length)),
        );
      },
    ),
  );
});

const event = {
  uid: 'm1@accord',
  sequence: 2,
  startsAt: Date.UTC(2026, 10, 27, 9),
  endsAt: Date.UTC(2026, 10, 27, 9, 30),
  changedAt: Date.UTC(2026, 10, 20, 8, 0, 0, 512),
  title: 'Smarketing; “weekly”, part 2\\3',
  description: 'First line\nsecond line that is long enough to be folded because it has more than seventy-five octets: äöü äöü äöü',
  url: 'https://accord.example.com/meetings/m1',
  location: null,
  cancelled: false,
};

test('a calendar file escapes texts, folds at 75 octets of UTF-8 and ends its lines as the standard wants', () => {
  const file = writeCalendar('Nordwind', [event]);
  for (const line of file.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
  assert.ok(!/[^\r]\n/.test(file));
  const unfolded = file.replaceAll('\r\n ', '');
  assert.match(unfolded, /SUMMARY:Smarketing\\; “weekly”\\, part 2\\\\3\r\n/);
  assert.match(unfolded, /DESCRIPTION:First line\\nsecond line/);
  assert.match(unfolded, /DTSTART:20261127T090000Z\r\nDTEND:20261127T093000Z/);
  assert.match(unfolded, /DTSTAMP:20261120T080000Z/);
});

test('nothing typed into a title can begin a line of its own', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (title) => {
      const lines = writeCalendar('x', [{ ...event, title }])
        .replaceAll('\r\n ', '')
        .split('\r\n');
      assert.equal(lines.filter((line) => line.startsWith('BEGIN:VEVENT')).length, 1);
      assert.equal(
        lines.length,
        writeCalendar('x', [{ ...event, title: 'x' }])
          .replaceAll('\r\n ', '')
          .split('\r\n').length,
      );
    }),
  );
});

const candidate = (kind: Candidate['kind'], key: string, more: Partial<Candidate> = {}): Candidate => ({
  kind,
  key,
  stake: null,
  weight: 0.5,
  daysLate: 0,
  minutes: 5,
  ...more,
});
const keys = (planned: readonly { candidate: Candidate }[]) => planned.map(({ candidate: { key } }) => key);

test('unfinished actions come first, the latest before others; then what the cost names first, then what is most at stake; a win ends it', () => {
  const planned = arrange(
    [
      candidate('win', 'win'),
      candidate('breach', 'small', { stake: 100n }),
      candidate('campaign', 'unpriced'),
      candidate('rejections', 'dear', { stake: 90_000n }),
      candidate('action', 'new'),
      candidate('action', 'late', { daysLate: 9 }),
      candidate('cost', 'illness', { stake: 50n }),
    ],
    [],
    60,
  );
  assert.deepEqual(keys(planned), ['late', 'new', 'illness', 'dear', 'small', 'unpriced', 'win']);
});

test('what people placed, dropped and gave time to is kept through a refresh', () => {
  const candidates = [candidate('breach', 'a', { stake: 9n }), candidate('goal', 'b'), candidate('theme', 'c')];
  const planned = arrange(
    candidates,
    [
      { key: 'c', place: 0, dropped: false, minutes: 15 },
      { key: 'b', place: null, dropped: true, minutes: null },
    ],
    30,
  );
  assert.deepEqual(keys(planned), ['c', 'a']);
  assert.equal(planned[0]?.minutes, 15);
});

test('what doesn’t fit into the time is marked, and nothing is lost or doubled', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ key: fc.string(), minutes: fc.integer({ min: 1, max: 20 }) }), {
        selector: ({ key }) => key,
        maxLength: 20,
      }),
      fc.array(fc.record({ at: fc.nat(25), place: fc.nat(25) })),
      (given, moves) => {
        const candidates = given.map(({ key, minutes }) => candidate('breach', key, { minutes }));
        const arrangements = moves.flatMap(({ at, place }) =>
          given[at] ? [{ key: given[at].key, place, dropped: false, minutes: null }] : [],
        );
        const planned = arrange(candidates, arrangements, 30);
        assert.deepEqual(keys(planned).toSorted(), given.map(({ key }) => key).toSorted());
        let used = 0;
        for (const { minutes, ifTime } of planned) assert.equal(ifTime, (used += minutes) > 27);
      },
    ),
  );
});

test('health is told in shares, and of nothing there is none', () => {
  const tally = { due: 4, held: 3, expected: 20, came: 13, deciding: 2, actionsDue: 6, closedInTime: 3, closedLate: 1 };
  assert.deepEqual(healthOf(tally), {
    heldPercent: 75,
    attendedPercent: 65,
    decidingPercent: 66.7,
    actedOnPercent: 66.7,
    actedInTimePercent: 50,
  });
  assert.equal(healthOf({ ...tally, due: 0 }).heldPercent, null);
});
