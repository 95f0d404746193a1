import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { IconSettings } from '@tabler/icons-react';
import { useState } from 'react';
import type { FeedbackToday } from '#features/feedback/contract/overview.ts';
import { count, plural } from '#ui/formats.ts';
import { Page } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { useFeedbackList, useFeedbackToday } from './asking.ts';
import { FeedbackDrawer } from './FeedbackDrawer.tsx';
import { FeedbackRow } from './FeedbackRow.tsx';
import { FeedbackSettingsDialog } from './FeedbackSettingsDialog.tsx';
import { FeedbackTabs } from './FeedbackTabs.tsx';

const views = [
  { value: 'toAnswer', label: 'To answer' },
  { value: 'toSettle', label: 'To settle' },
  { value: 'received', label: 'Received' },
  { value: 'given', label: 'Given' },
  { value: 'all', label: 'All' },
] as const;

const nothing: Readonly<Record<string, { title: string; says: string }>> = {
  toAnswer: {
    title: 'Nothing to answer',
    says: 'Criticism of what you or your side did comes here, about a real lead, campaign, call or meeting. It is answered by accepting it with an action, by explaining, or by disagreeing.',
  },
  toSettle: { title: 'Nothing to settle', says: 'What you gave and the other side answered comes here: you say whether that settles it.' },
  received: { title: 'Nothing received yet', says: 'Praise and criticism of what you or your side did.' },
  given: {
    title: 'Nothing given yet',
    says: 'Open a lead, a campaign, a piece of content or a meeting that was held and choose “Give feedback”. What you gave anonymously stands under “Mine, anonymous”, in your browser only.',
  },
  all: {
    title: 'No feedback yet',
    says: 'It is given on the page of a lead, a campaign, a piece of content or a meeting, by the other side.',
  },
};

/** Criticism and praise: what waits for me, what I gave, what became of it. */
export function FeedbackPage() {
  const [search, change] = useUrlSearch();
  const [agreeing, setAgreeing] = useState(false);
  const waiting = useFeedbackToday().data;
  const { view = 'toAnswer', tone, state, toSide, start, end, late } = search;
  const list = useFeedbackList({ view, tone, state, toSide, start, end, late });
  const empty = nothing[view] ?? nothing['all']!;
  return (
    <Page
      title="Feedback"
      actions={
        <Button variant="default" leftSection={<IconSettings size={16} aria-hidden />} onClick={() => setAgreeing(true)}>
          What is agreed
        </Button>
      }
    >
      <FeedbackTabs />
      {waiting && <Text className="feedback-first">{headline(waiting)}</Text>}
      <Group mb="md" gap="md">
        <SegmentedControl aria-label="Which" value={view} onChange={(value) => change({ view: value, at: null })} data={[...views]} />
        <SegmentedControl
          aria-label="Praise or criticism"
          value={tone ?? 'both'}
          onChange={(value) => change({ tone: value === 'both' ? null : value })}
          data={[
            { value: 'both', label: 'Both' },
            { value: 'criticism', label: 'Criticism' },
            { value: 'praise', label: 'Praise' },
          ]}
        />
      </Group>
      <Answer of={list} what="Feedback">
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty title={empty.title}>{empty.says}</Empty>;
          return (
            <>
              {pages[0]?.total !== undefined && pages[0].total !== null && pages[0].total > items.length && (
                <Text size="sm" c="dimmed" mb={6}>
                  {count(items.length)} of {count(pages[0].total)}
                </Text>
              )}
              <ul className="feedback-list" aria-label="Feedback">
                {items.map((item) => (
                  <FeedbackRow key={item.id} item={item} open={() => change({ at: item.id })} />
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
      {search['at'] && <FeedbackDrawer key={search['at']} id={search['at']} onClose={() => change({ at: null })} />}
      {agreeing && <FeedbackSettingsDialog onClose={() => setAgreeing(false)} />}
    </Page>
  );
}

/** The one sentence that matters. */
function headline({ toAnswer, toSettle, lateOnMySide }: FeedbackToday): string {
  const late = toAnswer.filter((item) => item.late).length;
  const parts = [
    toAnswer.length > 0
      ? `${plural(toAnswer.length, 'piece')} of feedback ${toAnswer.length === 1 ? 'waits' : 'wait'} for your answer${late > 0 ? `, ${count(late)} late` : ''}`
      : null,
    toSettle.length > 0
      ? `${plural(toSettle.length, 'answer')} ${toSettle.length === 1 ? 'waits' : 'wait'} for you to say whether it is settled`
      : null,
  ].filter((part) => part !== null);
  const own = parts.length > 0 ? `${parts.join('; ')}.` : 'Nothing waits for you.';
  return lateOnMySide > late ? `${own} ${plural(lateOnMySide, 'answer')} of your side ${lateOnMySide === 1 ? 'is' : 'are'} late.` : own;
}
