import type { ClauseAttainment } from '#features/agreement/contract.ts';
import { addDays, count, money } from '#ui/formats.ts';
import { queryOf } from './useAttainment.ts';

/** What a clause asks, without how it is counted, excused and followed up: that stands one click away. */
export const inBrief = (sentence: string): string => sentence.split('; ')[0]!.replace(/[^.]$/, '$&.');

/** The query of the records behind one of a number's parts: those kept, late… */
export function partOf(recordsUrl: string, which: string): string {
  const params = new URLSearchParams(queryOf(recordsUrl));
  params.set('which', which);
  return params.toString();
}

/** The same records of other days only. */
export function duringDays(recordsUrl: string, start: string, end: string): string {
  const params = new URLSearchParams(queryOf(recordsUrl));
  params.set('start', start);
  params.set('end', end);
  return params.toString();
}

/** First and last day of a month `2026-03`. */
export function daysOfMonth(month: string): { start: string; end: string } {
  const start = `${month.slice(0, 7)}-01`;
  return { start, end: addDays(`${addDays(start, 31).slice(0, 7)}-01`, -1) };
}

/** First and last day of a month `2026-03` or an ISO week `2026-W09`; null for what is neither. */
export function daysOfStretch(label: string): { start: string; end: string } | null {
  if (/^\d{4}-\d\d$/.test(label)) return daysOfMonth(label);
  const [, year, week] = /^(\d{4})-W(\d\d)$/.exec(label) ?? [];
  if (!year || !week) return null;
  // The fourth of January lies in the first week, whatever day it is.
  const fourth = new Date(`${year}-01-04T00:00:00Z`);
  const start = addDays(`${year}-01-04`, 7 * (Number(week) - 1) - ((fourth.getUTCDay() + 6) % 7));
  return { start, end: addDays(start, 6) };
}

export interface PaceDay {
  day: string;
  /** The day after the working day before: what comes on days off counts with the next working day. */
  since: string;
  /** Leads, or minor units, as decimal texts: since the working day before, up to then, and as agreed by then. */
  came: string;
  actual: string;
  ideal: string;
  isKept: boolean;
}

type Pace = NonNullable<ClauseAttainment['pace']>;

/** The working days of a pace from one day to another, newest first. */
export const paceDays = (pace: Pace, { start, end }: { start: string; end: string }): PaceDay[] =>
  pace.periods
    .flatMap((period) =>
      period.days.map(({ day, ideal, actual, withinTolerance }, at): PaceDay => {
        const before = period.days[at - 1];
        return {
          day,
          since: before ? addDays(before.day, 1) : period.start,
          came: difference(pace, actual, before?.actual ?? '0'),
          actual,
          ideal,
          isKept: withinTolerance,
        };
      }),
    )
    .filter(({ day }) => day >= start && day <= end)
    .toReversed();

/** How far ahead (or behind, with a minus) `one` is of `other`. */
export const difference = ({ unit }: Pace, one: string, other: string): string =>
  unit === 'amount' ? String(BigInt(one) - BigInt(other)) : String(Math.round((Number(one) - Number(other)) * 10) / 10);

export const paceText = ({ unit, currency }: Pace, value: string): string =>
  unit === 'amount' ? money(value, currency) : count(Number(value));
