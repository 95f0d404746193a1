import { paths } from '#ui/paths.ts';
import { useUrlSearch } from '#ui/kit/search.ts';
import { openable } from './useScope.ts';

/** The address that opens the records behind a number, beside the numbers. */
export function useOpen(): (recordsUrl: string, which?: string) => string {
  const [search] = useUrlSearch();
  return (recordsUrl, which) => {
    const query = new URLSearchParams(openable(recordsUrl));
    if (which) query.set('which', which);
    return paths.scoreboard({ ...search, records: query.toString() });
  };
}
