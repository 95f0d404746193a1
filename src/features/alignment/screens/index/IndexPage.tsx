import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import type { IndexAnswer } from '#features/alignment/contract/index-answer.ts';
import { Page, Sheet } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer } from '#ui/kit/States.tsx';
import { day } from '#ui/formats.ts';
import { AlignmentTabs } from '../AlignmentTabs.tsx';
import './index.css';
import { ActivitiesSheet } from './ActivitiesSheet.tsx';
import { useIndex } from './asking.ts';
import { ComponentDrawer } from './ComponentDrawer.tsx';
import { HistorySheet } from './HistorySheet.tsx';
import { IndexHeadline } from './IndexHeadline.tsx';
import { IndexScopeBar } from './IndexScopeBar.tsx';
import { MovedSheet } from './MovedSheet.tsx';
import { NextSheet } from './NextSheet.tsx';

/** How well the two sides work together: the sentence, the six activities, what moved it, what would move it, what it was. */
export function IndexPage() {
  const [search, change] = useUrlSearch();
  const scope = {
    on: search['on'] ?? null,
    days: search['days'] ?? null,
    segment: search['segment'] ?? null,
    since: search['since'] ?? null,
  };
  const index = useIndex(scope);
  const open = (component: string): void => change({ component, state: null });
  return (
    <Page
      title="Alignment"
      actions={
        <Button className="no-print" variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
          Print
        </Button>
      }
    >
      <AlignmentTabs />
      <IndexScopeBar answer={index.data} change={change} />
      <Answer of={index} what="The index" lines={12}>
        {(answer) => (
          <div className="stack" style={{ opacity: index.isPlaceholderData ? 0.6 : 1 }} aria-busy={index.isPlaceholderData}>
            <IndexHeadline answer={answer} open={open} />
            <ActivitiesSheet answer={answer} open={open} />
            <div className="columns">
              <MovedSheet answer={answer} open={open} />
              <NextSheet answer={answer} />
            </div>
            <HistorySheet openDay={(on) => change({ on, since: null })} />
            <Notes answer={answer} />
            <Opened answer={answer} />
          </div>
        )}
      </Answer>
    </Page>
  );
}

function Opened({ answer }: { answer: IndexAnswer }) {
  const [search, change] = useUrlSearch();
  const found = answer.activities.flatMap(({ components }) => components).find(({ component }) => component === search['component']);
  if (!found) return null;
  return (
    <ComponentDrawer
      answer={answer}
      component={found}
      state={search['state'] ?? null}
      choose={(state) => change({ state })}
      onClose={() => change({ component: null, state: null })}
    />
  );
}

const Notes = ({ answer: { notes, version, start, on, timeZone } }: { answer: IndexAnswer }) => (
  <Sheet title="Before you lean on these numbers" padded>
    <ul className="cost-notes">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
      <li>
        It looks at {day(start)} to {day(on)}, days of {timeZone}, by the formulas {version}. It scores sides, never a person.
      </li>
    </ul>
  </Sheet>
);
