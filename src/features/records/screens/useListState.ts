import { comparisons, type Condition, type Filter } from '#features/records/contract/lists.ts';
import { useUrlSearch } from '#ui/kit/search.ts';
import type { RecordPage } from '#ui/records.ts';

export interface ListState {
  q: string;
  filter: Filter;
  sort: string;
  columns: readonly string[];
  view: string | null;
}

/** What a list shows stands in its address: it can be kept, sent and gone back to. */
export function useListState(page: RecordPage): [ListState, (changes: Partial<ListState>) => void] {
  const [search, change] = useUrlSearch();
  const state: ListState = {
    q: search['q'] ?? '',
    filter: readFilter(search['filter']),
    sort: search['sort'] ?? page.sort,
    columns: search['columns']?.split(',').filter(Boolean) ?? page.columns,
    view: search['view'] ?? null,
  };
  const set = (changes: Partial<ListState>): void =>
    change({
      ...('q' in changes && { q: changes.q || null }),
      ...('filter' in changes && { filter: changes.filter?.all.length ? JSON.stringify(changes.filter) : null }),
      ...('sort' in changes && { sort: changes.sort === page.sort ? null : (changes.sort ?? null) }),
      ...('columns' in changes && {
        columns: changes.columns?.join(',') === page.columns.join(',') ? null : (changes.columns?.join(',') ?? null),
      }),
      ...('view' in changes && { view: changes.view ?? null }),
    });
  return [state, set];
}

/** Whatever is not a filter is read as none; the server checks its fields and values. */
function readFilter(text: string | undefined): Filter {
  try {
    const { all } = JSON.parse(text ?? '{}') as { all?: unknown };
    return { all: Array.isArray(all) ? all.filter(isCondition).slice(0, 10) : [] };
  } catch {
    return { all: [] };
  }
}

function isCondition(part: unknown): part is Condition {
  const { field, is } = (typeof part === 'object' && part !== null ? part : {}) as Record<string, unknown>;
  return typeof field === 'string' && comparisons.some((known) => known === is);
}
