import { Button, Group, SegmentedControl } from '@mantine/core';
import type { GoalTree } from '#features/goals/contract/goals.ts';
import { day } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { useGo } from '#ui/kit/Go.tsx';
import { Page, Sheet } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { useGoalTree } from './asking.ts';
import { GoalDrawer } from './GoalDrawer.tsx';
import { GoalsHeadline } from './GoalsHeadline.tsx';
import { GoalTabs } from './GoalTabs.tsx';
import { GoalTable } from './GoalTable.tsx';
import { OpenRecords } from './Opens.tsx';
import { PaceKey } from './PaceBar.tsx';
import { PlansSheet } from './PlansSheet.tsx';

/** The goals both sides own: where each stands, where it is going, and whose it is. */
export function GoalsPage() {
  const [search, change] = useUrlSearch();
  const of = search['of'] === 'me' ? 'me' : 'all';
  const tree = useGoalTree(of);
  const go = useGo();
  const draft = tree.data && (
    <Deed whyNot={tree.data.can.draft} onClick={() => go(paths.goalPlan('new'))}>
      New plan
    </Deed>
  );
  return (
    <Page title="Goals" actions={draft}>
      <GoalTabs />
      <Answer of={tree} what="The goals" lines={10}>
        {(known) => (
          <div className="stack" style={{ opacity: tree.isPlaceholderData ? 0.6 : 1 }} aria-busy={tree.isPlaceholderData}>
            {known.plans.length === 0 ? (
              <NoGoals known={known} />
            ) : (
              <>
                <GoalsHeadline tree={known} />
                <Sheet
                  title={known.plans.map(({ title, start, end }) => `${title}: ${day(start)} to ${day(end)}`).join(' · ')}
                  actions={
                    <SegmentedControl
                      size="xs"
                      aria-label="Whose goals"
                      value={of}
                      onChange={(value) => change({ of: value === 'me' ? 'me' : null })}
                      data={[
                        { value: 'all', label: 'All' },
                        { value: 'me', label: 'Mine' },
                      ]}
                    />
                  }
                >
                  <GoalTable tree={known} open={(id) => change({ goal: id })} />
                  {known.goals.length > 0 && <PaceKey />}
                </Sheet>
                {known.notes.length > 0 && <p className="dim small-print">{known.notes.join(' ')}</p>}
              </>
            )}
            <PlansSheet />
          </div>
        )}
      </Answer>
      {search['goal'] && <GoalDrawer id={search['goal']} onClose={() => change({ goal: null, open: null, about: null })} />}
      <OpenRecords />
    </Page>
  );
}

function NoGoals({ known: { can, open } }: { known: GoalTree }) {
  const go = useGo();
  const waiting = open[0];
  return (
    <Empty
      title="No goals are in force"
      action={
        <Group justify="center">
          {waiting && <Button onClick={() => go(paths.goalPlan(waiting.versionId))}>{`Read “${waiting.title}”`}</Button>}
          <Deed whyNot={can.draft} {...(waiting && { variant: 'default' })} onClick={() => go(paths.goalPlan('new'))}>
            Make a plan
          </Deed>
        </Group>
      }
    >
      A plan says what both sides want to reach in a year or a quarter, works it back from revenue to the leads and the budget it needs, and
      counts once both heads have signed it. Each goal is a number of this product and has an owner on both sides.
    </Empty>
  );
}
