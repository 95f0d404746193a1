import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import type { PlanContent } from '#features/incentives/contract/plan-content.ts';
import type { PlanVersion } from '#features/incentives/contract/plans.ts';
import { patch } from '#ui/api/client.ts';
import { type Member, useMembers } from '#ui/api/members.ts';
import { Answer } from '#ui/kit/States.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { Unsaved } from '#ui/kit/Unsaved.tsx';
import { askAgain } from '../../asking.ts';
import { type Measured, useChecked, useMeasured } from '../asking.ts';
import { Warnings } from '../Warnings.tsx';
import { AddPart } from './AddPart.tsx';
import { ComponentCard } from './ComponentCard.tsx';
import { replaced, without } from './draft.ts';
import { EditingContext, ProblemNote, useEditing } from './editing.tsx';
import { EditorProblems, ProblemCount } from './EditorProblems.tsx';
import { Payees } from './Payees.tsx';
import { PlanFields } from './PlanFields.tsx';
import { PoolCard } from './PoolCard.tsx';
import { problemsOf } from './problems.ts';
import { TermCard } from './TermCard.tsx';

interface PlanEditorProps {
  version: PlanVersion;
  onDone(): void;
}

/** A draft being written, part by part; what is wrong and what experience warns of is said while one writes. */
export function PlanEditor({ version, onDone }: PlanEditorProps) {
  const measured = useMeasured();
  const members = useMembers(true);
  return (
    <Answer of={members} what="The people" lines={8}>
      {({ items }) => (
        <Answer of={measured} what="What plans can count" lines={8}>
          {(known) => <Writing version={version} measured={known} members={items} onDone={onDone} />}
        </Answer>
      )}
    </Answer>
  );
}

interface WritingProps extends PlanEditorProps {
  measured: Measured;
  members: readonly Member[];
}

function Writing({ version, measured, members, onDone }: WritingProps) {
  const [plan, setPlan] = useState<PlanContent>(version.content);
  const [busy, setBusy] = useState(false);
  const changed = plan !== version.content;
  const names = useMemo(() => new Map(members.map(({ id, name }) => [id, name])), [members]);
  const [settled] = useDebouncedValue(plan, 600);
  const { data: checked } = useChecked(settled);
  const problems = useMemo(() => problemsOf(plan, names, checked ?? null), [plan, names, checked]);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      await patch(`/incentive-plan-versions/${version.id}`, { content: plan });
      await askAgain();
      tell('Saved.');
      onDone();
    } catch (error) {
      tellProblem(error);
      setBusy(false);
    }
  };
  return (
    <EditingContext value={{ plan, measured, names, problems }}>
      <form
        className="stack plan-editor"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Unsaved when={changed && !busy} what="The plan" />
        <WholePlan members={members} onChange={setPlan} />
        <EditorProblems problems={problems} />
        {checked && <Warnings problems={[]} warnings={checked.warnings} />}
        <div className="plan-save">
          <ProblemCount problems={problems} />
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={!changed}>
            Save the draft
          </Button>
        </div>
      </form>
    </EditingContext>
  );
}

/** Every part, in the order in which it is read. */
function WholePlan({ members, onChange }: { members: readonly Member[]; onChange(plan: PlanContent): void }) {
  const { plan } = useEditing();
  const { components, terms } = plan;
  const set = (changes: Partial<PlanContent>): void => onChange({ ...plan, ...changes });
  return (
    <>
      <PlanFields onChange={onChange} />
      <Payees members={members} onChange={onChange} />
      {components.map((component, at) => (
        <ComponentCard
          key={component.id}
          at={`components.${at}`}
          component={component}
          onChange={(next) => set({ components: replaced(components, at, next) })}
          onRemove={() => set({ components: without(components, at) })}
        />
      ))}
      <ProblemNote at="components" />
      {terms.map((term, at) => (
        <TermCard
          key={term.id}
          at={`terms.${at}`}
          term={term}
          onChange={(next) => set({ terms: replaced(terms, at, next) })}
          onRemove={() => set({ terms: without(terms, at) })}
        />
      ))}
      <ProblemNote at="terms" />
      {plan.pool && <PoolCard pool={plan.pool} onChange={(pool) => set({ pool })} onRemove={() => set({ pool: null })} />}
      <AddPart onChange={onChange} />
    </>
  );
}
