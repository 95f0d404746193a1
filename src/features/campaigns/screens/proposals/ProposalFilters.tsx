import { Checkbox, Group, Select } from '@mantine/core';
import { proposalKinds } from '#engine/campaigns/proposal-states.ts';
import { useUrlSearch } from '#ui/kit/search.ts';
import { SearchField } from '#ui/kit/SearchField.tsx';
import { kindWords, sorts, states } from './proposalWords.ts';

/** Which proposals, and in which order; it stands in the address. */
export function ProposalFilters() {
  const [search, change] = useUrlSearch();
  return (
    <Group gap="sm" mb="sm" align="flex-end" role="search" aria-label="Proposals">
      <SearchField label="Search proposals" value={search['q'] ?? ''} onChange={(q) => change({ q: q || null })} />
      <Select
        label="State"
        data={states}
        value={search['state'] ?? 'live'}
        allowDeselect={false}
        onChange={(state) => change({ state: state === 'live' ? null : state })}
        className="filter-select"
      />
      <Select
        label="Kind"
        placeholder="Any"
        data={proposalKinds.map((value) => ({ value, label: kindWords[value].label }))}
        value={search['kind'] ?? null}
        clearable
        clearButtonProps={{ 'aria-label': 'Any kind' }}
        onChange={(kind) => change({ kind })}
        className="filter-select"
      />
      <Select
        label="In order of"
        data={sorts}
        value={search['sort'] ?? 'votes'}
        allowDeselect={false}
        onChange={(sort) => change({ sort: sort === 'votes' ? null : sort })}
        className="filter-select"
      />
      <Checkbox
        label="Only mine"
        checked={search['mine'] === 'true'}
        onChange={(event) => change({ mine: event.currentTarget.checked ? 'true' : null })}
        pb={8}
      />
    </Group>
  );
}
