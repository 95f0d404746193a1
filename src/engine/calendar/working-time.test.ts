import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Calendar, Interval } from './calendar.ts';
import { weekdays } from './calendar.ts';
import { compileCalendar, withAbsences } from './working-time.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const ms = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;
const iso = (at: number | null): string | null => (at === null ? null : Temporal.Instant.fromEpochMilliseconds(at).toString());

const zones = [
  'UTC',
  'Europe/Paris',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe', // changes by half an hour
  'Pacific/Apia', // left out 30 December 2011
  'America/Sao_Paulo', // changed at midnight until 2019
  'America/Havana', // midnight occurs twice
  'Africa/Casablanca',
  'America/St_Johns', // changed at 00:01 until 2011
];
const everyDay = (...intervals: Interval[]): Calendar['weekly'] => Object.fromEntries(weekdays.map((weekday) => [weekday, intervals]));
const office: Interval[] = [
  ['09:00', '12:30'],
  ['13:30', '18:00'],
];
const workweek: Calendar['weekly'] = { mon: office, tue: office, wed: office, thu: office, fri: office };

// ── by hand ─────────────────────────────────────────────────────────────────

test('the example of the agreement: eight hours from Friday evening end on Monday, in summer time', () => {
  const paris = compileCalendar({ timeZone: 'Europe/Paris', weekly: workweek, holidays: ['2026-04-06'] });
  const friday = ms('2026-03-27T20:00:00Z');
  assert.equal(iso(paris.deadline(friday, 480 * minute)), '2026-03-30T16:00:00Z', 'the end of Monday, not the beginning of Tuesday');
  assert.equal(iso(paris.deadline(friday, 481 * minute)), '2026-03-31T07:01:00Z');
  assert.equal(paris.elapsed(friday, ms('2026-04-02T10:00:00Z')), 1620 * minute);
  assert.equal(iso(paris.deadline(ms('2026-04-03T15:30:00Z'), 31 * minute)), '2026-04-07T07:01:00Z', 'Easter Monday is left out');
});

test('nothing to do is due at once, also at night', () => {
  const paris = compileCalendar({ timeZone: 'Europe/Paris', weekly: workweek });
  const night = ms('2026-03-28T01:23:45.678Z');
  assert.equal(paris.deadline(night, 0), night);
});

test('intervals up to 24:00 and from 00:00 run on over midnight', () => {
  const night = compileCalendar({ timeZone: 'Europe/Paris', weekly: { fri: [['22:00', '24:00']], sat: [['00:00', '06:00']] } });
  assert.equal(iso(night.deadline(ms('2026-06-05T12:00:00Z'), 2 * hour)), '2026-06-05T22:00:00Z');
  assert.equal(iso(night.deadline(ms('2026-06-05T12:00:00Z'), 3 * hour)), '2026-06-05T23:00:00Z');
});

test('hours that the clock leaves out or repeats', () => {
  const sundays = compileCalendar({ timeZone: 'Europe/Paris', weekly: { sun: [['00:00', '06:00']] } });
  assert.equal(sundays.elapsed(ms('2026-03-28T12:00:00Z'), ms('2026-03-29T12:00:00Z')), 5 * hour);
  assert.equal(sundays.elapsed(ms('2026-10-24T12:00:00Z'), ms('2026-10-25T12:00:00Z')), 7 * hour);
  const toTheHalfHour = compileCalendar({ timeZone: 'Europe/Paris', weekly: { sun: [['01:00', '02:30']] } });
  assert.equal(
    toTheHalfHour.elapsed(ms('2026-10-24T12:00:00Z'), ms('2026-10-25T12:00:00Z')),
    1.5 * hour,
    'to the first of the two half past two',
  );
  assert.equal(toTheHalfHour.elapsed(ms('2026-03-28T12:00:00Z'), ms('2026-03-29T12:00:00Z')), 1.5 * hour, '02:30 moves forward to 03:30');
  const leftOut = compileCalendar({ timeZone: 'Europe/Paris', weekly: { sun: [['02:15', '02:45']] } });
  assert.equal(leftOut.elapsed(ms('2026-03-28T12:00:00Z'), ms('2026-03-29T12:00:00Z')), 0, 'an interval in the gap is empty');
  const overlapping = compileCalendar({
    timeZone: 'Europe/Paris',
    weekly: {
      sun: [
        ['01:00', '02:30'],
        ['03:00', '04:00'],
      ],
    },
  });
  assert.equal(overlapping.elapsed(ms('2026-03-28T12:00:00Z'), ms('2026-03-29T12:00:00Z')), 2 * hour, 'nothing counts twice');
  const lordHowe = compileCalendar({ timeZone: 'Australia/Lord_Howe', weekly: { sun: [['01:00', '04:00']] } });
  assert.equal(lordHowe.elapsed(ms('2026-10-03T00:00:00Z'), ms('2026-10-04T12:00:00Z')), 2.5 * hour);
  const apia = compileCalendar({ timeZone: 'Pacific/Apia', weekly: everyDay(['09:00', '17:00']) });
  assert.equal(apia.elapsed(ms('2011-12-29T10:00:00Z'), ms('2012-01-01T09:00:00Z')), 24 * hour, 'Samoa had no Friday that week');
  assert.equal(apia.isWorkingDay('2011-12-30'), false);
  assert.equal(apia.workingDays('2011-12-29', '2011-12-31'), 2);
});

test('absences overlap, touch, and may cover everything', () => {
  const absences = [
    { from: '2026-03-30T00:00:00Z', to: '2026-03-31T00:00:00Z' },
    { from: '2026-03-30T12:00:00Z', to: '2026-04-01T08:30:00Z' },
    { from: '2026-04-01T08:30:00Z', to: '2026-04-01T09:00:00Z' },
  ];
  const away = compileCalendar(withAbsences({ timeZone: 'Europe/Paris', weekly: workweek }, absences));
  assert.equal(iso(away.nextOpening(ms('2026-03-28T00:00:00Z'))), '2026-04-01T09:00:00Z');
  assert.equal(iso(away.deadline(ms('2026-03-28T00:00:00Z'), minute)), '2026-04-01T09:01:00Z');
  assert.equal(away.isWorkingDay('2026-03-31'), false);
  assert.equal(away.isWorkingDay('2026-04-01'), true);
  const gone = compileCalendar({
    timeZone: 'Europe/Paris',
    weekly: workweek,
    absences: [{ from: '2026-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' }],
  });
  assert.equal(gone.deadline(ms('2026-03-28T00:00:00Z'), minute), null);
  assert.equal(gone.nextOpening(ms('2026-03-28T00:00:00Z')), null);
  assert.equal(gone.endOfWorkingDay(ms('2026-03-28T00:00:00Z'), 1), null);
  assert.equal(gone.elapsed(ms('2026-03-28T00:00:00Z'), ms('2090-03-28T00:00:00Z')), 0);
});

test('who never works has no deadline', () => {
  const never = compileCalendar({ timeZone: 'UTC', weekly: {} });
  assert.equal(never.deadline(0, 1), null);
  assert.equal(never.deadline(0, 0), 0);
  const aMinuteAWeek = compileCalendar({ timeZone: 'UTC', weekly: { mon: [['09:00', '09:01']] } });
  assert.equal(aMinuteAWeek.deadline(0, 1e15), null, 'nor one that is centuries away');
});

test('a working day ends with its last interval', () => {
  const paris = compileCalendar({ timeZone: 'Europe/Paris', weekly: workweek, holidays: ['2026-04-06'] });
  const end = (start: string, n: number) => iso(paris.endOfWorkingDay(ms(start), n));
  assert.equal(end('2026-04-02T15:00:00Z', 0), '2026-04-02T16:00:00Z', 'there is an hour left');
  assert.equal(end('2026-04-02T16:00:00Z', 0), '2026-04-03T16:00:00Z', 'it is over');
  assert.equal(end('2026-04-02T15:00:00Z', 1), '2026-04-03T16:00:00Z');
  assert.equal(end('2026-04-02T15:00:00Z', 2), '2026-04-07T16:00:00Z', 'weekend and Easter Monday between');
  assert.equal(end('2026-04-04T15:00:00Z', 0), '2026-04-07T16:00:00Z');
  assert.equal(end('2026-04-04T15:00:00Z', 1), '2026-04-07T16:00:00Z');
  assert.equal(end('2026-12-31T15:00:00Z', 261), '2027-12-31T17:00:00Z', '261 weekdays of 2027, 1 January among them');
  assert.equal(paris.workingDays('2026-04-01', '2026-04-30'), 21);
  assert.equal(paris.workingDays('2026-12-31', '2027-01-01'), 2);
  assert.equal(paris.workingDays('2027-01-01', '2026-12-31'), 0);
});

test('what is wrong is said in a sentence', () => {
  const wrong = (calendar: Partial<Calendar>) => () => compileCalendar({ timeZone: 'UTC', weekly: {}, ...calendar });
  assert.throws(
    wrong({ timeZone: 'Mars/Olympus' }),
    /RangeError: “Mars\/Olympus” is no time zone; a name such as Europe\/Paris would do\./,
  );
  assert.throws(wrong({ weekly: { mon: [['9:00', '12:00']] } }), /mon: “9:00” is no time of day/);
  assert.throws(wrong({ weekly: { tue: [['09:00', '24:30']] } }), /tue: “24:30” is no time of day/);
  assert.throws(wrong({ weekly: { tue: [['12:00', '09:00']] } }), /tue: 12:00 to 09:00 ends before it begins/);
  assert.throws(
    wrong({
      weekly: {
        tue: [
          ['09:00', '12:00'],
          ['11:00', '13:00'],
        ],
      },
    }),
    /11:00 to 13:00 overlaps 09:00 to 12:00/,
  );
  assert.throws(wrong({ holidays: ['2026-02-29'] }), /“2026-02-29” is no day/);
  assert.throws(wrong({ absences: [{ from: 'yesterday', to: 'today' }] }), /“yesterday” is no instant/);
  assert.throws(wrong({ absences: [{ from: '2026-02-02T00:00:00Z', to: '2026-02-01T00:00:00Z' }] }), /ends before it begins/);
  assert.throws(() => compileCalendar({ timeZone: 'UTC', weekly: {} }).deadline(Number.NaN, 1), /NaN is no instant/);
  assert.throws(() => compileCalendar({ timeZone: 'UTC', weekly: {} }).deadline(0, -1), /-1 is no working time/);
});

// ── against brute force ─────────────────────────────────────────────────────

/**
 * Walks over a window in ticks and asks of each whether it is worked. Shares nothing with the engine: wall times
 * are read by Temporal, one by one, and there is neither a year nor a search.
 */
class Walk {
  readonly open: Uint8Array;
  readonly from: number;
  readonly tick: number;
  constructor(calendar: Calendar, from: number, until: number, tick: number) {
    assert.equal(from % tick, 0, 'ticks and the edges of intervals must meet');
    this.from = from;
    this.tick = tick;
    this.open = new Uint8Array((until - from) / tick);
    for (const [begin, end] of worked(calendar, from, until)) this.mark(begin, end, 1);
    for (const absence of calendar.absences ?? []) this.mark(ms(absence.from), ms(absence.to), 0);
  }
  private mark(begin: number, end: number, as: 0 | 1): void {
    for (let at = Math.max(begin, this.from); at < end && at < this.from + this.open.length * this.tick; at += this.tick)
      this.open[(at - this.from) / this.tick] = as;
  }
  elapsed(from: number, to: number): number {
    let sum = 0;
    for (const [at, open] of this.open.entries()) {
      const begin = this.from + at * this.tick;
      if (open) sum += Math.max(0, Math.min(to, begin + this.tick) - Math.max(from, begin));
    }
    return sum;
  }
  /** Undefined beyond the window. */
  deadline(start: number, working: number): number | undefined {
    if (working === 0) return start;
    let left = working;
    for (const [at, open] of this.open.entries()) {
      const begin = Math.max(start, this.from + at * this.tick);
      const length = this.from + (at + 1) * this.tick - begin;
      if (!open || length <= 0) continue;
      if (length >= left) return begin + left;
      left -= length;
    }
    return undefined;
  }
}

function worked({ timeZone, weekly, holidays = [] }: Calendar, from: number, until: number): [number, number][] {
  const found: [number, number][] = [];
  const last = Temporal.Instant.fromEpochMilliseconds(until).toZonedDateTimeISO(timeZone).toPlainDate().add({ days: 2 });
  let date = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone).toPlainDate().subtract({ days: 2 });
  for (; Temporal.PlainDate.compare(date, last) < 0; date = date.add({ days: 1 })) {
    if (holidays.includes(date.toString())) continue;
    for (const [begins, ends] of weekly[weekdays[date.dayOfWeek - 1]!] ?? []) {
      const [begin, end] = [wallTime(date, begins), wallTime(date, ends)];
      const [first, next] = [begin.toZonedDateTime(timeZone), end.toZonedDateTime(timeZone)];
      const leftOut = !first.toPlainDateTime().equals(begin) && !next.toPlainDateTime().equals(end);
      if (!leftOut) found.push([first.epochMilliseconds, next.epochMilliseconds]);
    }
  }
  return found;
}

/** Some clocks changed at 00:01. */
const onTheQuarter = (at: number): number => Math.floor(at / (15 * minute)) * 15 * minute;

const wallTime = (date: Temporal.PlainDate, time: string): Temporal.PlainDateTime =>
  time === '24:00' ? date.add({ days: 1 }).toPlainDateTime() : date.toPlainDateTime(Temporal.PlainTime.from(time));

const changesOf = (zone: string, from: string, until: string): number[] => {
  const changes: number[] = [];
  let at: Temporal.ZonedDateTime | null = Temporal.Instant.from(from).toZonedDateTimeISO(zone);
  while ((at = at.getTimeZoneTransition('next')) && at.epochMilliseconds < ms(until)) changes.push(at.epochMilliseconds);
  return changes;
};

const calendarsAroundChanges: Calendar['weekly'][] = [
  everyDay(['00:00', '24:00']),
  everyDay(['01:00', '02:30'], ['02:30', '03:10'], ['03:10', '04:00']),
  everyDay(['00:00', '00:30'], ['02:10', '02:20'], ['23:30', '24:00']),
  everyDay(['02:40', '09:00'], ['09:30', '23:45']),
];

test('every change of every clock agrees with the walk', () => {
  for (const zone of zones) {
    for (const change of changesOf(zone, '2009-06-01T00:00:00Z', '2040-01-01T00:00:00Z')) {
      for (const [which, weekly] of calendarsAroundChanges.entries()) {
        const calendar: Calendar = { timeZone: zone, weekly };
        const [from, until] = [onTheQuarter(change - 3 * day), onTheQuarter(change + 3 * day)];
        const walk = new Walk(calendar, from, until, 5 * minute);
        const time = compileCalendar(calendar);
        const where = `${zone} ${iso(change)} calendar ${which}`;
        assert.equal(time.elapsed(from, until), walk.elapsed(from, until), where);
        for (const start of [change - 26 * hour, change - hour, change - minute, change, change + 7 * minute])
          for (const working of [0, minute, 90 * minute, 21 * hour]) {
            const expected = walk.deadline(start, working);
            if (expected !== undefined)
              assert.equal(iso(time.deadline(start, working)), iso(expected), `${where} ${iso(start)} ${working}`);
          }
      }
    }
  }
});

const times = fc.uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 0, maxLength: 8 }).map((quarters) => {
  const sorted = quarters.sort((one, other) => one - other);
  const text = (quarter: number) => `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`;
  return Array.from({ length: Math.floor(sorted.length / 2) }, (_, at): Interval => [text(sorted[at * 2]!), text(sorted[at * 2 + 1]!)]);
});
const week = fc.record(Object.fromEntries(weekdays.map((weekday) => [weekday, times])), { requiredKeys: [] }) as fc.Arbitrary<
  Calendar['weekly']
>;

/** A calendar and a window of twelve days, mostly around a change of the clock. */
const situation = fc
  .record({
    timeZone: fc.constantFrom(...zones),
    weekly: week,
    around: fc.nat(),
    holidays: fc.array(fc.integer({ min: 0, max: 11 }), { maxLength: 3 }),
    absences: fc.array(fc.tuple(fc.integer({ min: -4, max: 12 * 96 }), fc.integer({ min: 0, max: 5 * 96 })), { maxLength: 6 }),
  })
  .map(({ timeZone, weekly, around, holidays, absences }) => {
    const changes = [...changesOf(timeZone, '2010-01-01T00:00:00Z', '2032-01-01T00:00:00Z'), ms('2026-01-01T00:00:00Z')];
    const from = onTheQuarter(changes[around % changes.length]! - 5 * day);
    const localDay = (offset: number) =>
      Temporal.Instant.fromEpochMilliseconds(from + offset * day)
        .toZonedDateTimeISO(timeZone)
        .toPlainDate()
        .toString();
    const calendar: Calendar = {
      timeZone,
      weekly,
      holidays: holidays.map(localDay),
      absences: absences.map(([at, length]) => ({ from: iso(from + at * 15 * minute)!, to: iso(from + (at + length) * 15 * minute)! })),
    };
    return { calendar, from, until: from + 12 * day };
  });

test('any calendar agrees with the walk, for fractions of a minute and starts anywhere', () => {
  fc.assert(
    fc.property(
      situation,
      fc.array(fc.tuple(fc.integer({ min: 0, max: 12 * day }), fc.integer({ min: 0, max: 60 * hour })), { minLength: 1, maxLength: 6 }),
      ({ calendar, from, until }, asked) => {
        const walk = new Walk(calendar, from, until, 5 * minute);
        const time = compileCalendar(calendar);
        for (const [offset, length] of asked) {
          const start = from + offset;
          const end = Math.min(start + length, until);
          assert.equal(time.elapsed(start, end), walk.elapsed(start, end));
          const expected = walk.deadline(start, length);
          if (expected !== undefined) assert.equal(iso(time.deadline(start, length)), iso(expected));
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('starts on, just before and just after the edges of intervals agree with the walk', () => {
  fc.assert(
    fc.property(
      situation,
      fc.nat(),
      fc.constantFrom(-minute, -1, 0, 1, minute),
      fc.nat(),
      ({ calendar, from, until }, which, off, other) => {
        const edges = worked(calendar, from, until)
          .flat()
          .filter((edge) => edge > from + hour && edge < until - hour);
        if (edges.length === 0) return;
        const start = edges[which % edges.length]! + off;
        const walk = new Walk(calendar, from, until, 5 * minute);
        const time = compileCalendar(calendar);
        const toAnEdge = walk.elapsed(start, edges[other % edges.length]!);
        const expected = walk.deadline(start, toAnEdge);
        if (expected !== undefined) assert.equal(iso(time.deadline(start, toAnEdge)), iso(expected));
        assert.equal(time.isOpen(start), walk.elapsed(start, start + 1) === 1);
        const opening = time.nextOpening(start);
        const first = walk.deadline(start, 1);
        if (first !== undefined) assert.equal(iso(opening), iso(first - 1));
      },
    ),
    { numRuns: 300 },
  );
});

test('deadline is the smallest instant with so much elapsed, over years', () => {
  fc.assert(
    fc.property(
      situation,
      fc.integer({ min: 0, max: 4 * 366 * day }),
      fc.integer({ min: 0, max: 3_000 * hour }),
      ({ calendar, from }, offset, working) => {
        const time = compileCalendar(calendar);
        const start = from + offset - 2 * 366 * day;
        const due = time.deadline(start, working);
        if (due === null) return;
        assert.ok(due >= start);
        assert.equal(time.elapsed(start, due), working);
        if (working > 0) assert.ok(time.elapsed(start, due - 1) < working);
        const middle = Math.floor((start + due) / 2);
        assert.equal(time.elapsed(start, middle) + time.elapsed(middle, due), working);
      },
    ),
    { numRuns: 300 },
  );
});

test('working days are those on which the walk finds work, and end when it does', () => {
  fc.assert(
    fc.property(situation, fc.integer({ min: 3 * day, max: 6 * day }), ({ calendar, from, until }, offset) => {
      const walk = new Walk(calendar, from, until, 5 * minute);
      const time = compileCalendar(calendar);
      const start = from + offset;
      const ends: number[] = [];
      let date = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(calendar.timeZone).toPlainDate();
      for (let count = 0; count < 4; count++, date = date.add({ days: 1 })) {
        const [begin, next] = [date, date.add({ days: 1 })].map((each) => each.toZonedDateTime(calendar.timeZone).epochMilliseconds) as [
          number,
          number,
        ];
        const worked = walk.elapsed(begin, next);
        assert.equal(time.isWorkingDay(date.toString()), worked > 0, `${date}`);
        const end = walk.deadline(begin, worked);
        if (worked > 0 && (count > 0 || end! > start)) ends.push(end!);
      }
      if (ends.length > 0) assert.equal(iso(time.endOfWorkingDay(start, 0)), iso(ends[0]!));
    }),
    { numRuns: 200 },
  );
});
