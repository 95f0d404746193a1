/** When somebody doesn't want to be reached, and until when a message then waits. */

/** Wall times `HH:MM`; over midnight where `from` is later; the same twice: no hours at all. */
export interface QuietHours {
  readonly from: string;
  readonly until: string;
  /** Days without work are quiet from midnight to midnight. */
  readonly freeDays: boolean;
}

/** Beyond so many days in a row without work only the hours count: nothing waits for ever. */
const mostFreeDays = 60;

/**
 * @param at epoch milliseconds
 * @param timeZone IANA name
 * @param isWorkingDay asked for days `YYYY-MM-DD` of that zone
 * @returns epoch milliseconds at which the quiet ends; null where it isn't quiet at `at`
 */
export function quietUntil(at: number, quiet: QuietHours, timeZone: string, isWorkingDay: (day: string) => boolean): number | null {
  const start = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  const isFree = (moment: Temporal.ZonedDateTime, days: number): boolean =>
    quiet.freeDays && days <= mostFreeDays && !isWorkingDay(moment.toPlainDate().toString());
  let moment = start;
  for (let days = 0; isFree(moment, days) || isQuietHour(moment, quiet); ) {
    const next = nextChange(moment, quiet);
    if (next.toPlainDate().toString() !== moment.toPlainDate().toString()) days++;
    moment = next;
  }
  return moment === start ? null : moment.epochMilliseconds;
}

function isQuietHour(moment: Temporal.ZonedDateTime, { from, until }: QuietHours): boolean {
  const time = moment.toPlainTime().toString({ smallestUnit: 'minute' });
  return from <= until ? from <= time && time < until : time >= from || time < until;
}

/** Midnight, or the end of the quiet hours, whichever comes first. */
function nextChange(moment: Temporal.ZonedDateTime, { until }: QuietHours): Temporal.ZonedDateTime {
  const midnight = moment.startOfDay().add({ days: 1 }).startOfDay();
  const end = moment.withPlainTime(Temporal.PlainTime.from(until));
  return Temporal.ZonedDateTime.compare(end, moment) > 0 && Temporal.ZonedDateTime.compare(end, midnight) < 0 ? end : midnight;
}
