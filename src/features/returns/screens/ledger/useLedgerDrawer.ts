import { useUrlSearch } from '#ui/kit/search.ts';

export interface LedgerDrawerState {
  /** The address of the entries behind a number, as the server gave it. */
  open(recordsUrl: string, about: string): void;
  openEntry(id: string): void;
  /** Back from one entry to those it was opened from. */
  back(): void;
  close(): void;
  url: string | undefined;
  about: string | undefined;
  entryId: string | undefined;
}

/** What is opened stands in the address: it can be sent to somebody, and comes back with the page. */
export function useLedgerDrawer(): LedgerDrawerState {
  const [search, change] = useUrlSearch();
  return {
    open: (url, about) => change({ open: url.split('?')[1] || 'state=all', about, entry: null }),
    openEntry: (entry) => change({ entry }),
    back: () => change({ entry: null }),
    close: () => change({ open: null, about: null, entry: null }),
    url: search['open'],
    about: search['about'],
    entryId: search['entry'],
  };
}

/** The same number, narrowed: the part of one side, say. */
export function narrowedUrl(recordsUrl: string, narrowing: Record<string, string>): string {
  const [path, query = ''] = recordsUrl.split('?');
  const search = new URLSearchParams(query);
  for (const [name, value] of Object.entries(narrowing)) search.set(name, value);
  return `${path}?${search}`;
}
