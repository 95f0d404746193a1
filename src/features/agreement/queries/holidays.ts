import type { HolidaysTypes } from 'date-holidays';
import type { z } from 'zod';
import { Problem } from '#platform/errors.ts';
import type { HolidaysAnswer, holidaysAsk } from '../contract/calendars.ts';

/**
 * Whole days off of a country and region, from the kept library date-holidays (see NOTICE); half days, and days
 * that are only observed, are left out.
 * @throws Problem bad-input for a country or region it doesn't know
 */
export async function listHolidays({ country, region, from, to }: z.output<typeof holidaysAsk>): Promise<HolidaysAnswer> {
  // A megabyte of tables, needed by few and seldom.
  const { default: Holidays } = await import('date-holidays');
  const countries = placesOf(new Holidays().getCountries('en'));
  if (country === undefined) return { items: [], regions: [], countries };
  refuseUnknown('country', country, countries);
  const regions = placesOf(new Holidays().getStates(country, 'en'));
  if (region !== undefined) refuseUnknown('region', region, regions);
  const library = region === undefined ? new Holidays(country) : new Holidays(country, region);
  library.setLanguages('en');
  const years = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const days = years.flatMap((year) => library.getHolidays(year, 'en').flatMap(daysOff));
  const items = [...new Map(days.map((day) => [day.on, day])).values()].filter(({ on }) => on >= `${from}` && on < `${to + 1}`);
  return { items: items.sort((one, other) => (one.on < other.on ? -1 : 1)), regions, countries };
}

const dayMilliseconds = 86_400_000;

/** Each whole day of a holiday that closes offices. */
function daysOff({ type, date, start, end, name }: HolidaysTypes.Holiday): { on: string; name: string }[] {
  if (type !== 'public' && type !== 'bank') return [];
  const length = Math.round((end.getTime() - start.getTime()) / dayMilliseconds);
  if (length < 1 || !isMidnight(date)) return [];
  const first = Temporal.PlainDate.from(date.slice(0, 10));
  return Array.from({ length }, (_, at) => ({ on: first.add({ days: at }).toString(), name }));
}

/** `2026-12-24 14:00:00 …` is half a day. */
const isMidnight = (date: string): boolean => date.slice(11, 16) === '00:00';

const placesOf = (names: Record<string, string> | undefined): { code: string; name: string }[] =>
  Object.entries(names ?? {})
    .map(([code, name]) => ({ code, name }))
    .sort((one, other) => one.name.localeCompare(other.name, 'en'));

function refuseUnknown(at: string, code: string, known: readonly { code: string }[]): void {
  if (known.some((place) => place.code === code)) return;
  throw new Problem(
    'bad-input',
    `The holidays of ${at} “${code}” are not known; there are ${known.map((place) => place.code).join(', ')}.`,
    {
      fields: [{ at, reason: 'Its holidays are not known.' }],
    },
  );
}
