import { IconCircleCheck } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import type { FirstDeed } from '#engine/rollout/gates.ts';
import type { Path } from '#features/rollout/contract/path.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { usePath } from '../asking.ts';
import { beginAfternoon, endAfternoon } from './afternoon.ts';
import { BaselineDeed, CharterDeed, DefinitionDeed, DiagnosisDeed, ImportDeed } from './deeds.tsx';
import '../rollout.css';

const deedTable: Readonly<Record<FirstDeed, { title: string; about: string; minutes: number; Do: () => ReactNode }>> = {
  charter: { title: 'One number', about: 'Which number shall both sides move, and who wants it?', minutes: 10, Do: CharterDeed },
  diagnosis: {
    title: 'The diagnosis',
    about: 'Ten sentences: what does each side make of how you work together?',
    minutes: 15,
    Do: DiagnosisDeed,
  },
  import: {
    title: 'Your data',
    about: 'Leads and deals of the last twelve months, as your CRM exports them.',
    minutes: 30,
    Do: ImportDeed,
  },
  baseline: { title: 'The baseline', about: 'What is the number today? Kept once, and never changed.', minutes: 2, Do: BaselineDeed },
  definition: {
    title: 'The first definition',
    about: 'What is a lead that marketing may pass? Tried on your own past.',
    minutes: 20,
    Do: DefinitionDeed,
  },
};

/** From nothing to the first proposal in one afternoon: five tasks, one open at a time, each known to be done by what is on record. */
export function StartPage() {
  const path = usePath();
  return (
    <Page title="Your first afternoon" narrow>
      <Answer of={path} what="The beginning" lines={8}>
        {(known) => <Deeds path={known} />}
      </Answer>
    </Page>
  );
}

function Deeds({ path: { afternoon } }: { path: Path }) {
  const left = afternoon.filter(({ done }) => !done);
  const [current] = left;
  useEffect(() => (left.length === 0 ? endAfternoon() : beginAfternoon()), [left.length]);
  return (
    <div className="stack">
      <p className="rollout-first" role="status">
        {headline(afternoon.length - left.length, left.length)}
      </p>
      <ol className="start-deeds">
        {afternoon.map(({ deed, done }, at) => (
          <Deed key={deed} deed={deed} number={at + 1} done={done} isOpen={deed === current?.deed} />
        ))}
      </ol>
      {!current && (
        <p className="notice good">
          That was the beginning: both heads can now sign the definition. <Go href={paths.rollout()}>The whole way</Go> shows what comes
          next.
        </p>
      )}
    </div>
  );
}

function headline(done: number, left: number): string {
  if (left === 0) return 'All five tasks are done.';
  return done === 0
    ? 'Five tasks, about an hour and a half. You can stop after each and go on later.'
    : `${done} of ${done + left} tasks are done.`;
}

function Deed({ deed, number, done, isOpen }: { deed: FirstDeed; number: number; done: boolean; isOpen: boolean }) {
  const { title, about, minutes, Do } = deedTable[deed];
  return (
    <li className={`sheet start-deed${isOpen ? ' is-open' : ''}`} aria-current={isOpen ? 'step' : undefined}>
      <h2>
        <span className="start-deed-number">{done ? <IconCircleCheck size={22} className="good" aria-label="done" /> : number}</span>{' '}
        {title}
        <span className="dim small-print">{done ? 'done' : `about ${minutes} minutes`}</span>
      </h2>
      {!done && <p className="dim">{about}</p>}
      {isOpen && <Do />}
    </li>
  );
}
