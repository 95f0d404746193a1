import { count } from '#ui/formats.ts';
import { useUrlSearch } from '#ui/kit/search.ts';
import { paths } from '#ui/paths.ts';
import type { BackTest } from '../../contract.ts';

/** The address that opens the leads behind a number of a back-test, beside the numbers. */
export function useOpenLeads(test: BackTest, term: string): (which: string, group?: string | null) => string {
  const [search] = useUrlSearch();
  return (which, group) => {
    const query = new URLSearchParams({ which, backTest: test.id, start: test.start, end: test.end });
    if (group !== undefined) {
      query.set('by', test.by);
      query.set('group', JSON.stringify(group));
    }
    return paths.definition(term, { ...search, records: query.toString() });
  };
}

/** Minutes as hours: `42 h`, below ten with one decimal. */
export function hoursText(minutes: number): string {
  const hours = minutes / 60;
  return `${count(Math.abs(hours) < 10 ? Math.round(hours * 10) / 10 : Math.round(hours))} h`;
}
