import { Button, Checkbox, Group, Menu, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBookmark, IconCheck, IconTrash, IconUsers } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ListQuery } from '#features/records/contract/lists.ts';
import { get, patch, post, remove } from '#ui/api/client.ts';
import type { List } from '#ui/api/queries.ts';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import type { RecordPage } from '#ui/records.ts';
import type { ListState } from './useListState.ts';

interface View {
  id: string;
  name: string;
  shared: boolean;
  mine: boolean;
  query: ListQuery;
}

const queryOf = ({ q, filter, sort, columns }: ListState): ListQuery => ({
  ...(q && { q }),
  ...(filter.all.length && { filter }),
  sort,
  columns: [...columns],
});

/** Kept searches, filters, sorts and columns: one's own, or shared with the workspace. */
export function ViewsMenu({ page, state, set }: { page: RecordPage; state: ListState; set(changes: Partial<ListState>): void }) {
  const client = useQueryClient();
  const [saving, { open, close }] = useDisclosure(false);
  const views = useQuery({ queryKey: ['views', page.path], queryFn: () => get<List<View>>('/views', { kind: page.path }) });
  const current = views.data?.items.find(({ id }) => id === state.view);
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ['views'] });
  const show = ({ id, query }: View): void =>
    set({
      view: id,
      q: query.q ?? '',
      filter: query.filter ?? { all: [] },
      sort: query.sort ?? page.sort,
      columns: query.columns ?? page.columns,
    });
  const update = (): Promise<void> =>
    patch(`/views/${current?.id}`, { query: queryOf(state) })
      .then(() => {
        tell('View saved.');
        return again();
      })
      .catch(tellProblem);
  const drop = (view: View): Promise<void> =>
    remove(`/views/${view.id}`)
      .then(() => {
        if (state.view === view.id) set({ view: null });
        return again();
      })
      .catch(tellProblem);
  return (
    <>
      <Menu position="bottom-start" width={280}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconBookmark size={16} />}>
            {current?.name ?? 'Views'}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => set({ view: null, q: '', filter: { all: [] }, sort: page.sort, columns: page.columns })}>
            All {page.label.toLowerCase()}
          </Menu.Item>
          {(views.data?.items ?? []).map((view) => (
            <Menu.Item
              key={view.id}
              onClick={() => show(view)}
              leftSection={view.id === state.view ? <IconCheck size={14} /> : undefined}
              rightSection={view.shared ? <IconUsers size={14} aria-label="shared" /> : undefined}
            >
              {view.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          {current?.mine && <Menu.Item onClick={() => void update()}>Save changes to “{current.name}”</Menu.Item>}
          {current?.mine && (
            <Menu.Item color="var(--a-bad)" leftSection={<IconTrash size={14} />} onClick={() => void drop(current)}>
              Delete “{current.name}”
            </Menu.Item>
          )}
          <Menu.Item onClick={open}>Save as a new view…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {saving && (
        <SaveView
          page={page}
          query={queryOf(state)}
          onClose={close}
          onSaved={(view) => {
            void again();
            set({ view: view.id });
            close();
          }}
        />
      )}
    </>
  );
}

function SaveView({
  page,
  query,
  onClose,
  onSaved,
}: {
  page: RecordPage;
  query: ListQuery;
  onClose(): void;
  onSaved(view: { id: string }): void;
}) {
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const save = (): Promise<void> =>
    post<{ id: string }>('/views', { kind: page.path, name, shared, query }).then(onSaved).catch(tellProblem);
  return (
    <Modal opened onClose={onClose} title="Save view">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Stack>
          <TextInput
            label="Name"
            required
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <Checkbox
            label="Share with everybody in the workspace"
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
          <Group justify="flex-end">
            <Button type="submit">Save</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
