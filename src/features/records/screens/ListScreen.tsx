import { Button, Group, Menu } from '@mantine/core';
import { IconDownload, IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useRouterState } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import { sortFieldsOf, type ListKind } from '#features/records/contract/lists.ts';
import { apiUrl } from '#ui/api/client.ts';
import { listParams, useCustomFields, useNewcomers, useRecordList } from '#ui/api/records.ts';
import { useRights } from '#ui/api/session.ts';
import { countAtLeast, plural } from '#ui/formats.ts';
import { useGo } from '#ui/kit/Go.tsx';
import { useKeys } from '#ui/kit/keys.ts';
import { Page } from '#ui/kit/Page.tsx';
import { RecordGrid } from '#ui/kit/RecordGrid.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Loading, Wrong } from '#ui/kit/States.tsx';
import { paths, type RecordsPath } from '#ui/paths.ts';
import { listFields, recordPages } from '#ui/records.ts';
import { BulkBar } from './BulkBar.tsx';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { EmptyList } from './EmptyList.tsx';
import { FilterBar } from './FilterBar.tsx';
import { NewRecord } from './NewRecord.tsx';
import { SearchField } from '#ui/kit/SearchField.tsx';
import { useListState } from './useListState.ts';
import { useSelection } from './useSelection.ts';
import { ViewsMenu } from './ViewsMenu.tsx';

export const ListScreen = () => <RecordsList />;

/** @param tabs of the pages that belong to this list */
export function RecordsList({ tabs }: { tabs?: ReactNode }) {
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const path = (pathname.split('/')[1] ?? 'leads') as RecordsPath;
  return <RecordList key={path} path={path} tabs={tabs} />;
}

function RecordList({ path, tabs }: { path: RecordsPath; tabs: ReactNode }) {
  const page = recordPages[path];
  const go = useGo();
  const rights = useRights();
  const [search, changeSearch] = useUrlSearch();
  const [state, set] = useListState(page);
  const custom = useCustomFields(path);
  const fields = useMemo(() => listFields(page, custom), [page, custom]);
  const params = listParams(state);
  const list = useRecordList(`/${path}`, params);
  const { newcomers, refresh } = useNewcomers(path, params);
  const [editing, setEditing] = useState(false);
  const items = useMemo(() => list.data?.pages.flatMap((part) => part.items) ?? [], [list.data]);
  const selection = useSelection(items, JSON.stringify(params));
  const first = list.data?.pages[0];
  const shown = state.columns.map((name) => fields.find((field) => field.name === name)).filter((field) => field !== undefined);
  const narrowed = state.q !== '' || state.filter.all.length > 0;
  useKeys({ e: () => setEditing(selection.ids.size > 0 && rights.edit), Escape: () => selection.setAll(false) });
  const heading =
    first?.total === null || first?.total === undefined ? (
      page.label
    ) : (
      <>
        {page.label}{' '}
        <span className="dim" style={{ fontWeight: 400 }}>
          {countAtLeast(first.total, first.totalIsAtLeast)}
        </span>
      </>
    );
  return (
    <Page
      title={page.label}
      heading={heading}
      fill
      actions={
        <Group gap={6}>
          {(path === 'accounts' || path === 'contacts') && (
            <Button variant="default" leftSection={<IconUsersGroup size={16} />} onClick={() => go(paths.duplicates(path))}>
              Duplicates
            </Button>
          )}
          <span className="desk-only">
            <ExportMenu path={path} columns={state.columns} params={params} />
          </span>
          {rights.edit && (
            <Button leftSection={<IconPlus size={16} />} onClick={() => changeSearch({ new: '1' })}>
              New {page.one}
            </Button>
          )}
        </Group>
      }
    >
      {tabs}
      <Group gap={6} mb={8}>
        <SearchField value={state.q} onChange={(q) => set({ q })} label={`Search ${page.label.toLowerCase()}`} />
        <ViewsMenu page={page} state={state} set={set} />
        <span className="desk-only">
          <ColumnsMenu fields={fields} columns={state.columns} onChange={(columns) => set({ columns })} />
        </span>
        <FilterBar path={path} fields={fields} filter={state.filter} onChange={(filter) => set({ filter })} />
        <span role="status">
          {newcomers > 0 && (
            <Button size="compact-md" variant="default" onClick={refresh}>
              {newcomers} new – refresh
            </Button>
          )}
        </span>
      </Group>
      {list.isPending ? (
        <Loading lines={12} height={22} />
      ) : list.error && !list.data ? (
        <Wrong error={list.error} retry={() => void list.refetch()} what={page.label} />
      ) : items.length === 0 ? (
        <EmptyList page={page} narrowed={narrowed} clear={() => set({ q: '', filter: { all: [] }, view: null })} />
      ) : (
        <RecordGrid
          path={path}
          label={page.label}
          fields={shown}
          items={items}
          total={first?.total ?? null}
          cardFields={page.card.map((name) => fields.find((field) => field.name === name)).filter((field) => field !== undefined)}
          more={list.hasNextPage}
          loadMore={() => void list.fetchNextPage()}
          loadingMore={list.isFetchingNextPage}
          sort={state.sort}
          sortable={sortFieldsOf[page.kind as ListKind]}
          onSort={(sort) => set({ sort })}
          {...(rights.edit && { selection })}
        />
      )}
      {selection.ids.size > 0 && (
        <BulkBar
          page={page}
          fields={fields}
          selection={selection}
          allTotal={first?.total ?? null}
          query={{ q: state.q, filter: state.filter }}
          editing={editing}
          setEditing={setEditing}
        />
      )}
      {search['new'] && rights.edit && <NewRecord page={page} onClose={() => changeSearch({ new: null })} />}
      <div aria-live="polite" className="visually-hidden">
        {list.isFetching ? '' : plural(items.length, `${page.one} shown`, `${page.label.toLowerCase()} shown`)}
      </div>
    </Page>
  );
}

function ExportMenu({ path, columns, params }: { path: RecordsPath; columns: readonly string[]; params: ReturnType<typeof listParams> }) {
  const address = (chosen: readonly string[] | null): string =>
    apiUrl(`/${path}/export`, { format: 'csv', columns: chosen?.join(',') ?? null, ...params });
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={address(columns)} download>
          CSV, these columns
        </Menu.Item>
        <Menu.Item component="a" href={address(null)} download>
          CSV, every field
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
