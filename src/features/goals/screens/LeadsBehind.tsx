import { Button, Drawer, Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { get } from '#ui/api/client.ts';
import type { List } from '#ui/api/queries.ts';
import { capitalised, dayOfInstant, plural } from '#ui/formats.ts';
import { StageMark } from '#ui/kit/FieldValue.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { useFocusBack } from '#ui/kit/useFocusBack.ts';
import { paths } from '#ui/paths.ts';

/** A lead as the lists of the funnel, of speed and of attainment give it, or somebody who responded to a campaign. */
interface Item {
  id?: string;
  leadId?: string | null;
  contactId?: string | null;
  name?: string | null;
  leadName?: string;
  company?: string | null;
  campaign?: { name: string };
  ownerName?: string | null;
  owner?: { name: string } | null;
  member?: { name: string } | null;
  stage?: string | null;
  state?: string;
  status?: string | null;
  openedAt?: string | null;
  startedAt?: string | null;
  respondedAt?: string;
}

interface LeadsBehindProps {
  url: string;
  about?: string | undefined;
  onClose(): void;
}

/** The very leads (or responders) a number counts. */
export function LeadsBehind({ url, about, onClose }: LeadsBehindProps) {
  useFocusBack();
  const path = url.replace(/^\/api\/v1/, '');
  const list = useInfiniteQuery({
    queryKey: ['goals', 'records', url],
    queryFn: ({ pageParam, signal }) => get<List<Item>>(withCursor(path, pageParam), {}, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const noun = path.startsWith('/goals/responders') ? 'responder' : 'lead';
  const total = list.data?.pages[0]?.total;
  const title = typeof total === 'number' ? plural(total, noun) : 'Records behind this number';
  return (
    <Drawer opened onClose={onClose} position="right" size="min(960px, 100%)" title={title}>
      {about && (
        <Text size="sm" c="dimmed" mb="sm" className="wrap-any">
          {about}
        </Text>
      )}
      <Answer of={list} what="The records" lines={8}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty title="No records behind this number" />;
          return (
            <>
              <Rows items={items} />
              {list.hasNextPage && (
                <Button variant="default" mt="sm" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                  Show more
                </Button>
              )}
            </>
          );
        }}
      </Answer>
    </Drawer>
  );
}

const withCursor = (path: string, cursor: string): string =>
  cursor ? `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}` : path;

const Rows = ({ items }: { items: readonly Item[] }) => (
  <div className="table-scroll" tabIndex={0} role="region" aria-label="Records behind the number">
    <table className="plain stacked">
      <thead>
        <tr>
          {['Who', 'Company or campaign', 'Rep', 'Since', 'Stands at'].map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item, at) => (
          <tr key={item.id ?? item.leadId ?? at}>
            <th scope="row" className="wrap-any">
              <Go href={pageOf(item)}>{item.leadName ?? item.name ?? '(no name)'}</Go>
            </th>
            <td data-label="From" className="wrap-any">
              {item.company ?? item.campaign?.name ?? '–'}
            </td>
            <td data-label="Rep">{item.ownerName ?? item.owner?.name ?? item.member?.name ?? '–'}</td>
            <td data-label="Since" className="when">
              {dayOfInstant(item.startedAt ?? item.respondedAt ?? item.openedAt)}
            </td>
            <td data-label="Stands at">{item.stage ? <StageMark stage={item.stage} /> : capitalised(item.state ?? item.status ?? '–')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** Responders without a lead are contacts; the lists of the funnel name a lead's id `id`. */
const pageOf = ({ id, leadId, contactId }: Item): string =>
  leadId === null && contactId ? paths.record('contacts', contactId) : paths.record('leads', leadId ?? id ?? '');
