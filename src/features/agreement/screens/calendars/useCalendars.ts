import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AbsenceItem, CalendarList, HolidaysAnswer } from '#features/agreement/contract/calendars.ts';
import { get } from '#ui/api/client.ts';
import { queries } from '#ui/api/queries.ts';
import type { List } from '#ui/api/queries.ts';

export const useCalendars = () => useQuery({ queryKey: ['calendars'], queryFn: () => get<CalendarList>('/calendars') });

export const useAbsences = (past: boolean) =>
  useInfiniteQuery({
    queryKey: ['calendars', 'absences', past],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => get<List<AbsenceItem>>('/absences', { past, limit: 50, cursor: pageParam }),
    getNextPageParam: (page) => page.next ?? undefined,
  });

export interface HolidayAsk {
  country: string | null;
  region: string | null;
  from: number;
  to: number;
}

/** Without a country: which there are. */
export const useHolidays = ({ country, region, from, to }: HolidayAsk) =>
  useQuery({
    queryKey: ['calendars', 'holidays', country, region, from, to],
    queryFn: () => get<HolidaysAnswer>('/calendars/holidays', { country, region, from, to }),
    staleTime: Infinity,
    enabled: Number.isInteger(from) && Number.isInteger(to) && to >= from && to - from < 20,
  });

export const askAgain = (): Promise<void> => queries.invalidateQueries({ queryKey: ['calendars'] });
