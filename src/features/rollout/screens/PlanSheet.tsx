import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PathStep } from '#features/rollout/contract/path.ts';
import { put } from '#ui/api/client.ts';
import { useMembers } from '#ui/api/members.ts';
import { day } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { doing } from './asking.ts';

/** Who has the step, and by when. */
export function PlanSheet({ step, whyNot }: { step: PathStep; whyNot: string | null }) {
  const [open, setOpen] = useState(false);
  const { owner, dueOn } = step;
  return (
    <Sheet
      title="Plan"
      actions={
        <Deed size="compact-sm" variant="default" whyNot={whyNot} onClick={() => setOpen(true)}>
          Plan it
        </Deed>
      }
      padded
    >
      {owner || dueOn ? (
        <span>
          {owner ? `${owner.name} has it` : 'Nobody has it yet'}
          {dueOn && `, by ${day(dueOn)}`}.
        </span>
      ) : (
        <span className="dim">Nobody has it yet, and no day is set.</span>
      )}
      {open && <PlanDialog step={step} onClose={() => setOpen(false)} />}
    </Sheet>
  );
}

function PlanDialog({ step, onClose }: { step: PathStep; onClose(): void }) {
  const members = useMembers();
  const [ownerId, setOwnerId] = useState(step.owner?.id ?? null);
  const [dueOn, setDueOn] = useState(step.dueOn ?? '');
  return (
    <FormDialog
      title="Who has this step, and by when"
      label="Keep"
      ready
      onClose={onClose}
      send={async () => void (await doing(put(`/rollout/steps/${step.step}`, { ownerId, dueOn: dueOn || null })))}
    >
      {(reasons) => (
        <>
          <Select
            label="Who"
            data={(members.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            value={ownerId}
            onChange={setOwnerId}
            searchable
            clearable
            limit={100}
            error={reasons['ownerId']}
          />
          <TextInput
            type="date"
            label="By"
            value={dueOn}
            w={200}
            error={reasons['dueOn']}
            onChange={(event) => setDueOn(event.currentTarget.value)}
          />
        </>
      )}
    </FormDialog>
  );
}
