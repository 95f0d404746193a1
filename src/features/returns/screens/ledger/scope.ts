import type { CostBy } from '#features/returns/contract/ledger.ts';
import { firstDayOf, monthOf, monthsLater } from '#features/returns/contract/months.ts';
import { today } from '#ui/formats.ts';
import { useUrlSearch } from '#ui/kit/search.ts';
import { splits } from './ledgerWords.ts';

/** What narrows the whole page, by the names of the query. */
export const filterNames = ['side', 'category', 'campaignId', 'accountId', 'teamId', 'segment', 'channel', 'currency', 'supplier'] as const;
export type FilterName = (typeof filterNames)[number];

export interface CostScope {
  start: string | null;
  end: string | null;
  by: CostBy;
  allocated: boolean;
  filters: Partial<Record<FilterName, string>>;
}

/** The last twelve months with the present one, unless the address says otherwise. */
export function useCostScope(): [CostScope, (changes: Record<string, string | null>) => void, Record<string, string>] {
  const [search, change] = useUrlSearch();
  const open = search['period'] === 'open';
  const scope: CostScope = {
    start: search['start'] ?? (open ? null : firstDayOf(monthsLater(monthOf(today()), -11))),
    end: search['end'] ?? (open ? null : today()),
    by: splits.find(({ value }) => value === search['by'])?.value ?? 'category',
    allocated: search['allocated'] === 'true',
    filters: Object.fromEntries(filterNames.flatMap((name) => (search[name] ? [[name, search[name]]] : []))),
  };
  return [scope, change, search];
}

/** A period as the address keeps it: an end that is open is said, for without one the usual period is meant. */
export const periodChange = ({ start, end }: { start: string | null; end: string | null }): Record<string, string | null> => ({
  start,
  end,
  period: start === null || end === null ? 'open' : null,
});

/** The scope as every question of costs takes it. */
export const scopeQuery = ({ start, end, filters }: CostScope): Record<string, string | null> => ({ start, end, ...filters });

export const isNarrowed = ({ filters }: CostScope): boolean => Object.keys(filters).length > 0;
