/** Periods of the calendar year: `2026-03`, `2026-Q1`, `2026-H1`, `2026`. Days are numbers since 1970-01-01 here. */

import { civilOf, dayNumber } from '../values/calendarDay.ts';
import { type PeriodKind, periodKinds } from './plan.ts';

export interface Period {
  readonly key: string;
  readonly kind: PeriodKind;
  readonly first: number;
  readonly last: number;
}

const monthsIn: Readonly<Record<PeriodKind, number>> = { month: 1, quarter: 3, half: 6, year: 12 };

/** The period of its kind that a day is in. */
export function periodOf(day: number, kind: PeriodKind): Period {
  const { year, month } = civilOf(day);
  return nth(year, Math.floor((month - 1) / monthsIn[kind]), kind);
}

/** @param place within the year, from 0 */
function nth(year: number, place: number, kind: PeriodKind): Period {
  const months = monthsIn[kind];
  const end = (place + 1) * months;
  return {
    key: keyOf(year, place, kind),
    kind,
    first: dayNumber(year, place * months + 1, 1),
    last: (end === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, end + 1, 1)) - 1,
  };
}

function keyOf(year: number, place: number, kind: PeriodKind): string {
  const four = String(year).padStart(4, '0');
  if (kind === 'year') return four;
  if (kind === 'month') return `${four}-${String(place + 1).padStart(2, '0')}`;
  return `${four}-${kind === 'quarter' ? 'Q' : 'H'}${place + 1}`;
}

/** The period of a key. @throws RangeError for text that is none */
export function readPeriod(key: string): Period {
  const [, year, month, letter, place] = /^(\d{4})(?:-(0[1-9]|1[0-2])|-(?:(Q)([1-4])|(?:H)([12])))?$/.exec(key) ?? [];
  if (year === undefined) throw new RangeError(`“${key}” is no period; one such as 2026-03, 2026-Q1, 2026-H1 or 2026 would do`);
  if (month !== undefined) return nth(Number(year), Number(month) - 1, 'month');
  if (letter === 'Q') return nth(Number(year), Number(place) - 1, 'quarter');
  return key.includes('H') ? nth(Number(year), Number(key.at(-1)) - 1, 'half') : nth(Number(year), 0, 'year');
}

export const following = ({ last, kind }: Period): Period => periodOf(last + 1, kind);

/** Whether one kind lasts as long as another, or longer. */
export const isAtLeast = (one: PeriodKind, other: PeriodKind): boolean => periodKinds.indexOf(one) >= periodKinds.indexOf(other);
