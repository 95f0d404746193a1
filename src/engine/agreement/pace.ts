/**
 * A pace: so many leads, or so much value, by each working day of a period. Kept on both edges: leads
 * that come too early bury the reps, too late starve them. Exact: amounts are bigint, shares are compared
 * as fractions, nothing is rounded before it is shown.
 */

import { civilOf, dayNumber, dayText } from '#engine/values/calendarDay.ts';
import type { Period } from './clause.ts';

/** Days since 1970-01-01, as in engine/values/calendarDay.ts. */
export interface DayRange {
  readonly from: number;
  /** Included. */
  readonly until: number;
}

export interface PacePart extends DayRange {
  /** The whole week, month or quarter of which this is a part, or all. */
  readonly period: DayRange;
}

export interface Promised {
  /** Of a whole period: leads, or minor units. */
  readonly amount: bigint;
  /** 0..100, decimals allowed: how far from the ideal is still kept, of the amount promised. */
  readonly tolerancePercent: number;
}

export interface Fraction {
  readonly of: bigint;
  /** Above 0. */
  readonly by: bigint;
}

export interface PaceDay {
  readonly day: number;
  readonly ideal: Fraction;
  /** Everything up to the end of this day, days without work included. */
  readonly actual: bigint;
  readonly withinTolerance: boolean;
}

export interface PaceCourse {
  /** Promised for the part: `V × workingdays(part) ÷ workingdays(period)`. */
  readonly target: Fraction;
  /** Each working day of the part. */
  readonly days: readonly PaceDay[];
}

/** The weeks (from Monday), months or quarters that the days touch, each cut to them. */
export function paceParts(period: Period, { from, until }: DayRange): PacePart[] {
  const parts: PacePart[] = [];
  for (let day = from; day <= until; ) {
    const whole = periodOf(period, day);
    parts.push({ period: whole, from: Math.max(from, whole.from), until: Math.min(until, whole.until) });
    day = whole.until + 1;
  }
  return parts;
}

/** The week, month or quarter in which a day lies. */
export function periodOf(period: Period, day: number): DayRange {
  if (period === 'week') {
    const monday = day - ((((day + 3) % 7) + 7) % 7); // 1970-01-01 was a Thursday
    return { from: monday, until: monday + 6 };
  }
  const { year, month } = civilOf(day);
  const [first, months] = period === 'month' ? [month, 1] : [month - ((month - 1) % 3), 3];
  const next = first + months > 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, first + months, 1);
  return { from: dayNumber(year, first, 1), until: next - 1 };
}

/** `2026-W09`, `2026-03`, `2026-Q1`. */
export function periodLabel(period: Period, { from }: DayRange): string {
  const { year, month } = civilOf(from);
  if (period === 'month') return dayText(from).slice(0, 7);
  if (period === 'quarter') return `${year}-Q${Math.ceil(month / 3)}`;
  return weekLabel(from);
}

/** ISO 8601: a week belongs to the year of its Thursday. */
export function weekLabel(monday: number): string {
  const { year } = civilOf(monday + 3);
  const week = Math.floor((monday + 3 - dayNumber(year, 1, 1)) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/**
 * How a pace went: `ideal(d) = V × workingdays(1..d) ÷ workingdays(period)`, `gap(d) = actual(d) − ideal(d)`,
 * kept while `|gap| ÷ V` is at most the tolerance. In a part of a period (the agreement began or changed
 * within it) V is the part's share of the amount, by working days.
 * @param cameOn what came on each day, by day number; days that are not named brought nothing
 */
export function paceCourse(
  part: PacePart,
  { amount, tolerancePercent }: Promised,
  isWorkingDay: (day: number) => boolean,
  cameOn: ReadonlyMap<number, bigint>,
): PaceCourse {
  const ofPeriod = BigInt(countDays(part.period, isWorkingDay));
  const ofPart = BigInt(countDays(part, isWorkingDay));
  const by = ofPeriod > 0n ? ofPeriod : 1n;
  const tolerance = fractionOf(tolerancePercent);
  const days: PaceDay[] = [];
  let actual = 0n;
  for (let day = part.from; day <= part.until; day++) {
    actual += cameOn.get(day) ?? 0n;
    if (!isWorkingDay(day)) continue;
    const ideal = amount * BigInt(days.length + 1);
    const gap = distance(actual * by, ideal);
    // |gap| ÷ V ≤ tolerance, all multiplied by the working days of the period, by 100 and by the tolerance's denominator.
    const withinTolerance = gap * 100n * tolerance.by <= tolerance.of * amount * ofPart;
    days.push({ day, ideal: { of: ideal, by }, actual, withinTolerance });
  }
  return { target: { of: amount * ofPart, by }, days };
}

function countDays({ from, until }: DayRange, isWorkingDay: (day: number) => boolean): number {
  let count = 0;
  for (let day = from; day <= until; day++) if (isWorkingDay(day)) count++;
  return count;
}

const distance = (one: bigint, other: bigint): bigint => (one > other ? one - other : other - one);

/** A number as it is written: 7.5 is 75 ÷ 10. Up to 6 decimals. */
function fractionOf(number: number): Fraction {
  const [whole, decimals = ''] = number
    .toFixed(6)
    .replace(/\.?0+$/, '')
    .split('.');
  return { of: BigInt(whole + decimals), by: 10n ** BigInt(decimals.length) };
}

/** A decimal string, rounded half away from zero; decimals that are all zero are left out. */
export function decimalOf({ of, by }: Fraction, decimals: number): string {
  const scale = 10n ** BigInt(decimals);
  const negative = of < 0n;
  const units = ((negative ? -of : of) * scale * 2n + by) / (by * 2n);
  const whole = `${negative && units > 0n ? '-' : ''}${units / scale}`;
  const rest = String(units % scale)
    .padStart(decimals, '0')
    .replace(/0+$/, '');
  return rest === '' ? whole : `${whole}.${rest}`;
}
