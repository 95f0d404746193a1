import type { Weekday } from '../calendar/calendar.ts';
import type { Nth, SeriesTimes } from './recurrence.ts';

const days: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};
const places: Readonly<Record<Nth, string>> = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', last: 'last' };
const quarterMonths = { 1: 'first', 2: 'second', 3: 'third' } as const;

/** “Every second Tuesday at 09:30 (Europe/Berlin), 45 minutes.” */
export const timesSentence = (times: SeriesTimes, timeZone: string, minutes: number): string =>
  `${ruleWords(times)} at ${times.at} (${timeZone}), ${minutes} minutes.`;

function ruleWords({ recurrence }: SeriesTimes): string {
  switch (recurrence.every) {
    case 'day':
      return `Every ${listed(recurrence.weekdays.map((day) => days[day]))}`;
    case 'week':
      return recurrence.interval === 1
        ? `Every ${days[recurrence.weekday]}`
        : recurrence.interval === 2
          ? `Every second ${days[recurrence.weekday]}`
          : `Every ${recurrence.interval} weeks on ${days[recurrence.weekday]}`;
    case 'month':
      return `On the ${places[recurrence.nth]} ${days[recurrence.weekday]} of each month`;
    case 'quarter':
      return `On the ${places[recurrence.nth]} ${days[recurrence.weekday]} of each quarter’s ${quarterMonths[recurrence.month]} month`;
  }
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
