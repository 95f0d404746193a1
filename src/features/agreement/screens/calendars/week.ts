/** A working week as people read and type it. */

import { type Weekday, weekdays } from '#engine/calendar/calendar.ts';
import type { Week } from '#features/agreement/contract/calendars.ts';

export const weekdayNames: Record<Weekday, string> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};
const short = (day: Weekday): string => weekdayNames[day].slice(0, 3);

/** `Mon–Thu 09:00–12:30, 13:15–17:45 · Fri 09:00–16:00`: days alike that follow each other are one. */
export function weekSentence(weekly: Week): string {
  const runs: { from: Weekday; to: Weekday; hours: string }[] = [];
  for (const day of weekdays) {
    const hours = weekly[day].map(([from, to]) => `${from}–${to}`).join(', ');
    const last = runs.at(-1);
    if (last && last.hours === hours) last.to = day;
    else runs.push({ from: day, to: day, hours });
  }
  const worked = runs.filter(({ hours }) => hours !== '');
  if (worked.length === 0) return 'No working hours';
  return worked.map(({ from, to, hours }) => `${from === to ? short(from) : `${short(from)}–${short(to)}`} ${hours}`).join(' · ');
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

export const hoursAWeek = (weekly: Week): number =>
  weekdays.flatMap((day) => weekly[day]).reduce((sum, [from, to]) => sum + minutesOf(to) - minutesOf(from), 0) / 60;

/** What somebody types for a time, as `HH:MM`: `9`, `930`, `9.30`, `9:30`, `24`. Anything else stays as it is. */
export function readTime(typed: string): string {
  const text = typed.trim();
  const parts = /^(\d{1,2})(?:[:.h ]?([0-5]\d))?$/.exec(text) ?? /^(\d)([0-5]\d)$/.exec(text);
  if (!parts) return text;
  const time = `${parts[1]!.padStart(2, '0')}:${parts[2] ?? '00'}`;
  return time <= '24:00' ? time : text;
}
