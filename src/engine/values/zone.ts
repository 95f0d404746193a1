/** A time zone for reading wall times: those that don't exist move forward, those that occur twice are the first. */

import { dayNumber } from './calendarDay.ts';

export interface Zone {
  readonly id: string;
  /** Milliseconds since 1970 of a wall time, itself given as milliseconds since 1970 as if it were UTC. */
  instantOf(wallMilliseconds: number): number;
  /** The wall time of an instant, as milliseconds as if it were UTC. */
  wallOf(milliseconds: number): number;
}

const hour = 3_600_000;

/**
 * Offsets are remembered by the hour: asking Temporal for each of a million times costs some 2 s, asking it
 * once an hour of wall time costs next to nothing. An hour in which the offset changes is asked each time.
 * @throws RangeError for a name that isn't a zone.
 */
export function zoneNamed(id: string): Zone {
  if (id === 'UTC') return { id, instantOf: (wall) => wall, wallOf: (instant) => instant };
  // Refuses a wrong name now, not at the first row.
  Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(id);
  const forward = rememberByHour((wall) => instantByTemporal(id, wall) - wall);
  const back = rememberByHour((instant) => wallByTemporal(id, instant) - instant);
  return { id, instantOf: (wall) => wall + forward(wall), wallOf: (instant) => instant + back(instant) };
}

function rememberByHour(offsetAt: (milliseconds: number) => number): (milliseconds: number) => number {
  const offsets = new Map<number, number | null>();
  return (milliseconds) => {
    const key = Math.floor(milliseconds / hour);
    let offset = offsets.get(key);
    if (offset === undefined) {
      const first = offsetAt(key * hour);
      offset = first === offsetAt(key * hour + hour - 1) ? first : null;
      if (offsets.size > 500_000) offsets.clear();
      offsets.set(key, offset);
    }
    return offset ?? offsetAt(milliseconds);
  };
}

function instantByTemporal(id: string, wall: number): number {
  const text = Temporal.Instant.fromEpochMilliseconds(wall).toString().replace('Z', '');
  return Temporal.PlainDateTime.from(text).toZonedDateTime(id, { disambiguation: 'compatible' }).epochMilliseconds;
}

function wallByTemporal(id: string, instant: number): number {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(id);
  const time = ((zoned.hour * 60 + zoned.minute) * 60 + zoned.second) * 1000 + zoned.millisecond;
  return dayNumber(zoned.year, zoned.month, zoned.day) * 86_400_000 + time;
}
