import { useQuery } from '@tanstack/react-query';
import { get } from '#ui/api/client.ts';
import type { List } from '#ui/api/queries.ts';
import { instant } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import type { RecordsPath } from '#ui/paths.ts';
import type { RecordItem } from '#ui/records.ts';
import type { Fact } from './facts.ts';

/** Where the record comes from and how other systems call it. */
export function Provenance({ path, item }: { path: RecordsPath; item: RecordItem }) {
  const facts = useQuery({
    queryKey: ['record', path, item.id, 'facts'],
    queryFn: () => get<List<Fact>>(`/${path}/${item.id}/facts`, { limit: 100 }),
  });
  const external = (item['externalIds'] ?? []) as { source: string; externalId: string }[];
  const sources = [...new Set((facts.data?.items ?? []).map(({ from, member }) => from ?? member?.name).filter(Boolean))];
  return (
    <Sheet title="Where it comes from" padded>
      <dl className="facts" style={{ margin: 0 }}>
        <dt>Recorded</dt>
        <dd className="static-value">{instant(item.recordedAt)}</dd>
        <dt>From</dt>
        <dd className="static-value">{sources.length ? sources.join(', ') : '–'}</dd>
        {external.map(({ source, externalId }) => [
          <dt key={`${source} ${externalId}`}>{source}</dt>,
          <dd key={externalId} className="static-value">
            {externalId}
          </dd>,
        ])}
      </dl>
    </Sheet>
  );
}
