import { Button, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import type { PlanContent } from '#features/incentives/contract/plan-content.ts';
import type { madeVersion } from '#features/incentives/contract/plans.ts';
import type { PlanTemplate } from '#features/incentives/contract/templates.ts';
import { post } from '#ui/api/client.ts';
import { useMembers } from '#ui/api/members.ts';
import { useMe } from '#ui/api/session.ts';
import { useGo } from '#ui/kit/Go.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { tellProblem } from '#ui/kit/toast.tsx';
import { paths } from '#ui/paths.ts';
import { askAgain } from '../asking.ts';
import { useTemplates } from './asking.ts';
import { newPlan } from './editor/new-parts.ts';

const origins = { own: 'your own past', practice: 'good practice', blank: 'to fill in' } as const;

/** Good practice to begin with, filled from the company's own past: each number says where it comes from. */
export function NewPlan({ onClose }: { onClose(): void }) {
  const templates = useTemplates();
  return (
    <Modal opened onClose={onClose} title="Begin with good practice" size="xl">
      <Answer of={templates} what="The templates" lines={6}>
        {({ items }) => (
          <div className="stack">
            {items.map((template) => (
              <Template key={template.key} template={template} />
            ))}
            <Empty />
          </div>
        )}
      </Answer>
    </Modal>
  );
}

async function beginWith(content: PlanContent | null, go: ReturnType<typeof useGo>): Promise<void> {
  const { id } = await post<z.output<typeof madeVersion>>('/incentive-plans', { content });
  await askAgain();
  go(paths.incentivePlan(id, { edit: '1' }));
}

/** Nothing but whom it pays first: every part is then made by hand. */
function Empty() {
  const go = useGo();
  const me = useMe();
  const members = useMembers();
  const [chosen, setChosen] = useState<string | null>(null);
  const people = (members.data?.items ?? []).filter(({ active, side }) => active && side !== 'leadership');
  const person = people.find(({ id }) => id === chosen);
  const begin = async (): Promise<void> => {
    if (person && person.side !== 'leadership')
      await beginWith(newPlan({ id: person.id, side: person.side }, me.workspace.currency), go).catch(tellProblem);
  };
  return (
    <section className="sheet" aria-label="An empty plan">
      <div className="sheet-head">
        <h2>An empty plan</h2>
        <Button size="compact-md" variant="default" disabled={!person} onClick={() => void begin()}>
          Begin empty
        </Button>
      </div>
      <div className="sheet-body">
        <Select
          label="Whom it pays first"
          placeholder="Somebody"
          data={people.map(({ id, name }) => ({ value: id, label: name }))}
          value={chosen}
          onChange={setChosen}
          searchable
          maw={320}
        />
      </div>
    </section>
  );
}

function Template({ template }: { template: PlanTemplate }) {
  const go = useGo();
  const [busy, setBusy] = useState(false);
  const begin = async (): Promise<void> => {
    setBusy(true);
    try {
      await beginWith(template.content, go);
    } catch (error) {
      tellProblem(error);
      setBusy(false);
    }
  };
  return (
    <section className="sheet" aria-label={template.name}>
      <div className="sheet-head">
        <h2>
          {template.name}{' '}
          {template.sides.map((side) => (
            <SideMark key={side} side={side} />
          ))}
        </h2>
        <Button size="compact-md" loading={busy} disabled={template.content === null} onClick={() => void begin()}>
          Begin with it
          <span className="visually-hidden">: {template.name}</span>
        </Button>
      </div>
      <div className="sheet-body">
        <p>{template.about}</p>
        {template.numbers.length > 0 && (
          <details>
            <summary>Where its numbers come from</summary>
            <ul>
              {template.numbers.map(({ at, value, from, why }) => (
                <li key={`${at} ${value}`}>
                  {why} <span className="dim">({origins[from]})</span>
                </li>
              ))}
            </ul>
          </details>
        )}
        {template.notes.map((note) => (
          <p key={note} className="dim small-print">
            {note}
          </p>
        ))}
      </div>
    </section>
  );
}
