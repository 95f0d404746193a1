import { Button, Checkbox, Group, SegmentedControl, Text } from '@mantine/core';
import type { MeetingItem, MeetingPage } from '#features/cadence/contract/meetings.ts';
import type { Query } from '#ui/api/client.ts';
import { plural } from '#ui/formats.ts';
import { useNow } from '#ui/kit/ClockMark.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { useMeetings, useMeetingsToday } from './asking.ts';
import { MeetingList } from './meetings/MeetingList.tsx';
import { MonthView } from './meetings/MonthView.tsx';
import { NewMeeting } from './meetings/NewMeeting.tsx';
import { NextMeeting } from './meetings/NextMeeting.tsx';
import { MeetingsTabs } from './MeetingsTabs.tsx';
import { SeriesSheet } from './series/SeriesSheet.tsx';
import { SubscribeButton } from './subscribe/SubscribeButton.tsx';
import { untilWords } from './words.ts';

/** Meetings: the next one with its agenda, those to come and those that were, the series they belong to. */
export function MeetingsPage() {
  const [search, change] = useUrlSearch();
  const view = search['view'] ?? 'upcoming';
  const mine = search['mine'] === 'true';
  const series = search['series'];
  const params = { ...(mine && { mine: true }), ...(series && { seriesId: series }) };
  const coming = useMeetings({ view: 'upcoming', ...params });
  return (
    <Page
      title="Meetings"
      actions={
        <>
          <SubscribeButton />
          <NewMeeting whyNot={coming.data?.pages[0]?.whyNotMake ?? null} />
        </>
      }
    >
      <MeetingsTabs />
      <Group mb="md" gap="md">
        <SegmentedControl
          aria-label="Which meetings"
          value={view}
          onChange={(value) => change({ view: value === 'upcoming' ? null : value })}
          data={[
            { value: 'upcoming', label: 'To come' },
            { value: 'past', label: 'Past' },
            { value: 'month', label: 'Calendar' },
          ]}
        />
        <Checkbox label="Only mine" checked={mine} onChange={(event) => change({ mine: event.currentTarget.checked ? 'true' : null })} />
        {series && view !== 'month' && (
          <Button variant="default" size="compact-sm" onClick={() => change({ series: null })}>
            One series only: show all
          </Button>
        )}
      </Group>
      {view === 'month' ? (
        <MonthView month={search['month']} mine={mine} change={(month) => change({ month })} />
      ) : view === 'past' ? (
        <MeetingList view="past" params={params} />
      ) : (
        <ToCome params={params} />
      )}
    </Page>
  );
}

/** The next one with its agenda, the rhythm, and all that are planned. */
function ToCome({ params }: { params: Query }) {
  const coming = useMeetings({ view: 'upcoming', ...params });
  return (
    <Answer of={coming} what="Meetings" lines={10}>
      {({ pages }) => {
        const next = nextOf(pages);
        return (
          <div className="stack">
            {next ? <Headline next={next} /> : null}
            {next ? <NextMeeting id={next.id} /> : <NoMeeting whyNot={pages[0]?.whyNotMake ?? null} />}
            <SeriesSheet />
            {next && <MeetingList view="upcoming" params={params} />}
          </div>
        );
      }}
    </Answer>
  );
}

/** The one that runs, else the next one of the asker’s, else the next one at all. */
function nextOf(pages: readonly MeetingPage[]): MeetingItem | undefined {
  const items = pages.flatMap((page) => page.items);
  return items.find(({ status }) => status === 'live') ?? items.find(({ mine }) => mine) ?? items[0];
}

function Headline({ next }: { next: MeetingItem }) {
  const now = useNow();
  const today = useMeetingsToday().data;
  const late = today?.actions.filter((action) => action.late).length ?? 0;
  const open = today?.actions.length ?? 0;
  return (
    <p className="lead-sentence">
      {next.status === 'live' ? `${next.title} is running now` : `${next.title} is ${untilWords(next.startsAt, now)}`}
      {next.items > 0 && `, with ${plural(next.items, 'item')} on its agenda`}.{' '}
      {open > 0 && `${plural(open, 'action')} of yours ${open === 1 ? 'is' : 'are'} open${late > 0 ? `, ${late} late` : ''}.`}
    </p>
  );
}

function NoMeeting({ whyNot }: { whyNot: string | null }) {
  return (
    <Empty title="No meeting is planned" action={<NewMeeting whyNot={whyNot} />}>
      <Text span>
        Both sides meet by a rhythm: a few minutes a day, three quarters of an hour a week, longer a month and a quarter. The agenda is
        written from what happened: what is open, what is not kept, what it costs.
      </Text>
    </Empty>
  );
}
