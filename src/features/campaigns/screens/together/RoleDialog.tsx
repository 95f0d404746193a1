import { NumberInput, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { roleKinds, roleKindWords, type RoleKind } from '#engine/campaigns/states.ts';
import type { Role } from '#features/campaigns/contract/roles.ts';
import { post } from '#ui/api/client.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { askAgain } from './asking.ts';

export type RoleVerb = 'decline' | 'counterpropose';

/** A part declined with its reason, or another one proposed. */
export function RoleDialog({ role, verb, onClose }: { role: Role; verb: RoleVerb; onClose(): void }) {
  const [note, setNote] = useState('');
  const [kind, setKind] = useState<RoleKind>(role.kind);
  const [wanted, setWanted] = useState<number>(role.wanted);
  const declines = verb === 'decline';
  const send = async (): Promise<void> => {
    const body = declines ? { reason: note } : { kind, wanted, note };
    await post(`/campaign-roles/${role.id}/${declines ? 'refusal' : 'counterproposal'}`, { ...body, version: role.version });
    await askAgain();
    tell(declines ? 'Declined.' : 'Proposed. Who asked takes it or not.');
  };
  return (
    <FormDialog
      title={declines ? 'Decline this part?' : 'Propose another part'}
      label={declines ? 'Decline' : 'Propose'}
      ready={note.trim() !== ''}
      missing="Say why."
      onClose={onClose}
      send={send}
    >
      {!declines && (
        <>
          <Select
            label="Part"
            data={roleKinds.map((value) => ({ value, label: roleKindWords[value].label }))}
            value={kind}
            allowDeselect={false}
            onChange={(value) => setKind(value as RoleKind)}
          />
          <NumberInput
            label={`How many ${roleKindWords[kind].unit}`}
            min={1}
            max={100_000}
            value={wanted}
            onChange={(value) => setWanted(Number(value) || 1)}
          />
        </>
      )}
      <Textarea
        label="Why"
        required
        autosize
        minRows={2}
        maxLength={2_000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  );
}
