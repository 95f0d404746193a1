import { Button } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconDownload } from '@tabler/icons-react';
import type { IndexActivityAnswer, IndexAnswer } from '#features/alignment/contract/index-answer.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { ComponentTable } from './ComponentTable.tsx';
import { changeLook, changeText, scoreText } from './indexWords.ts';
import { saveIndex } from './saveIndex.ts';
import { ScoreBar } from './ScoreBar.tsx';

interface ActivitiesProps {
  answer: IndexAnswer;
  open(component: string): void;
}

/** The six sub-scores as a picture; each opens into what it is made of. */
export function ActivitiesSheet({ answer, open }: ActivitiesProps) {
  const [search, change] = useUrlSearch();
  const { at } = search;
  return (
    <Sheet
      title="The six activities"
      actions={
        <Button
          className="no-print"
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() => saveIndex(answer)}
        >
          Export
        </Button>
      }
    >
      <ul className="index-activities">
        {answer.activities.map((activity) => (
          <Activity
            key={activity.activity}
            activity={activity}
            isOpen={at === activity.activity}
            toggle={() => change({ at: at === activity.activity ? null : activity.activity })}
            open={open}
          />
        ))}
      </ul>
    </Sheet>
  );
}

interface ActivityProps {
  activity: IndexActivityAnswer;
  isOpen: boolean;
  toggle(): void;
  open(component: string): void;
}

function Activity({ activity: { activity, label, about, score, change, components }, isOpen, toggle, open }: ActivityProps) {
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  const measured = components.filter((each) => each.score !== null).length;
  return (
    <li>
      <h3>
        <button type="button" className="index-activity" aria-expanded={isOpen} aria-controls={`parts-${activity}`} onClick={toggle}>
          <Chevron size={16} aria-hidden />
          <span className="index-name">{label}</span>
          <ScoreBar label={label} score={score} before={score !== null && change !== null ? score - change : null} />
          <span className="index-score">{score === null ? <span className="dim">not measured yet</span> : scoreText(score)}</span>
          <span className={`index-moved ${change === null ? 'dim' : changeLook(change)}`}>{change === null ? '' : changeText(change)}</span>
          <span className="dim small-print index-parts">
            {measured} of {components.length} parts measured
          </span>
        </button>
      </h3>
      <div id={`parts-${activity}`} hidden={!isOpen}>
        {isOpen && (
          <>
            <p className="dim index-about">{about}</p>
            <ComponentTable label={label} components={components} open={open} />
          </>
        )}
      </div>
    </li>
  );
}
