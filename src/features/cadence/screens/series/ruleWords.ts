import { type Weekday, weekdays } from '#engine/calendar/calendar.ts';
import type { Nth, Recurrence } from '#engine/cadence/recurrence.ts';

export const weekdayNames: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

export const nthWords: Readonly<Record<`${Nth}`, string>> = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', last: 'last' };
export const quarterMonthWords: Readonly<Record<1 | 2 | 3, string>> = { 1: 'first month', 2: 'second month', 3: 'third month' };

const working: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];

/** “Every second Tuesday”: when a series meets, without its time of day. */
export function ruleWords(rule: Recurrence): string {
  if (rule.every === 'day') return daysWords(rule.weekdays);
  const name = weekdayNames[rule.weekday];
  if (rule.every === 'week') return rule.interval === 1 ? `Every ${name}` : `Every ${intervalWord(rule.interval)} ${name}`;
  const nth = `${nthWords[rule.nth]} ${name}`;
  return rule.every === 'month' ? `Every ${nth} of a month` : `Every ${nth} of the ${quarterMonthWords[rule.month]} of a quarter`;
}

function daysWords(days: readonly Weekday[]): string {
  const sorted = weekdays.filter((day) => days.includes(day));
  if (sorted.length === 7) return 'Every day';
  if (sorted.length === 5 && working.every((day) => sorted.includes(day))) return 'Monday to Friday';
  return `Every ${sorted.map((day) => weekdayNames[day]).join(', ')}`;
}

const intervalWord = (interval: number): string => ({ 2: 'second', 3: 'third', 4: 'fourth' })[interval] ?? `${interval}th`;

/** A rule of another rhythm, with what can be kept of the one before. */
export function ruleOf(every: Recurrence['every'], before: Recurrence): Recurrence {
  if (every === before.every) return before;
  const weekday = before.every === 'day' ? (before.weekdays[0] ?? 'mon') : before.weekday;
  const nth = before.every === 'month' || before.every === 'quarter' ? before.nth : 1;
  if (every === 'day') return { every, weekdays: [...working] };
  if (every === 'week') return { every, interval: 1, weekday };
  return every === 'month' ? { every, nth, weekday } : { every, month: 1, nth, weekday };
}
