import { Button, Group } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { workBackSchema, type PlanContent } from '#features/goals/contract/plans.ts';
import type { GoalChoices } from '#features/goals/contract/goals.ts';
import { patch, post, Problem, wordsOf } from '#ui/api/client.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { Unsaved } from '#ui/kit/Unsaved.tsx';
import { paths } from '#ui/paths.ts';
import { askAgain, useGoalChoices, useWorkBack } from '../../asking.ts';
import { FeasibilitySheet } from '../FeasibilitySheet.tsx';
import { WorkedSheet } from '../WorkedSheet.tsx';
import { asTree } from '../goalOrder.ts';
import { newGoal, planProblems, withGoal, type PlanProblem, type PlanStart } from './draft.ts';
import { GoalCard } from './GoalCard.tsx';
import { PlanHead } from './PlanHead.tsx';
import { RevenueLines } from './RevenueLines.tsx';

interface PlanEditorProps {
  start: PlanStart;
  /** With the id of what was kept, or none when it was given up. */
  onDone(id?: string): void;
}

/** A plan while it is written: the goals, how much is to be won, and beside it what that takes. */
export function PlanEditor({ start, onDone }: PlanEditorProps) {
  const choices = useGoalChoices();
  return (
    <Answer of={choices} what="What goals can be about" lines={8}>
      {(known) => <Writing start={start} choices={known} onDone={onDone} />}
    </Answer>
  );
}

function Writing({ start, choices, onDone }: PlanEditorProps & { choices: GoalChoices }) {
  const [plan, setPlan] = useState<PlanContent>(start.content);
  const draft = useKeeping(start, plan, onDone);
  const set = (next: PlanContent): void => {
    setPlan(next);
    draft.recheck(next);
  };
  return (
    <div className="stack">
      <Unsaved when={plan !== start.content && !draft.busy} what="The plan" />
      {start.from.length > 0 && (
        <details className="notice">
          <summary>Where the suggested numbers come from</summary>
          <ul>
            {start.from.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </details>
      )}
      <NobodyToOwn owners={choices.owners} />
      <PlanHead plan={plan} problems={draft.problems} onChange={set} />
      <Sheet
        title="Goals"
        actions={
          <Button size="compact-sm" variant="default" onClick={() => set(withGoal(plan, newGoal(plan, choices, null)))}>
            Add a goal
          </Button>
        }
      >
        {plan.goals.length === 0 && (
          <p className="dim goals-foot">No goals yet. Begin with what the company wants to win and whom it wants to keep.</p>
        )}
        {asTree(plan.goals).map((goal) => (
          <GoalCard
            key={goal.id}
            goal={goal}
            plan={plan}
            choices={choices}
            problems={draft.problems.filter((each) => each.goal === plan.goals.indexOf(goal))}
            onChange={set}
          />
        ))}
      </Sheet>
      <RevenueLines plan={plan} choices={choices} onChange={set} />
      <WorkedWhileWriting plan={plan} currency={start.currency} />
      <SaveBar problems={draft.problems} wrong={draft.wrong} busy={draft.busy} save={() => void draft.keep()} cancel={() => onDone()} />
    </div>
  );
}

/** A goal has an owner on both sides: said before somebody writes what can't be kept. */
function NobodyToOwn({ owners }: Pick<GoalChoices, 'owners'>) {
  const missing = (['marketing', 'sales'] as const).filter((side) => owners[side].length === 0);
  if (missing.length === 0) return null;
  return (
    <p className="notice warn">
      A goal has an owner on both sides, and there is nobody of {missing.join(' and ')} here yet.{' '}
      <Go href={paths.settings('members')}>Invite them first</Go>
    </p>
  );
}

/** Keeps the draft where there was one, else makes it; says what is unfinished before anything is sent. */
function useKeeping(start: PlanStart, plan: PlanContent, onDone: PlanEditorProps['onDone']) {
  const [problems, setProblems] = useState<readonly PlanProblem[]>([]);
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const keep = async (): Promise<void> => {
    const found = planProblems(plan);
    setProblems(found);
    setWrong(null);
    if (found.length > 0) return;
    setBusy(true);
    try {
      const kept = start.id
        ? await patch<{ id: string }>(`/goals/plans/${start.id}`, { content: plan })
        : await post<{ id: string }>('/goals/plans', { content: plan });
      await askAgain();
      tell('Draft kept. Propose it when both sides have talked about it.');
      onDone(start.id ?? kept.id);
    } catch (error) {
      setWrong(reasonsOf(error));
      setBusy(false);
    }
  };
  const recheck = (next: PlanContent): void => {
    if (problems.length > 0) setProblems(planProblems(next));
  };
  return { problems, wrong, busy, keep, recheck };
}

const reasonsOf = (error: unknown): string =>
  error instanceof Problem && error.fields.length > 0
    ? `${wordsOf(error)} ${error.fields.map(({ reason }) => reason).join(' ')}`
    : wordsOf(error);

interface SaveBarProps {
  problems: readonly PlanProblem[];
  wrong: string | null;
  busy: boolean;
  save(): void;
  cancel(): void;
}

function SaveBar({ problems, wrong, busy, save, cancel }: SaveBarProps) {
  const ofAll = problems.filter(({ goal }) => goal === null);
  return (
    <div className="sheet sheet-body save-bar">
      {(wrong || ofAll.length > 0) && (
        <div className="notice bad" role="alert">
          {wrong ?? ofAll.map(({ reason }) => reason).join(' ')}
        </div>
      )}
      {problems.length > ofAll.length && <p className="bad">Some goals are not finished: they are marked.</p>}
      <Group gap={8}>
        <Button loading={busy} onClick={save}>
          Keep draft
        </Button>
        <Button variant="default" onClick={cancel}>
          Cancel
        </Button>
      </Group>
    </div>
  );
}

/** What the plan takes, worked back anew while one writes; nothing of it is kept. */
function WorkedWhileWriting({ plan, currency }: { plan: PlanContent; currency: string }) {
  const [{ start, end, workBack }] = useDebouncedValue(plan, 700);
  const fits = workBack !== null && workBackSchema.safeParse(workBack).success;
  const worked = useWorkBack({ start, end, workBack: fits ? workBack : null });
  if (!workBack || !fits) return null;
  return (
    <Answer of={worked} what="The worked-back sheet" lines={6}>
      {({ working, feasibility }) => (
        <div className="stack" style={{ opacity: worked.isPlaceholderData ? 0.6 : 1 }} aria-busy={worked.isPlaceholderData}>
          <FeasibilitySheet feasibility={feasibility} currency={currency} />
          <WorkedSheet working={working} title="What that takes" />
        </div>
      )}
    </Answer>
  );
}
