import { Text } from '@mantine/core';
import type { Path, PathStep } from '#features/rollout/contract/path.ts';
import { stepTable } from '#features/rollout/contract/step-table.ts';
import { dayOfInstant, day, plural } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { usePath } from './asking.ts';
import { NextStep } from './NextStep.tsx';
import { StepMark } from './StepMark.tsx';
import './rollout.css';

/** The way in: where the company stands, the next step, and all fourteen at a glance. */
export function RolloutPage() {
  const path = usePath();
  return (
    <Page title="Rollout">
      <Answer of={path} what="The way in" lines={10}>
        {(known) => <Known path={known} />}
      </Answer>
    </Page>
  );
}

function Known({ path }: { path: Path }) {
  const next = path.steps.find(({ step }) => step === path.next);
  const beginning = path.afternoon.some(({ done }) => !done);
  return (
    <div className="stack">
      <Text className="rollout-first">{headline(path)}</Text>
      {beginning && path.can.plan === null && (
        <p className="notice rollout-begin">
          New here? <Go href={paths.rolloutStart()}>Your first afternoon</Go> leads through the beginning in five short tasks.
        </p>
      )}
      {next && <NextStep step={next} />}
      <section aria-labelledby="whole-way">
        <h2 id="whole-way" className="rollout-part">
          The whole way
        </h2>
        <ol className="rollout-path">
          {path.steps.map((step) => (
            <Row key={step.step} step={step} isNext={step.step === path.next} />
          ))}
        </ol>
        <Text size="sm" c="dimmed" mt="sm">
          A gate is met by what is on record, and lost again when it no longer is. Nothing here can be ticked.
        </Text>
      </section>
    </div>
  );
}

function headline({ through, steps, next }: Path): string {
  if (next === null) return `All ${steps.length} steps are through, and stand.`;
  const lost = steps.filter(({ lostAt }) => lostAt !== null).length;
  const so = through === 0 ? `${steps.length} steps lie ahead.` : `${through} of ${steps.length} steps are through.`;
  const gone = lost > 0 ? ` ${plural(lost, 'gate')} that ${lost === 1 ? 'was' : 'were'} met ${lost === 1 ? 'is' : 'are'} lost again.` : '';
  return `${so}${gone} Next: ${stepTable[next].title.toLowerCase()}.`;
}

function Row({ step, isNext }: { step: PathStep; isNext: boolean }) {
  return (
    <li className={`rollout-row is-${step.state}`} aria-current={isNext ? 'step' : undefined}>
      <span className="rollout-number" aria-hidden>
        {step.number}
      </span>
      <div className="rollout-words">
        <Go href={paths.rolloutStep(step.step)} className="go rollout-title">
          {stepTable[step.step].title}
        </Go>
        <span className="dim wrap-any">{step.sentence}</span>
      </div>
      <div className="rollout-stand">
        <StepMark step={step} />
        <span className="dim small-print">{sideNote(step)}</span>
      </div>
    </li>
  );
}

function sideNote({ state, owner, dueOn, firstThroughAt, overdue }: PathStep): string {
  if (state === 'through') return firstThroughAt ? `since ${dayOfInstant(firstThroughAt)}` : '';
  const due = dueOn && `${overdue ? 'was due' : 'by'} ${day(dueOn)}`;
  return [owner?.name, due].filter(Boolean).join(', ');
}
