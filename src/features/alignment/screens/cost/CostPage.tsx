import { Button, Group } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import type { CostAnswer, CostPart } from '#features/alignment/contract/cost.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { Period } from '#ui/kit/Period.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { AlignmentTabs } from '../AlignmentTabs.tsx';
import { useCost } from './asking.ts';
import { AssumptionsDialog } from './AssumptionsDialog.tsx';
import { CauseDrawer } from './CauseDrawer.tsx';
import { CausesSheet } from './CausesSheet.tsx';
import { CostHeadline } from './CostHeadline.tsx';
import { segmentLabel, segmentOf } from './costWords.ts';
import { CourseSheet, type Parted } from './CourseSheet.tsx';
import { RestsOn } from './RestsOn.tsx';

/** What not working together cost: the sentence, the causes with their ranges, when and in which segment, and every record behind it. */
export function CostPage() {
  const [search, change] = useUrlSearch();
  const by: Parted = search['by'] === 'segment' ? 'segment' : 'month';
  const scope = { start: search['start'] ?? null, end: search['end'] ?? null, segment: search['segment'] ?? null };
  const cost = useCost(by, scope);
  const open = (cause: string): void => change({ cause, part: null });
  return (
    <Page
      title="Cost of misalignment"
      actions={
        <Group gap="xs" className="no-print">
          <Button variant="default" onClick={() => change({ assumptions: 'open' })}>
            Assumptions
          </Button>
          <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
            Print
          </Button>
        </Group>
      }
    >
      <AlignmentTabs />
      <Group gap="xs" align="flex-end" mb="md" role="search" aria-label="What is asked" className="no-print">
        <Period start={scope.start ?? cost.data?.start ?? null} end={scope.end ?? cost.data?.end ?? null} change={change} />
        {scope.segment && (
          <Button variant="default" onClick={() => change({ segment: null })}>
            Only {segmentLabel(segmentOf(scope.segment))}: show all
          </Button>
        )}
      </Group>
      <Answer of={cost} what="The cost" lines={12}>
        {(answer) => (
          <div className="stack" style={{ opacity: cost.isPlaceholderData ? 0.6 : 1 }} aria-busy={cost.isPlaceholderData}>
            <CostHeadline answer={answer} open={open} />
            {answer.total.amount === null && <WhatIsMissing />}
            <CausesSheet answer={answer} open={open} />
            <Course answer={answer} by={by} />
            <RestsOn answer={answer} />
            <Opened answer={answer} by={by} />
          </div>
        )}
      </Answer>
      {search['assumptions'] && cost.data && <AssumptionsDialog answer={cost.data} onClose={() => change({ assumptions: null })} />}
    </Page>
  );
}

function Course({ answer, by }: { answer: CostAnswer; by: Parted }) {
  const [, change] = useUrlSearch();
  const openPart = (cause: string, { group }: CostPart): void => change({ cause, part: by === 'month' ? group : JSON.stringify(group) });
  return (
    <CourseSheet answer={answer} by={by} change={(next) => change({ by: next === 'month' ? null : next, part: null })} open={openPart} />
  );
}

function Opened({ answer, by }: { answer: CostAnswer; by: Parted }) {
  const [search, change] = useUrlSearch();
  const cause = answer.causes.find((each) => each.cause === search['cause']);
  if (!cause) return null;
  return (
    <CauseDrawer
      answer={answer}
      cause={cause}
      by={by}
      part={search['part'] ?? null}
      choose={(part) => change({ part })}
      onClose={() => change({ cause: null, part: null })}
    />
  );
}

const WhatIsMissing = () => (
  <p className="notice">
    What is needed: leads that were passed, the calls and messages to them, and deals that were won, over some months.{' '}
    <Go href={paths.imports()}>Import them</Go>, and this page says what was lost between the sides, and where.
  </p>
);
