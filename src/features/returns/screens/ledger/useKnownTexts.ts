import { useQuery } from '@tanstack/react-query';
import type { CostSummary } from '#features/returns/contract/ledger.ts';
import { get } from '#ui/api/client.ts';
import type { List } from '#ui/api/queries.ts';

interface Known {
  supplier: string[];
  channel: string[];
  segment: string[];
}

/** What suppliers, channels and segments are called here already, so that one of them is not written in two ways. */
export function useKnownTexts(): Known {
  return {
    supplier: useFromCosts('supplier'),
    channel: together(useFromCosts('channel'), useFromRecords('/leads/values', 'channel')),
    segment: together(useFromCosts('segment'), useFromRecords('/accounts/values', 'segment')),
  };
}

function useFromCosts(by: keyof Known): string[] {
  const asked = useQuery({
    queryKey: ['returns', 'costs', 'summary', { by }],
    queryFn: ({ signal }) => get<CostSummary>('/costs/summary', { by }, signal),
    staleTime: 300_000,
  });
  return (asked.data?.rows ?? []).flatMap(({ group }) => group ?? []);
}

function useFromRecords(path: string, field: string): string[] {
  const asked = useQuery({
    queryKey: ['values', path.split('/')[1], field],
    queryFn: () => get<List<{ value: string | null; count: number }>>(path, { field }),
    staleTime: 300_000,
  });
  return (asked.data?.items ?? []).flatMap(({ value }) => (value ? [String(value)] : []));
}

const together = (...lists: readonly string[][]): string[] => [...new Set(lists.flat())];
