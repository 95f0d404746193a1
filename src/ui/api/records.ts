import { keepPreviousData, useInfiniteQuery, useQuery, type InfiniteData } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Field } from '#features/records/contract.ts';
import type { Filter } from '#features/records/contract/lists.ts';
import type { RecordsPath } from '#ui/paths.ts';
import { recordPages, type RecordItem } from '#ui/records.ts';
import { get, type Query } from './client.ts';
import { useChanges } from './live.ts';
import { queries, type List } from './queries.ts';

export interface ListAsk {
  q?: string;
  filter?: Filter | null;
  sort?: string;
}

const pageSize = 100;

export const listParams = ({ q, filter, sort }: ListAsk): Query => ({
  q,
  filter: filter?.all.length ? JSON.stringify(filter) : null,
  sort,
});

/** Pages of records, fetched as the reader scrolls. `path` is below the API's root, e.g. `/leads`. */
export function useRecordList(path: string, params: Query) {
  return useInfiniteQuery({
    queryKey: ['list', path, params],
    queryFn: ({ pageParam, signal }) => get<List<RecordItem>>(path, { ...params, limit: pageSize, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

/**
 * How many records came in since the list was read. Rows on screen are brought up to date where they
 * stand; nothing moves under the reader until `refresh`.
 */
export function useNewcomers(records: RecordsPath, params: Query): { newcomers: number; refresh(): void } {
  const changes = useChanges(recordPages[records].kind);
  const path = `/${records}`;
  const key = ['list', path, params];
  const text = JSON.stringify(key);
  const seen = useRef(changes);
  const [newcomers, setNewcomers] = useState(0);
  useEffect(() => setNewcomers(0), [text]);
  useEffect(() => {
    if (seen.current === changes) return undefined;
    const timer = setTimeout(() => {
      seen.current = changes;
      void lookAgain(path, params, JSON.parse(text) as unknown[]).then(setNewcomers, () => undefined);
    }, 600);
    return () => clearTimeout(timer);
  }, [changes, text]);
  const refresh = (): void => {
    setNewcomers(0);
    void queries.resetQueries({ queryKey: key });
  };
  return { newcomers, refresh };
}

async function lookAgain(path: string, params: Query, key: unknown[]): Promise<number> {
  const fresh = await get<List<RecordItem>>(path, { ...params, limit: pageSize });
  const held = queries.getQueryData<InfiniteData<List<RecordItem>>>(key);
  if (!held) return 0;
  const byId = new Map(fresh.items.map((item) => [item.id, item]));
  const known = new Set(held.pages.flatMap((page) => page.items.map(({ id }) => id)));
  const pages = held.pages.map((page) => ({ ...page, items: page.items.map((item) => byId.get(item.id) ?? item) }));
  queries.setQueryData(key, { ...held, pages });
  const grown = (fresh.total ?? 0) - (held.pages[0]?.total ?? 0);
  const more = held.pages.length > 1 || Boolean(held.pages.at(-1)?.next);
  const unseen = fresh.items.filter(({ id }) => !known.has(id)).length;
  return more ? Math.max(grown, unseen, 0) : unseen;
}

export const useRecord = (records: RecordsPath, id: string) =>
  useQuery({ queryKey: ['record', records, id], queryFn: ({ signal }) => get<RecordItem>(`/${records}/${id}`, {}, signal) });

interface CustomField {
  kind: string;
  key: string;
  label: string;
  type: string;
}

/** The company's own fields of a kind, as fields like any other under `custom.<key>`. */
export function useCustomFields(records: RecordsPath): readonly Field[] {
  const kind = recordPages[records].kind;
  const asked = useQuery({
    queryKey: ['custom-fields', kind],
    queryFn: () => get<List<CustomField>>('/custom-fields', { kind }),
    staleTime: 300_000,
  });
  return (asked.data?.items ?? []).map(({ key, label, type }) => ({ name: `custom.${key}`, label, type: typeOf(type) }));
}

const typeOf = (type: string): Field['type'] =>
  type === 'number' ? 'integer' : type === 'boolean' || type === 'day' || type === 'instant' || type === 'amount' ? type : 'text';

/** Whatever shows records is asked for again: after our own writes. */
export async function refreshRecords(): Promise<void> {
  await Promise.all(
    ['list', 'record', 'funnel', 'today', 'duplicates', 'count', 'search'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
  );
}
