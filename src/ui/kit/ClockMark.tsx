import { useEffect, useState } from 'react';
import { count, instant } from '#ui/formats.ts';

const units: readonly [string, number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
];

/** `2 h 10 min`, `3 d 4 h`: the two largest units, whole minutes. */
export function span(milliseconds: number): string {
  let rest = Math.max(0, Math.floor(milliseconds / 60_000)) * 60_000;
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const whole = Math.floor(rest / size);
    rest -= whole * size;
    if (whole > 0) parts.push(`${whole} ${unit}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ') || 'less than a minute';
}

/** Working time: hours and minutes only, for a day of it is as long as the calendar says. Whole hours from a hundred on. */
export function workingSpan(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  if (hours >= 100) return `${count(hours)} h`;
  const rest = Math.floor(minutes % 60);
  return [hours > 0 && `${hours} h`, rest > 0 && `${rest} min`].filter(Boolean).join(' ') || 'less than a minute';
}

/** The time now, anew every half minute while something on screen counts down. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** How long until something is due, or since when it is overdue, in words and colour. */
export function ClockMark({ dueAt, what }: { dueAt: string; what?: string }) {
  const left = Date.parse(dueAt) - useNow();
  const look = left < 0 ? 'clock-over' : left < 3_600_000 ? 'clock-soon' : '';
  return (
    <span className={`clock ${look}`} title={`due ${instant(dueAt)}`}>
      {what && <span className="dim">{what}</span>} {left < 0 ? `overdue ${span(-left)}` : `due in ${span(left)}`}
    </span>
  );
}
