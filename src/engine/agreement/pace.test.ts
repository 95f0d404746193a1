import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dayNumber, dayText } from '#engine/values/calendarDay.ts';
import { periods } from './clause.ts';
import { decimalOf, paceCourse, paceParts, type PacePart, periodLabel, periodOf } from './pace.ts';

const day = (text: string): number => dayNumber(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8)));
const weekday = (number: number): boolean => (((number + 3) % 7) + 7) % 7 < 5;
const wholeMonth = (month: string): PacePart => paceParts('month', periodOf('month', day(`${month}-01`)))[0]!;
const came = (days: Record<string, bigint>): Map<number, bigint> =>
  new Map(Object.entries(days).map(([text, amount]) => [day(text), amount]));

test('periods are weeks from Monday, months and quarters, cut to the days asked about', () => {
  const parts = (period: 'week' | 'month' | 'quarter', from: string, until: string) =>
    paceParts(period, { from: day(from), until: day(until) }).map(
      (part) =>
        `${periodLabel(period, part.period)} ${dayText(part.from)}..${dayText(part.until)} of ${dayText(part.period.from)}..${dayText(part.period.until)}`,
    );
  assert.deepEqual(parts('month', '2026-01-15', '2026-02-28'), [
    '2026-01 2026-01-15..2026-01-31 of 2026-01-01..2026-01-31',
    '2026-02 2026-02-01..2026-02-28 of 2026-02-01..2026-02-28',
  ]);
  assert.deepEqual(parts('quarter', '2026-11-03', '2027-01-04'), [
    '2026-Q4 2026-11-03..2026-12-31 of 2026-10-01..2026-12-31',
    '2027-Q1 2027-01-01..2027-01-04 of 2027-01-01..2027-03-31',
  ]);
  assert.deepEqual(parts('week', '2026-12-31', '2027-01-05'), [
    '2026-W53 2026-12-31..2027-01-03 of 2026-12-28..2027-01-03',
    '2027-W01 2027-01-04..2027-01-05 of 2027-01-04..2027-01-10',
  ]);
  assert.deepEqual(parts('month', '2026-02-02', '2026-02-01'), []);
});

test('the ideal rises by the working day; too early breaks a pace as well as too late', () => {
  // February 2026 has 20 working days: 200 leads are 10 a day; 10 % of 200 are 20 leads.
  const course = paceCourse(
    wholeMonth('2026-02'),
    { amount: 200n, tolerancePercent: 10 },
    weekday,
    came({ '2026-02-01': 5n, '2026-02-02': 25n, '2026-02-03': 11n, '2026-02-27': 139n }),
  );
  assert.equal(course.days.length, 20);
  assert.deepEqual(course.target, { of: 4000n, by: 20n });
  const of = (text: string) => course.days.find((each) => each.day === day(text))!;
  assert.equal(decimalOf(of('2026-02-02').ideal, 1), '10');
  assert.deepEqual(
    [of('2026-02-02').actual, of('2026-02-02').withinTolerance],
    [30n, true],
    'Sunday counts on Monday; exactly 20 early is kept',
  );
  assert.deepEqual([of('2026-02-03').actual, of('2026-02-03').withinTolerance], [41n, false], '21 early is not');
  assert.deepEqual([of('2026-02-06').actual, of('2026-02-06').withinTolerance], [41n, true]);
  assert.deepEqual([of('2026-02-10').actual, of('2026-02-10').withinTolerance], [41n, false], '29 late');
  assert.deepEqual([of('2026-02-27').actual, of('2026-02-27').withinTolerance], [180n, true], 'exactly 20 late');
});

test('an agreement that begins within a month promises its share of the working days', () => {
  const [part] = paceParts('month', { from: day('2026-02-16'), until: day('2026-02-28') });
  const course = paceCourse(part!, { amount: 30n, tolerancePercent: 0 }, weekday, new Map());
  assert.equal(decimalOf(course.target, 2), '15');
  assert.deepEqual(
    course.days.map(({ ideal }) => decimalOf(ideal, 2)),
    ['1.5', '3', '4.5', '6', '7.5', '9', '10.5', '12', '13.5', '15'],
  );
  assert.ok(course.days.every(({ withinTolerance }) => !withinTolerance));
});

test('without working days nothing falls due', () => {
  const course = paceCourse(wholeMonth('2026-02'), { amount: 30n, tolerancePercent: 5 }, () => false, came({ '2026-02-03': 3n }));
  assert.deepEqual(course, { target: { of: 0n, by: 1n }, days: [] });
});

test('amounts of any size are exact: one minor unit beyond the tolerance breaks it', () => {
  const amount = 900_000_000_000_000_003n;
  const one: PacePart = { period: { from: 4, until: 4 }, from: 4, until: 4 };
  const kept = (actual: bigint) =>
    paceCourse(one, { amount, tolerancePercent: 33.3 }, () => true, new Map([[4, actual]])).days[0]!.withinTolerance;
  const most = (amount * 333n) / 1000n;
  assert.deepEqual(
    [kept(amount + most), kept(amount + most + 1n), kept(amount - most), kept(amount - most - 1n)],
    [true, false, true, false],
  );
});

test('decimals are rounded half away from zero', () => {
  assert.deepEqual(
    [
      decimalOf({ of: 1n, by: 3n }, 2),
      decimalOf({ of: -1n, by: 8n }, 2),
      decimalOf({ of: 5n, by: 2n }, 0),
      decimalOf({ of: -1n, by: 400n }, 2),
      decimalOf({ of: 1000n, by: 10n }, 2),
    ],
    ['0.33', '-0.13', '3', '0', '100'],
  );
});

const anyPart = fc
  .record({
    period: fc.constantFrom(...periods),
    start: fc.integer({ min: -40_000, max: 60_000 }),
    skipped: fc.integer({ min: 0, max: 40 }),
    off: fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 6 }),
  })
  .map(({ period, start, skipped, off }) => {
    const whole = periodOf(period, start);
    const part: PacePart = { period: whole, from: Math.min(whole.from + skipped, whole.until), until: whole.until };
    return { part, isWorkingDay: (each: number) => !off.includes(((each % 7) + 7) % 7) };
  });

test('any day lies in its period, and periods follow each other without a gap', () => {
  fc.assert(
    fc.property(fc.constantFrom(...periods), fc.integer({ min: -200_000, max: 200_000 }), (period, start) => {
      const whole = periodOf(period, start);
      assert.ok(whole.from <= start && start <= whole.until);
      assert.deepEqual(periodOf(period, whole.from), whole);
      assert.deepEqual(periodOf(period, whole.until), whole);
      assert.equal(periodOf(period, whole.until + 1).from, whole.until + 1);
    }),
  );
});

test('what comes exactly as promised is kept at any tolerance, and the ideal ends at the target', () => {
  fc.assert(
    fc.property(
      anyPart,
      fc.bigInt({ min: 1n, max: 10n ** 15n }),
      fc.double({ min: 0, max: 100, noNaN: true }),
      ({ part, isWorkingDay }, each, tolerancePercent) => {
        const cameOn = new Map<number, bigint>();
        let ofPeriod = 0n;
        for (let at = part.period.from; at <= part.period.until; at++) {
          if (!isWorkingDay(at)) continue;
          ofPeriod++;
          if (at >= part.from) cameOn.set(at, each);
        }
        const { days, target } = paceCourse(part, { amount: each * ofPeriod, tolerancePercent }, isWorkingDay, cameOn);
        assert.ok(days.every(({ withinTolerance }) => withinTolerance));
        assert.equal(days.length, cameOn.size);
        if (days.length > 0) assert.deepEqual(days.at(-1)!.ideal, target);
      },
    ),
  );
});

test('a day is kept exactly when its gap is within the tolerance, as fractions say', () => {
  fc.assert(
    fc.property(
      anyPart,
      fc.bigInt({ min: 1n, max: 10n ** 12n }),
      fc.integer({ min: 0, max: 10_000 }),
      fc.array(fc.tuple(fc.nat(100), fc.bigInt({ min: 0n, max: 10n ** 12n })), { maxLength: 30 }),
      ({ part, isWorkingDay }, amount, hundredths, arrivals) => {
        const cameOn = new Map<number, bigint>();
        for (const [after, number] of arrivals) cameOn.set(part.from + after, (cameOn.get(part.from + after) ?? 0n) + number);
        const { days, target } = paceCourse(part, { amount, tolerancePercent: hundredths / 100 }, isWorkingDay, cameOn);
        for (const { day: at, ideal, actual, withinTolerance } of days) {
          const sum = [...cameOn].reduce((total, [on, number]) => (on <= at ? total + number : total), 0n);
          assert.equal(actual, sum);
          const gap = actual * ideal.by - ideal.of; // ÷ ideal.by
          const size = gap < 0n ? -gap : gap;
          assert.equal(withinTolerance, size * 10_000n <= BigInt(hundredths) * target.of);
        }
      },
    ),
  );
});
