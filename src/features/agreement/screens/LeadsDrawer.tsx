import { Drawer, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { Query } from '#ui/api/client.ts';
import { useRecordList } from '#ui/api/records.ts';
import { plural } from '#ui/formats.ts';
import { RecordGrid } from '#ui/kit/RecordGrid.tsx';
import { Empty, Loading, Wrong } from '#ui/kit/States.tsx';
import { listFields, recordPages } from '#ui/records.ts';

interface LeadsDrawerProps {
  /** Where the leads are asked for, below the API's root. */
  path: string;
  params: Query;
  /** After “12 leads ”: “that only the proposed version passes”. */
  which: string;
  scope: string;
  onClose(): void;
}

const columns = ['name', 'company', 'stage', 'origin', 'segment', 'ownerId', 'openedAt', 'wonAt', 'value'];

/** The very leads a number counts. */
export function LeadsDrawer({ path, params, which, scope, onClose }: LeadsDrawerProps) {
  const list = useRecordList(path, params);
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const total = list.data?.pages[0]?.total ?? null;
  const fields = listFields(recordPages.leads);
  const pick = (names: readonly string[]) => names.flatMap((name) => fields.find((field) => field.name === name) ?? []);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(1180px, 100%)"
      title={`${total === null ? 'Leads' : plural(total, 'lead')} ${which}`}
      styles={{
        content: { display: 'flex', flexDirection: 'column' },
        body: { flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column' },
      }}
    >
      <Text size="sm" c="dimmed" mb="sm" className="wrap-any">
        {scope}
      </Text>
      {list.isPending ? (
        <Loading lines={10} />
      ) : list.error && !list.data ? (
        <Wrong error={list.error} retry={() => void list.refetch()} what="The leads" />
      ) : items.length === 0 ? (
        <Empty title="No leads behind this number" />
      ) : (
        <RecordGrid
          path="leads"
          label="Leads behind the number"
          fields={pick(columns)}
          cardFields={pick(['company', 'origin', 'ownerId', 'openedAt'])}
          items={items}
          total={total}
          more={list.hasNextPage}
          loadMore={() => void list.fetchNextPage()}
          loadingMore={list.isFetchingNextPage}
        />
      )}
    </Drawer>
  );
}
