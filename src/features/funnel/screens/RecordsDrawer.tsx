import { Drawer, Text } from '@mantine/core';
import { useMemo } from 'react';
import { stageLabel } from '#features/funnel/contract.ts';
import type { LeadStage } from '#features/records/contract.ts';
import { useRecordList } from '#ui/api/records.ts';
import { count, day } from '#ui/formats.ts';
import { RecordGrid } from '#ui/kit/RecordGrid.tsx';
import { Empty, Loading, Wrong } from '#ui/kit/States.tsx';
import { listFields, recordPages } from '#ui/records.ts';

const which: Record<string, (from: string, to: string) => string> = {
  entered: (from) => `that entered ${from}`,
  reached: (from, to) => `that entered ${from} and reached ${to}`,
  negative: (from, to) => `that reached ${to} before ${from}`,
  withoutEntering: (from, to) => `that reached ${to} without a known ${from}`,
  censored: (from) => `that entered ${from} and whose window is not over`,
};

/** Groupings whose groups are ids, which say nothing to a reader. */
const groupedById: readonly string[] = ['owner', 'qualifier', 'campaign', 'team'];

/** The very leads a number counts. */
export function RecordsDrawer({ query, onClose }: { query: string; onClose(): void }) {
  const params = useMemo(() => Object.fromEntries(new URLSearchParams(query)), [query]);
  const list = useRecordList('/funnel/records', params);
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const total = list.data?.pages[0]?.total ?? null;
  const from = (params['from'] ?? 'mql') as LeadStage;
  const to = (params['to'] ?? 'won') as LeadStage;
  const fields = listFields(recordPages.leads);
  const pick = (names: readonly string[]) =>
    names.map((name) => fields.find((field) => field.name === name)).filter((field) => field !== undefined);
  const timeOf = (stage: LeadStage): string => (stage === 'inquiry' ? 'openedAt' : `${stage}At`);
  const columns = [...new Set(['name', 'company', 'stage', 'origin', 'ownerId', timeOf(from), timeOf(to), 'value'])];
  const group = params['group'] ? (JSON.parse(params['group']) as string | null) : undefined;
  const scope = [
    params['by'] !== 'none' && group !== undefined && !groupedById.includes(params['by'] ?? '') && `${params['by']}: ${group ?? '(blank)'}`,
    (params['start'] || params['end']) &&
      `${params['start'] ? day(params['start']) : 'the beginning'} to ${params['end'] ? day(params['end']) : 'now'}`,
    params['windowDays'] && `within ${params['windowDays']} days`,
    params['mode'] === 'period' ? 'counted by period' : 'counted by cohort',
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(1180px, 100%)"
      title={`${total === null ? 'Leads' : `${count(total)} ${total === 1 ? 'lead' : 'leads'}`} ${(which[params['which'] ?? 'entered'] ?? which['entered'])?.(stageLabel(from), stageLabel(to)) ?? ''}`}
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
          cardFields={pick(['company', 'origin', 'ownerId', timeOf(to)])}
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
