import { Button, Checkbox, Group, SegmentedControl } from '@mantine/core';
import { useEffect } from 'react';
import { useMe } from '#ui/api/session.ts';
import { Page } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { QualitySheet } from './QualitySheet.tsx';
import { RejectionCard } from './RejectionCard.tsx';
import { useRejections } from './useHandoff.ts';

const nothing: Record<string, { title: string; says: string }> = {
  unanswered: { title: 'Nothing to answer', says: 'Leads that sales rejects come back here as work: mend and return, agree, or contest.' },
  toJudge: {
    title: 'Nothing to judge',
    says: 'Contested rejections, and a random sample of the others, are judged by one person from each side.',
  },
  all: { title: 'No rejections yet', says: 'A rep rejects a lead by naming the clause of the definition that was not met.' },
};

/** Rejected leads with due process: answered by marketing, judged by both. */
export function RejectionsPage() {
  const me = useMe();
  const [search, change] = useUrlSearch();
  const tab = search['tab'] ?? (me.member.side === 'sales' ? 'toJudge' : 'unanswered');
  return (
    <Page title="Rejections">
      <Group mb="md" gap="md">
        <SegmentedControl
          value={tab}
          onChange={(value) => change({ tab: value, at: null, open: null })}
          data={[
            { value: 'unanswered', label: 'To answer' },
            { value: 'toJudge', label: 'To judge' },
            { value: 'all', label: 'All' },
            { value: 'quality', label: 'Lead quality' },
          ]}
        />
        {(tab === 'unanswered' || tab === 'toJudge') && (
          <Checkbox
            label="Only mine"
            checked={search['mine'] === 'true'}
            onChange={(event) => change({ mine: event.currentTarget.checked ? 'true' : null })}
          />
        )}
      </Group>
      {tab === 'quality' ? <QualitySheet /> : <RejectionList state={tab} mine={search['mine'] === 'true'} />}
    </Page>
  );
}

function RejectionList({ state, mine }: { state: string; mine: boolean }) {
  const list = useRejections({ state, ...(mine && state !== 'all' && { mine: true }) });
  useLookAt(list.data !== undefined);
  const empty = nothing[state] ?? nothing['all']!;
  return (
    <Answer of={list} what="The rejections">
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) return <Empty title={empty.title}>{empty.says}</Empty>;
        return (
          <div className="stack page-narrow">
            {items.map((rejection) => (
              <RejectionCard key={rejection.id} rejection={rejection} />
            ))}
            {list.hasNextPage && (
              <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                Show more
              </Button>
            )}
          </div>
        );
      }}
    </Answer>
  );
}

/** Where one rejection was asked for (`at`), it is looked at once it is there. */
function useLookAt(isThere: boolean): void {
  const [{ at }] = useUrlSearch();
  useEffect(() => {
    if (at && isThere) document.getElementById(`rejection-${at}`)?.scrollIntoView();
  }, [at, isThere]);
}
