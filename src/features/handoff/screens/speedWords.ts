import { span, workingSpan } from '#ui/kit/ClockMark.tsx';

/** Minutes inside working hours; a day of them is as long as the calendar says. */
export const workingTime = (minutes: number | null): string => (minutes === null ? '–' : workingSpan(minutes));

/** Minutes on the wall. */
export const wallTime = (minutes: number | null): string => (minutes === null ? '–' : span(minutes * 60_000));

/** The same records, of one part of what a number counts. */
export const partOf = (recordsUrl: string, which: string): string => {
  const [path = '', query = ''] = recordsUrl.split('?');
  const params = new URLSearchParams(query);
  params.set('which', which);
  return `${path}?${params.toString()}`;
};
