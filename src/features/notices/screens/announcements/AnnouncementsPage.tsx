import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { Deed } from '#ui/kit/Deed.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { useAnnouncements } from '../asking.ts';
import { NoticesTabs } from '../NoticesTabs.tsx';
import { AnnounceDialog } from './AnnounceDialog.tsx';
import { AnnouncementCard } from './AnnouncementCard.tsx';
import { AnnouncementDrawer } from './AnnouncementDrawer.tsx';

/** What was announced to me and by me. */
export function AnnouncementsPage() {
  const [search, change] = useUrlSearch();
  const [announcing, setAnnouncing] = useState(false);
  const { view = 'all', at } = search;
  const list = useAnnouncements(view);
  const whyNot = list.data?.pages[0]?.can.announce;
  return (
    <Page
      title="Announcements"
      actions={
        whyNot === undefined ? null : (
          <Deed whyNot={whyNot} onClick={() => setAnnouncing(true)}>
            Announce something
          </Deed>
        )
      }
    >
      <NoticesTabs />
      <SegmentedControl
        mb="md"
        aria-label="Which"
        value={view}
        onChange={(value) => change({ view: value === 'all' ? null : value })}
        data={[
          { value: 'all', label: 'All' },
          { value: 'open', label: 'To acknowledge' },
          { value: 'mine', label: 'Mine' },
        ]}
      />
      <Answer of={list} what="The announcements">
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0)
            return (
              <Empty title={view === 'open' ? 'Nothing to acknowledge' : 'No announcements yet'}>
                Heads announce what everybody, a side, a team or a few people should know, and see who has acknowledged it.
              </Empty>
            );
          return items.map((item) => <AnnouncementCard key={item.id} item={item} open={() => change({ at: item.id })} />);
        }}
      </Answer>
      {list.hasNextPage && (
        <Button variant="default" mt="sm" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Show more
        </Button>
      )}
      {at && <AnnouncementDrawer key={at} id={at} onClose={() => change({ at: null })} />}
      {announcing && <AnnounceDialog onClose={() => setAnnouncing(false)} />}
    </Page>
  );
}
