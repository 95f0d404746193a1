import { addDays, day, instant, instantOfLocal, localOfInstant } from '#ui/formats.ts';

/** Whole days as days, `1 Jun 2026 – 3 Jun 2026`; else as moments. In the workspace's zone. */
export function whenAway(startsAt: string, endsAt: string): string {
  const [start, end] = [localOfInstant(startsAt), localOfInstant(endsAt)];
  if (!start.endsWith('T00:00') || !end.endsWith('T00:00')) return `${instant(startsAt)} – ${instant(endsAt)}`;
  const [first, last] = [start.slice(0, 10), addDays(end.slice(0, 10), -1)];
  return first >= last ? day(first) : `${day(first)} – ${day(last)}`;
}

/** From the first moment of the first day to that of the day after the last. */
export const wholeDays = (first: string, last: string): { startsAt: string; endsAt: string } => ({
  startsAt: instantOfLocal(`${first}T00:00`),
  endsAt: instantOfLocal(`${addDays(last, 1)}T00:00`),
});
