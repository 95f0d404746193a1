import { Button, Checkbox, Group, SegmentedControl } from '@mantine/core';
import type { ActionPage } from '#features/cadence/contract/actions.ts';
import { plural } from '#ui/formats.ts';
import { Page } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { useActions } from '../asking.ts';
import { MeetingsTabs } from '../MeetingsTabs.tsx';
import { ActionRow } from './ActionRow.tsx';
import { GiveAction } from './GiveAction.tsx';

const nothing: Record<string, { title: string; says: string }> = {
  open: {
    title: 'No action is open',
    says: 'What is agreed in meetings stands here until somebody closes it, and comes first on the next agenda.',
  },
  late: { title: 'No action is late', says: 'Actions whose day is over and that nobody closed stand here.' },
  closed: { title: 'No action was closed yet', says: 'What was done, and what was dropped and why, stands here.' },
  all: { title: 'No action yet', says: 'Actions are agreed in meetings, or given here.' },
};

/** What was agreed to be done: by whom, by when, and what became of it. */
export function ActionsPage() {
  const [search, change] = useUrlSearch();
  const view = search['view'] ?? 'open';
  const mine = search['mine'] === 'true';
  const list = useActions({
    view,
    ...(mine && { mine: true }),
    ...(search['series'] && { seriesId: search['series'] }),
    ...(search['owner'] && { ownerId: search['owner'] }),
  });
  return (
    <Page title="Actions" actions={<GiveAction label="Give an action" />}>
      <MeetingsTabs />
      <Answer of={list} what="Actions" lines={8}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          const first = pages[0]!;
          return (
            <>
              <p className="lead-sentence">{headline(first)}</p>
              <Group mb="sm" gap="md">
                <SegmentedControl
                  aria-label="Which actions"
                  value={view}
                  onChange={(value) => change({ view: value === 'open' ? null : value })}
                  data={[
                    { value: 'open', label: 'Open' },
                    { value: 'late', label: 'Late' },
                    { value: 'closed', label: 'Closed' },
                    { value: 'all', label: 'All' },
                  ]}
                />
                <Checkbox
                  label="Only mine"
                  checked={mine}
                  onChange={(event) => change({ mine: event.currentTarget.checked ? 'true' : null })}
                />
              </Group>
              {items.length === 0 ? (
                <Empty title={nothing[view]?.title ?? 'Nothing here'}>{nothing[view]?.says}</Empty>
              ) : (
                <ul className="action-list" aria-label="Actions">
                  {items.map((action) => (
                    <ActionRow key={action.id} action={action} />
                  ))}
                </ul>
              )}
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

function headline({ counts: { open, late, mine } }: ActionPage): string {
  if (open === 0) return 'Everything that was agreed is closed.';
  const said = `${plural(open, 'action')} ${open === 1 ? 'is' : 'are'} open${late > 0 ? `, ${late} of ${open === 1 ? 'it' : 'them'} late` : ', none late'}`;
  return `${said}.${mine > 0 ? ` ${mine} ${mine === 1 ? 'is' : 'are'} yours.` : ''}`;
}
