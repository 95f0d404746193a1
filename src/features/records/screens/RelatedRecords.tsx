import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { get } from '#ui/api/client.ts';
import { listParams } from '#ui/api/records.ts';
import type { List } from '#ui/api/queries.ts';
import { countAtLeast, dayOfInstant, money } from '#ui/formats.ts';
import { StageMark } from '#ui/kit/FieldValue.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths, type RecordsPath } from '#ui/paths.ts';
import { nameOf, recordPages, type RecordItem } from '#ui/records.ts';

/** Which lists belong on which page, and by which field they refer to it. */
const related: Record<RecordsPath, readonly [RecordsPath, string][]> = {
  accounts: [
    ['contacts', 'accountId'],
    ['leads', 'accountId'],
    ['deals', 'accountId'],
  ],
  contacts: [
    ['leads', 'contactId'],
    ['deals', 'contactId'],
  ],
  leads: [
    ['deals', 'leadId'],
    ['leads', 'previousLeadId'],
  ],
  deals: [],
  campaigns: [
    ['leads', 'campaignId'],
    ['deals', 'campaignId'],
  ],
};

export function RelatedRecords({ path, item }: { path: RecordsPath; item: RecordItem }) {
  return related[path].map(([other, field]) => <Related key={other + field} path={other} field={field} id={item.id} />);
}

function Related({ path, field, id }: { path: RecordsPath; field: string; id: string }) {
  const page = recordPages[path];
  const filter = { all: [{ field, is: 'eq' as const, value: id }] };
  const found = useQuery({
    queryKey: ['record', path, 'related', field, id],
    queryFn: () => get<List<RecordItem>>(`/${path}`, { ...listParams({ filter }), limit: 6 }),
  });
  const items = found.data?.items ?? [];
  if (items.length === 0) return null;
  const total = found.data?.total ?? items.length;
  const label = field === 'previousLeadId' ? 'Later cycles' : page.label;
  return (
    <Sheet
      title={
        <>
          {label} <span className="dim">{countAtLeast(total, found.data?.totalIsAtLeast)}</span>
        </>
      }
      actions={total > items.length ? <Go href={paths.records(path, { filter: JSON.stringify(filter) })}>All</Go> : undefined}
    >
      {items.map((record) => (
        <Go key={record.id} href={paths.record(path, record.id)} className="row-link">
          <div style={{ flex: 1, minWidth: 0 }}>
            <div className="cut">{nameOf(record)}</div>
            <Text size="xs" c="dimmed" truncate>
              {[record['title'], record['status'], record['openedAt'] && dayOfInstant(String(record['openedAt']))]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          </div>
          {path === 'deals' && (
            <Text size="sm" fw={500}>
              {money(record['amount'] as string | null, record['currency'] as string | null)}
            </Text>
          )}
          {path === 'leads' && typeof record['stage'] === 'string' && <StageMark stage={record['stage']} />}
        </Go>
      ))}
    </Sheet>
  );
}
