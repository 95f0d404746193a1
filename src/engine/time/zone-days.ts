/** The calendar day of an instant in a time zone, fast enough for tens of millions of instants. */

/** Days since 1970-01-01 in the zone, of microseconds since 1970-01-01T00:00Z. */
export type DayReader = (epochMicroseconds: number) => number;

const microsecondsADay = 86_400_000_000;

/** A stretch between two changes of a zone's offset. */
interface Stretch {
  /** First microsecond of it. */
  readonly from: number;
  /** First microsecond after it. */
  readonly until: number;
  readonly offset: number;
}

/**
 * Asking Temporal for each instant takes some 2 µs; remembering the stretches between changes of the
 * offset takes 5 ns, as neighbouring instants mostly lie in the same one.
 * @param timeZone IANA name
 * @throws RangeError for a name that isn't a zone
 */
export function dayReader(timeZone: string): DayReader {
  const stretches: Stretch[] = [];
  let now = stretchAt(timeZone, 0);
  stretches.push(now);
  return (instant) => {
    if (instant < now.from || instant >= now.until) now = findStretch(stretches, timeZone, instant);
    return Math.floor((instant + now.offset) / microsecondsADay);
  };
}

/** Keeps `stretches` in their order. */
function findStretch(stretches: Stretch[], timeZone: string, instant: number): Stretch {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stretches[middle]!.until <= instant) low = middle + 1;
    else high = middle;
  }
  const found = stretches[low];
  if (found && found.from <= instant) return found;
  const made = stretchAt(timeZone, instant);
  stretches.splice(low, 0, made);
  return made;
}

/** Instants beyond what Temporal can tell (the years −271821 and 275760) are read as their nearest. */
function stretchAt(timeZone: string, instant: number): Stretch {
  const milliseconds = Math.min(Math.max(Math.floor(instant / 1000), -8.64e15), 8.64e15);
  const at = Temporal.Instant.fromEpochMilliseconds(milliseconds).toZonedDateTimeISO(timeZone);
  const next = at.getTimeZoneTransition('next');
  // The one before the next millisecond is the one at this millisecond, if there is one.
  const previous =
    milliseconds < 8.64e15 ? at.add({ milliseconds: 1 }).getTimeZoneTransition('previous') : at.getTimeZoneTransition('previous');
  return {
    from: previous ? previous.epochMilliseconds * 1000 : -Infinity,
    until: next ? next.epochMilliseconds * 1000 : Infinity,
    offset: at.offsetNanoseconds / 1000,
  };
}
