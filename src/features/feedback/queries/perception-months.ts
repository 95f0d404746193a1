/** In which month numbers are guessed, and of which three months they are. */

export interface Span {
  /** `2026-03`. */
  readonly period: string;
  readonly start: string;
  readonly end: string;
}

/** @param day `YYYY-MM-DD` in the workspace’s zone */
export const monthOf = (day: string): Span => spanOf(day.slice(0, 7));

/** The three whole months before it. */
export function spanOf(period: string): Span {
  const first = Temporal.PlainDate.from(`${period}-01`);
  return { period, start: first.subtract({ months: 3 }).toString(), end: first.subtract({ days: 1 }).toString() };
}

export const aboutGuess = (period: string, metric: string): string => `perception ${period} ${metric}`;
