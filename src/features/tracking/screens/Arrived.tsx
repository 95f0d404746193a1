import { Select } from '@mantine/core';
import { useState } from 'react';
import type { Arrivals } from '#features/tracking/contract/arrivals.ts';
import { ago, count, day, plural } from '#ui/formats.ts';
import { Chart, type Series } from '#ui/kit/Chart.tsx';
import { Explain } from '#ui/kit/Explain.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { ArrivedChannels } from './ArrivedChannels.tsx';
import { ArrivedRefused } from './ArrivedRefused.tsx';
import { EventsDrawer, EventsTable } from './Events.tsx';
import { useArrivals, useEvents, useSites } from './useTracking.ts';

/** What came in the last four weeks: how much, from where, and what was refused. It follows by itself. */
export function Arrived() {
  const [search, change] = useUrlSearch();
  const siteId = search['site'] ?? null;
  const sites = useSites();
  const arrivals = useArrivals({ siteId });
  const [open, setOpen] = useState<{ url: string; about: string } | null>(null);
  return (
    <div className="stack">
      <Answer of={sites} what="The sites">
        {({ items }) =>
          items.length === 0 ? (
            <NoSite />
          ) : (
            <>
              {items.length > 1 && (
                <Select
                  label="Site"
                  w={240}
                  clearable
                  placeholder="All sites"
                  data={items.map(({ id, name }) => ({ value: id, label: name }))}
                  value={siteId}
                  onChange={(site) => change({ site })}
                />
              )}
              <Answer of={arrivals} what="What arrived">
                {(answer) => <WhatCame answer={answer} open={(url, about) => setOpen({ url, about })} />}
              </Answer>
              <LastEvents siteId={siteId} />
            </>
          )
        }
      </Answer>
      {open && <EventsDrawer {...open} onClose={() => setOpen(null)} />}
    </div>
  );
}

function NoSite() {
  return (
    <Sheet>
      <Empty title="Nothing arrives yet" action={<Go href={paths.tracking({ part: 'sites' })}>Add your site</Go>}>
        Put one line into your pages, and visits of people who become leads stand on their timeline with channel and campaign. No cookies
        unless a visitor agrees; of those who ask not to be tracked only a count is kept.
      </Empty>
    </Sheet>
  );
}

function WhatCame({ answer, open }: { answer: Arrivals; open(url: string, about: string): void }) {
  return (
    <>
      <Sheet title="The last four weeks" actions={<HowCounted />} padded>
        <p style={{ marginTop: 0 }}>{sentence(answer)}</p>
        <Chart label="Page views by day" height={190} categories={answer.days.map((each) => day(each.day))} series={seriesOf(answer)} />
      </Sheet>
      <div className="columns">
        <ArrivedChannels answer={answer} open={open} />
        <ArrivedRefused refused={answer.refused} />
      </div>
    </>
  );
}

function sentence({ totals, channels, lastEventAt }: Arrivals): string {
  const views = totals.seen + totals.private;
  if (views === 0) return 'No page view yet. Open a page that holds the snippet: it appears here within seconds.';
  const most = channels[0] ? `, most visits by ${channels[0].channel}` : '';
  const hidden = totals.private > 0 ? ` ${count(totals.private)} of them by people who ask not to be tracked, only counted.` : '';
  const last = lastEventAt ? ` The last came ${ago(lastEventAt)}.` : '';
  return `${plural(views, 'page view')}${most}.${hidden} ${plural(totals.bots, 'visit')} by machines left out, ${count(totals.refused)} refused.${last}`;
}

const seriesOf = ({ days }: Arrivals): Series[] => [
  { name: 'Kept', type: 'bar', colour: 'marketing', stack: 'views', values: days.map(({ seen }) => seen) },
  { name: 'Only counted', type: 'bar', colour: 'mid', stack: 'views', values: days.map((each) => each.private) },
];

function HowCounted() {
  return (
    <Explain label="How this is counted">
      Every page view counts once, in days of UTC, however often the page had to send it. Machines and what was refused are counted apart.
      Of a visitor who sends Global Privacy Control or Do Not Track nothing is kept but one count by day and channel.
    </Explain>
  );
}

function LastEvents({ siteId }: { siteId: string | null }) {
  const url = `/tracking/events?limit=20${siteId ? `&siteId=${siteId}` : ''}`;
  const events = useEvents(url);
  return (
    <Sheet title="Last page views">
      <Answer of={events} what="The page views">
        {({ pages }) => <EventsTable items={pages[0]?.items ?? []} />}
      </Answer>
    </Sheet>
  );
}
