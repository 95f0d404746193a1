/** On which days somebody has their digest, and when. */

import { type Weekday, weekdays } from '../calendar/calendar.ts';

export interface DigestTimes {
  readonly rhythm: 'daily' | 'weekly' | 'never';
  /** Of a weekly one; where nobody works on it, the first day after it on which they do. */
  readonly weekday: Weekday;
  /** Wall time `HH:MM`. */
  readonly at: string;
}

/** Somebody’s days: their zone, and whether they work on a day `YYYY-MM-DD` of it. */
export interface Days {
  readonly timeZone: string;
  readonly isWorkingDay: (day: string) => boolean;
}

/** A server that was down that long brings it late; longer, it is left out. */
const lateMilliseconds = 3 * 3_600_000;

/**
 * @param now epoch milliseconds
 * @returns the day `YYYY-MM-DD` whose digest is due now; null: none is
 */
export function digestDue(times: DigestTimes, days: Days, now: number): string | null {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(days.timeZone).toPlainDate();
  if (!isDigestDay(times, days, today)) return null;
  const from = momentOf(today, times, days);
  return now >= from && now < from + lateMilliseconds ? today.toString() : null;
}

/** @returns epoch milliseconds of the next one after `now`; null: none within a month */
export function nextDigest(times: DigestTimes, days: Days, now: number): number | null {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(days.timeZone).toPlainDate();
  for (let ahead = 0; ahead <= 31; ahead++) {
    const day = today.add({ days: ahead });
    if (isDigestDay(times, days, day) && momentOf(day, times, days) > now) return momentOf(day, times, days);
  }
  return null;
}

/** A time that a clock change leaves out is the one it jumps to. */
const momentOf = (day: Temporal.PlainDate, { at }: DigestTimes, { timeZone }: Days): number =>
  day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(at) }).epochMilliseconds;

function isDigestDay({ rhythm, weekday }: DigestTimes, { isWorkingDay }: Days, day: Temporal.PlainDate): boolean {
  if (rhythm === 'never' || !isWorkingDay(day.toString())) return false;
  if (rhythm === 'daily') return true;
  const since = (day.dayOfWeek - (weekdays.indexOf(weekday) + 1) + 7) % 7;
  return Array.from({ length: since }, (_, back) => day.subtract({ days: back + 1 })).every((before) => !isWorkingDay(before.toString()));
}
