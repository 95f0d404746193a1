import { Button, Group, SegmentedControl, Select, Text } from '@mantine/core';
import { kinds, noticeKinds } from '#features/notices/contract/kinds.ts';
import { plural } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { useNotifications, useUnread } from './asking.ts';
import { MarkAllRead, NotificationLines } from './NotificationLines.tsx';
import { NoticesTabs } from './NoticesTabs.tsx';

/** Everything one was told of, newest first. */
export function NoticesPage() {
  const [search, change] = useUrlSearch();
  const { view = 'all', kind } = search;
  const list = useNotifications({ view, kind });
  const unread = useUnread().data;
  return (
    <Page title="Notices" actions={<MarkAllRead />}>
      <NoticesTabs />
      {unread && (
        <Text className="notices-first">
          {unread.count === 0 ? 'You have read everything.' : `${plural(unread.count, 'notice')} you have not read.`}{' '}
          <Go href={paths.settings('notices')}>What I am told of, where and when</Go>
        </Text>
      )}
      <Group mb="md" gap="md">
        <SegmentedControl
          aria-label="Which"
          value={view}
          onChange={(value) => change({ view: value === 'all' ? null : value })}
          data={[
            { value: 'all', label: 'All' },
            { value: 'unread', label: 'Unread' },
          ]}
        />
        <Select
          aria-label="About what"
          placeholder="About everything"
          clearable
          clearButtonProps={{ 'aria-label': 'About everything' }}
          value={kind ?? null}
          onChange={(value) => change({ kind: value })}
          data={noticeKinds.map((each) => ({ value: each, label: kinds[each].name }))}
          w={220}
        />
      </Group>
      <Answer of={list} what="What you were told of">
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0)
            return (
              <Empty title={view === 'unread' || kind ? 'Nothing like this' : 'Nothing yet'}>
                When somebody mentions you, asks you for a part, gives you feedback or an action, or invites you, it is told here.
              </Empty>
            );
          return (
            <div className="sheet">
              <NotificationLines items={items} />
            </div>
          );
        }}
      </Answer>
      {list.hasNextPage && (
        <Button variant="default" mt="sm" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Show more
        </Button>
      )}
    </Page>
  );
}
