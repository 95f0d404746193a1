import { Button, Drawer, Text } from '@mantine/core';
import type { TrackedEvent } from '#features/tracking/contract/arrivals.ts';
import { instant } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { useFocusBack } from '#ui/kit/useFocusBack.ts';
import { paths } from '#ui/paths.ts';
import { useEvents } from './useTracking.ts';

/** The page views behind a number. */
export function EventsDrawer({ url, about, onClose }: { url: string; about: string; onClose(): void }) {
  useFocusBack();
  const events = useEvents(url);
  return (
    <Drawer opened onClose={onClose} position="right" size="min(960px, 100%)" title="Page views">
      <Text size="sm" c="dimmed" mb="sm" className="wrap-any">
        {about}
      </Text>
      <Answer of={events} what="The page views" lines={8}>
        {({ pages }) => (
          <>
            <EventsTable items={pages.flatMap(({ items }) => items)} />
            {events.hasNextPage && (
              <Button variant="default" mt="sm" loading={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>
                Show more
              </Button>
            )}
          </>
        )}
      </Answer>
    </Drawer>
  );
}

const knownBy = { cookie: 'after consent', day: 'today only', none: 'not known' } as const;

export function EventsTable({ items }: { items: readonly TrackedEvent[] }) {
  if (items.length === 0) return <Empty title="No page views">They appear here as they come, and go after thirteen months.</Empty>;
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Page views">
      <table className="plain stacked">
        <thead>
          <tr>
            {['When', 'Page', 'Channel', 'Came from', 'Visitor', 'Lead'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((event) => (
            <tr key={event.id}>
              <th scope="row" className="no-break">
                {instant(event.at)}
              </th>
              <td data-label="Page" className="wrap-any">
                {event.path}
                <div className="dim small-print">{event.site.name}</div>
              </td>
              <td data-label="Channel">{event.channel ?? <span className="dim">within the visit</span>}</td>
              <td data-label="Came from" className="wrap-any">
                {cameFrom(event)}
              </td>
              <td data-label="Visitor">{knownBy[event.visitor]}</td>
              <td data-label="Lead" className="wrap-any">
                {event.lead ? <Go href={paths.record('leads', event.lead.id)}>{event.lead.name}</Go> : <span className="dim">–</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const cameFrom = ({ source, medium, campaign, referrer, click }: TrackedEvent): string =>
  [source && `${source}${medium && medium !== '(none)' ? ` / ${medium}` : ''}`, campaign, click, referrer].filter(Boolean).join(' · ') ||
  '–';
