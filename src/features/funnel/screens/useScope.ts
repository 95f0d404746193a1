import {
  fromStages,
  funnelGroupings,
  funnelModes,
  stageIndex,
  toStages,
  type FunnelBy,
  type FunnelMode,
} from '#features/funnel/contract.ts';
import type { Query } from '#ui/api/client.ts';
import { useUrlSearch } from '#ui/kit/search.ts';

export interface FunnelScope {
  by: FunnelBy;
  from: (typeof fromStages)[number];
  to: (typeof toStages)[number];
  mode: FunnelMode;
  start: string | null;
  end: string | null;
  windowDays: string | null;
}

const oneOf = <T extends string>(known: readonly T[], text: string | undefined, otherwise: T): T =>
  known.find((value) => value === text) ?? otherwise;

/** What is asked stands in the address; nonsense in it is read as the default. */
export function useScope(): [FunnelScope, (changes: Partial<Record<keyof FunnelScope, string | null>>) => void] {
  const [search, change] = useUrlSearch();
  const from = oneOf(fromStages, search['from'], 'mql');
  const to = oneOf(
    toStages.filter((stage) => stageIndex(stage) > stageIndex(from)),
    search['to'],
    'won',
  );
  const mode = oneOf(funnelModes, search['mode'], 'cohort');
  return [
    {
      by: oneOf(funnelGroupings, search['by'], 'origin'),
      from,
      to,
      mode,
      start: search['start'] ?? null,
      end: search['end'] ?? null,
      windowDays: mode === 'cohort' && /^\d{1,5}$/.test(search['windowDays'] ?? '') ? (search['windowDays'] ?? null) : null,
    },
    (changes) => change({ ...changes, records: null }),
  ];
}

export const scopeQuery = (scope: FunnelScope): Query => ({ ...scope });

/** The query of a "records behind a number" address, for this page's own URL. */
export const openable = (recordsUrl: string): string => recordsUrl.split('?')[1] ?? '';
