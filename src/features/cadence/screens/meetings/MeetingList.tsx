import { Button } from '@mantine/core';
import type { MeetingItem } from '#features/cadence/contract/meetings.ts';
import type { Query } from '#ui/api/client.ts';
import { plural } from '#ui/formats.ts';
import { useNow } from '#ui/kit/ClockMark.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { useMeetings } from '../asking.ts';
import { meetingStateWords, untilWords, whenWords } from '../words.ts';

const nothing = {
  upcoming: { title: 'Nothing to come', says: 'Meetings of a series stand here weeks ahead; one by itself is made above.' },
  past: { title: 'No meeting yet', says: 'Meetings that were held, or should have been, stand here with their minutes.' },
} as const;

/** Meetings to come, the next first, or those that were, the latest first. */
export function MeetingList({ view, params = {} }: { view: 'upcoming' | 'past'; params?: Query }) {
  const list = useMeetings({ view, ...params });
  const now = useNow();
  return (
    <Answer of={list} what="Meetings">
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) return <Empty title={nothing[view].title}>{nothing[view].says}</Empty>;
        return (
          <>
            <ul className="meeting-list" aria-label={view === 'past' ? 'Past meetings' : 'Meetings to come'}>
              {items.map((item) => (
                <li key={item.id}>
                  <Go href={paths.meeting(item.id)} className="meeting-row">
                    <span className="meeting-when">
                      {whenWords(item)}
                      <span className="dim small-print"> {untilWords(item.startsAt, now)}</span>
                    </span>
                    <span className="grow wrap-any">
                      <strong>{item.title}</strong>
                      {item.location !== '' && <span className="dim"> {item.location}</span>}
                    </span>
                    <span className="meeting-came">{cameWords(item)}</span>
                  </Go>
                </li>
              ))}
            </ul>
            {list.hasNextPage && (
              <Button variant="default" mt="sm" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                Show more
              </Button>
            )}
          </>
        );
      }}
    </Answer>
  );
}

/** What is to be known of it at a glance: what is on its agenda, or what came of it. */
function cameWords(item: MeetingItem) {
  const state = meetingStateWords[item.status];
  if (item.status === 'planned')
    return <span className="dim">{item.items > 0 ? plural(item.items, 'item') : plural(item.expected, 'person', 'people')}</span>;
  if (item.status !== 'held') return <span className={state.look}>{state.label}</span>;
  return (
    <span className="dim">
      {item.came} of {item.expected} came · {plural(item.decisions, 'decision')} · {plural(item.actions.given, 'action')}
      {item.actions.open > 0 && <span className="warn">, {item.actions.open} open</span>}
    </span>
  );
}
