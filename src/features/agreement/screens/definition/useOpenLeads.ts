import { addDays, count, instantOfLocal } from '#ui/formats.ts';
import { useUrlSearch } from '#ui/kit/search.ts';
import { paths } from '#ui/paths.ts';
import type { BackTest } from '../../contract.ts';

/** The address that opens the leads behind a number of a back-test, beside the numbers. */
export function useOpenLeads(test: BackTest, term: string): (which: string, group?: string | null) => string {
  const [search] = useUrlSearch();
  return (which, group) => {
    const query = new URLSearchParams({ which, start: test.start, end: test.end });
    if (group !== undefined) {
      query.set('by', test.by);
      query.set('group', JSON.stringify(group));
    }
    return paths.definition(term, { ...search, records: query.toString() });
  };
}

/** All leads of the period or of a group of it, as the list of leads shows them. */
export function allLeads(test: BackTest, group?: string | null): string {
  const monthly = test.by === 'month' && group;
  const start = monthly ? later(test.start, `${group.slice(0, 7)}-01`) : test.start;
  const end = monthly ? earlier(test.end, lastDayOf(group)) : test.end;
  const until = new Date(Date.parse(instantOfLocal(`${addDays(end, 1)}T00:00`)) - 1).toISOString();
  const field = test.by === 'campaign' ? 'campaignId' : test.by;
  const of =
    group === undefined || test.by === 'month' ? [] : [group === null ? { field, is: 'blank' } : { field, is: 'eq', value: group }];
  return paths.records('leads', {
    filter: JSON.stringify({ all: [{ field: 'openedAt', is: 'between', value: [instantOfLocal(`${start}T00:00`), until] }, ...of] }),
  });
}

const later = (one: string, other: string): string => (one > other ? one : other);
const earlier = (one: string, other: string): string => (one < other ? one : other);

function lastDayOf(month: string): string {
  const [year = 1970, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

/** Minutes as hours: `42 h`, below ten with one decimal. */
export function hoursText(minutes: number): string {
  const hours = minutes / 60;
  return `${count(Math.abs(hours) < 10 ? Math.round(hours * 10) / 10 : Math.round(hours))} h`;
}
