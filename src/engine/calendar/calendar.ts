/** What a calendar is: when somebody works. Shared by clocks, routing, paces and screens. */

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** Wall times `HH:MM`, beginning and end; `24:00` is the latest end. */
export type Interval = readonly [from: string, to: string];

/** Instants in ISO 8601; `to` is the first moment after. */
export interface Absence {
  readonly from: string;
  readonly to: string;
}

export interface Calendar {
  /** IANA name. */
  readonly timeZone: string;
  /** Several intervals a day, in order, none within another; a day that is not named has none. */
  readonly weekly: Readonly<Partial<Record<Weekday, readonly Interval[]>>>;
  /** Days without work, `YYYY-MM-DD` in the zone. */
  readonly holidays?: readonly string[] | undefined;
  readonly absences?: readonly Absence[] | undefined;
}
