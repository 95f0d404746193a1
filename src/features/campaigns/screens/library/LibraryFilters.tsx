import { Group, SegmentedControl, Select } from '@mantine/core';
import type { LibraryPage } from '#features/campaigns/contract/library.ts';
import { plural } from '#ui/formats.ts';
import { useUrlSearch } from '#ui/kit/search.ts';
import { SearchField } from '#ui/kit/SearchField.tsx';
import { kindOptions, sortOptions, stageOptions, standingOptions } from './libraryWords.ts';

/** Which content, in which order, as cards or as a table; it stands in the address. */
export function LibraryFilters({ page }: { page: LibraryPage }) {
  const [search, change] = useUrlSearch();
  const narrow = (key: string, label: string, data: { value: string; label: string }[]) => (
    <Select
      label={label}
      placeholder="Any"
      data={data}
      value={search[key] ?? null}
      clearable
      clearButtonProps={{ 'aria-label': `Any ${label.toLowerCase()}` }}
      onChange={(value) => change({ [key]: value })}
      className="filter-select"
    />
  );
  return (
    <Group gap="sm" mb="sm" align="flex-end" role="search" aria-label="Content">
      <SearchField label="Search content" value={search['q'] ?? ''} onChange={(q) => change({ q: q || null })} />
      {narrow('kind', 'Kind', kindOptions)}
      {narrow('stage', 'Stage', stageOptions)}
      {page.segments.length > 0 &&
        narrow(
          'segment',
          'Segment',
          page.segments.map((value) => ({ value, label: value })),
        )}
      {narrow('standing', 'Standing', standingOptions)}
      <Select
        label="In order of"
        data={sortOptions}
        value={search['sort'] ?? 'title'}
        allowDeselect={false}
        onChange={(sort) => change({ sort: sort === 'title' ? null : sort })}
        className="filter-select"
      />
      <SegmentedControl
        aria-label="Cards or table"
        data={[
          { value: 'cards', label: 'Cards' },
          { value: 'table', label: 'Table' },
        ]}
        value={search['view'] === 'table' ? 'table' : 'cards'}
        onChange={(view) => change({ view: view === 'table' ? 'table' : null })}
      />
      <span className="dim small-print" role="status">
        {plural(page.total, 'piece')}
      </span>
    </Group>
  );
}
