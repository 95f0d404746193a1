import { Button, Group, Menu, NumberInput, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { type PeriodKind, periodKinds, type Term } from '#engine/payout/plan.ts';
import type { PlanContent } from '#features/incentives/contract/plan-content.ts';
import type { PlanVersion } from '#features/incentives/contract/plans.ts';
import { patch } from '#ui/api/client.ts';
import { today } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { Unsaved } from '#ui/kit/Unsaved.tsx';
import { askAgain } from '../../asking.ts';
import { type Measured, useChecked, useMeasured } from '../asking.ts';
import { Warnings } from '../Warnings.tsx';
import { ComponentCard } from './ComponentCard.tsx';
import { type ComponentKind, kindNames, newComponent, newPool, newTerm, replaced, without } from './draft.ts';
import { Payees } from './Payees.tsx';
import { PoolCard } from './PoolCard.tsx';
import { TermCard } from './TermCard.tsx';

const periodNames: Readonly<Record<PeriodKind, string>> = { month: 'a month', quarter: 'a quarter', half: 'half a year', year: 'a year' };
const termNames: Readonly<Record<Term['kind'], string>> = {
  floor: 'A floor',
  cap: 'A cap',
  draw: 'A draw (an advance)',
  holdback: 'A holdback',
};

interface PlanEditorProps {
  version: PlanVersion;
  onDone(): void;
}

/** A draft being written, part by part; what is wrong and what experience warns of is said while one writes. */
export function PlanEditor({ version, onDone }: PlanEditorProps) {
  const measured = useMeasured();
  return (
    <Answer of={measured} what="What plans can count" lines={8}>
      {(known) => <Writing version={version} measured={known} onDone={onDone} />}
    </Answer>
  );
}

function Writing({ version, measured, onDone }: PlanEditorProps & { measured: Measured }) {
  const [plan, setPlan] = useState<PlanContent>(version.content);
  const [busy, setBusy] = useState(false);
  const changed = plan !== version.content;
  const [settled] = useDebouncedValue(plan, 600);
  const checked = useChecked(settled);
  const set = (changes: Partial<PlanContent>): void => setPlan((before) => ({ ...before, ...changes }));
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
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Unsaved when={changed && !busy} what="The plan" />
      <Sheet title="The plan" padded>
        <Group align="flex-end" gap="sm">
          <TextInput label="Name" required value={plan.name} onChange={(event) => set({ name: event.currentTarget.value })} w={280} />
          <Select
            label="Pays for"
            data={periodKinds.map((value) => ({ value, label: periodNames[value] }))}
            value={plan.period}
            allowDeselect={false}
            onChange={(value) => set({ period: value as PeriodKind })}
          />
          <NumberInput
            label="Taken back when cancelled within"
            description="days; empty: never"
            min={0}
            max={3660}
            value={plan.clawback?.withinDays ?? ''}
            onChange={(value) => set({ clawback: value === '' ? null : { withinDays: Number(value) } })}
          />
        </Group>
      </Sheet>
      <Payees plan={plan} onChange={(payees) => set({ payees })} />
      {plan.components.map((component, at) => (
        <ComponentCard
          key={component.id}
          plan={plan}
          measured={measured}
          component={component}
          onChange={(next) => set({ components: replaced(plan.components, at, next) })}
          onRemove={() => set({ components: without(plan.components, at) })}
        />
      ))}
      {plan.terms.map((term, at) => (
        <TermCard
          key={term.id}
          plan={plan}
          term={term}
          onChange={(next) => set({ terms: replaced(plan.terms, at, next) })}
          onRemove={() => set({ terms: without(plan.terms, at) })}
        />
      ))}
      {plan.pool && (
        <PoolCard
          plan={plan}
          measured={measured}
          pool={plan.pool}
          onChange={(pool) => set({ pool })}
          onRemove={() => set({ pool: null })}
        />
      )}
      <AddPart plan={plan} set={set} />
      {checked.data && <Warnings {...checked.data} />}
      <div className="save-bar">
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit" loading={busy} disabled={!changed}>
          Save the draft
        </Button>
      </div>
    </form>
  );
}

function AddPart({ plan, set }: { plan: PlanContent; set(changes: Partial<PlanContent>): void }) {
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" w="fit-content">
          Add a part
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(Object.keys(kindNames) as ComponentKind[]).map((kind) => (
          <Menu.Item key={kind} onClick={() => set({ components: [...plan.components, newComponent(plan, kind, today())] })}>
            {kindNames[kind]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {(Object.keys(termNames) as Term['kind'][]).map((kind) => (
          <Menu.Item key={kind} onClick={() => set({ terms: [...plan.terms, newTerm(plan, kind)] })}>
            {termNames[kind]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item disabled={plan.pool !== null} onClick={() => set({ pool: newPool() })}>
          A pool for both sides
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
