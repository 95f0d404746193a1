import { attributionGroupings, type AttributionBy } from '#features/returns/contract/attribution.ts';
import { useUrlSearch } from '#ui/kit/search.ts';
import { type Measure, measures } from './modelRanges.ts';

export const splits: readonly { value: AttributionBy; label: string }[] = [
  { value: 'channel', label: 'By channel' },
  { value: 'campaign', label: 'By campaign' },
  { value: 'content', label: 'By content' },
  { value: 'member', label: 'By person' },
  { value: 'segment', label: 'By segment' },
  { value: 'month', label: 'By month' },
];

export interface AttributionScope {
  by: AttributionBy;
  start: string | null;
  end: string | null;
  /** JSON, as the server takes it; null: all segments. */
  segment: string | null;
  measure: Measure | null;
  part: 'credit' | 'paths';
}

/** All time unless the address says otherwise: answers of the data-driven models stay of use from one day to the next. */
export function useAttributionScope(): [AttributionScope, (changes: Record<string, string | null>) => void, Record<string, string>] {
  const [search, change] = useUrlSearch();
  const scope: AttributionScope = {
    by: attributionGroupings.find((by) => by === search['by']) ?? 'channel',
    start: search['start'] ?? null,
    end: search['end'] ?? null,
    segment: search['segment'] ?? null,
    measure: measures.find((measure) => measure === search['measure']) ?? null,
    part: search['part'] === 'paths' ? 'paths' : 'credit',
  };
  return [scope, change, search];
}

export const periodQuery = ({ start, end, segment }: AttributionScope): Record<string, string | null> => ({ start, end, segment });

/** The query of an address that the server gave; what is asked of it anew stands in `changes`. */
export function queryOf(url: string, changes: Record<string, string> = {}): string {
  const search = new URLSearchParams(url.split('?')[1] ?? '');
  for (const [name, value] of Object.entries(changes)) search.set(name, value);
  return search.toString();
}
