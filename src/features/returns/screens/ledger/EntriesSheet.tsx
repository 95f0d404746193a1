import { Button, Group, Select } from '@mantine/core';
import { costSorts, costStates } from '#features/returns/contract/ledger.ts';
import { apiUrl } from '#ui/api/client.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { Entries } from './Entries.tsx';
import { type CostScope, scopeQuery } from './scope.ts';
import { SearchText } from './SearchText.tsx';

interface EntriesSheetProps {
  scope: CostScope;
  search: Record<string, string>;
  change(changes: Record<string, string | null>): void;
  open(id: string): void;
}

const sortWords: Record<(typeof costSorts)[number], string> = {
  '-occurredOn': 'Latest day first',
  occurredOn: 'Earliest day first',
  '-recordedAt': 'Last recorded first',
  recordedAt: 'First recorded first',
  '-booked': 'Largest first',
  booked: 'Smallest first',
};
const stateWords: Record<(typeof costStates)[number], string> = {
  all: 'All entries',
  live: 'Those that stand',
  reversed: 'Taken back',
  unbooked: 'Waiting for a rate',
};

/** The entries themselves, found by a word, in the order one likes, and as a file. */
export function EntriesSheet({ scope, search, change, open }: EntriesSheetProps) {
  const sort = costSorts.find((known) => known === search['sort']) ?? '-occurredOn';
  const state = costStates.find((known) => known === search['state']) ?? 'all';
  const query = { ...scopeQuery(scope), q: search['q'] ?? null, state, sort };
  return (
    <Sheet
      title="Entries"
      id="entries"
      actions={
        <Button component="a" variant="default" size="xs" href={apiUrl('/costs.csv', query)} download="costs.csv">
          CSV
        </Button>
      }
    >
      <Group gap="xs" px={10} pt={10} role="search" aria-label="Which entries">
        <SearchText
          label="Search entries"
          placeholder="Supplier, words, campaign, account, team"
          value={search['q'] ?? ''}
          onChange={(q) => change({ q: q || null })}
        />
        <Select
          aria-label="State"
          w={170}
          data={costStates.map((value) => ({ value, label: stateWords[value] }))}
          value={state}
          allowDeselect={false}
          onChange={(value) => change({ state: value === 'all' ? null : value })}
        />
        <Select
          aria-label="Order"
          w={170}
          data={costSorts
            .toSorted((a, b) => Object.keys(sortWords).indexOf(a) - Object.keys(sortWords).indexOf(b))
            .map((value) => ({ value, label: sortWords[value] }))}
          value={sort}
          allowDeselect={false}
          onChange={(value) => change({ sort: value === '-occurredOn' ? null : value })}
        />
      </Group>
      <Entries
        query={query}
        label="Cost entries"
        open={open}
        none={search['q'] || state !== 'all' ? 'No entry is like that' : 'No entries in this period'}
      />
    </Sheet>
  );
}
