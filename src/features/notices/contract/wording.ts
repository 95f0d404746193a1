import { dayWords } from '#features/goals/contract/wording.ts';

/** `3 Mar 2026, 10:00 (Europe/Berlin)`. @param instant ISO */
export function momentIn(instant: string, timeZone: string): string {
  const wall = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
  return `${dayWords(wall.toPlainDate().toString())}, ${wall.toPlainTime().toString({ smallestUnit: 'minute' })} (${timeZone})`;
}
