import { Button, SegmentedControl } from '@mantine/core';
import { decisionKinds } from '#engine/cadence/states.ts';
import { Page } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { useDecisions } from '../asking.ts';
import { MeetingsTabs } from '../MeetingsTabs.tsx';
import { decisionWords } from '../words.ts';
import { DecisionRow } from './DecisionRow.tsx';

/** What was decided in meetings, and what each led to. */
export function DecisionsPage() {
  const [search, change] = useUrlSearch();
  const kind = search['kind'] ?? '';
  const list = useDecisions({ ...(kind && { kind }), ...(search['series'] && { seriesId: search['series'] }) });
  return (
    <Page title="Decisions">
      <MeetingsTabs />
      <SegmentedControl
        mb="sm"
        aria-label="Which decisions"
        value={kind}
        onChange={(value) => change({ kind: value || null })}
        data={[{ value: '', label: 'All' }, ...decisionKinds.map((value) => ({ value, label: decisionWords[value] }))]}
      />
      <Answer of={list} what="Decisions" lines={8}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0)
            return (
              <Empty title="No decision yet">
                What a running meeting decides is logged here with what it led to: a definition or clause to sign, or a verdict on a
                contested lead.
              </Empty>
            );
          return (
            <>
              <ul className="action-list" aria-label="Decisions">
                {items.map((decision) => (
                  <DecisionRow key={decision.id} decision={decision} withMeeting />
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
    </Page>
  );
}
