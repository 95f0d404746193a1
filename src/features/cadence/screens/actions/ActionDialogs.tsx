import { Group, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ActionItem } from '#features/cadence/contract/actions.ts';
import { patch, post } from '#ui/api/client.ts';
import { addDays, day, today } from '#ui/formats.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell, tellUndoable } from '#ui/kit/toast.tsx';
import { doing } from '../asking.ts';
import { OwnerSelect } from '../people/OwnerSelect.tsx';

/** Another day, another owner, other words. How often it was put off is counted. */
export function ChangeAction({ action, onClose }: { action: ActionItem; onClose(): void }) {
  const [draft, setDraft] = useState({
    title: action.title,
    ownerId: action.owner.id,
    dueOn: action.late ? addDays(today(), 7) : addDays(action.dueOn, 7),
  });
  const set = (changes: Partial<typeof draft>): void => setDraft((before) => ({ ...before, ...changes }));
  return (
    <FormDialog
      title="Move the action"
      label="Move it"
      ready={draft.title.trim() !== '' && draft.dueOn !== ''}
      missing="Say what, and by when."
      onClose={onClose}
      send={async () => {
        await doing(patch(`/actions/${action.id}`, draft));
        tell(`Due ${day(draft.dueOn)}.`);
      }}
    >
      {(reasons) => <ActionFields draft={draft} set={set} reasons={reasons} known={action.owner} />}
    </FormDialog>
  );
}

export function DropAction({ action, onClose }: { action: ActionItem; onClose(): void }) {
  const [because, setBecause] = useState('');
  return (
    <FormDialog
      title="Drop the action"
      label="Drop it"
      ready={because.trim() !== ''}
      missing="Say why."
      onClose={onClose}
      send={async () => {
        await doing(post(`/actions/${action.id}/dropping`, { because }));
        tellUndoable(`Dropped: ${action.title}`, async () => void (await doing(post(`/actions/${action.id}/reopening`, {}))));
      }}
    >
      {(reasons) => (
        <>
          <p className="dim" style={{ margin: 0 }}>
            {action.title}: it will not be done. Everybody reads why.
          </p>
          <Textarea
            label="Why"
            value={because}
            maxLength={1000}
            autosize
            minRows={2}
            error={reasons['because']}
            onChange={(event) => setBecause(event.currentTarget.value)}
            data-autofocus
          />
        </>
      )}
    </FormDialog>
  );
}

export interface ActionDraft {
  title: string;
  ownerId: string;
  dueOn: string;
}

interface FieldsProps {
  draft: ActionDraft;
  set(changes: Partial<ActionDraft>): void;
  reasons: Readonly<Record<string, string>>;
  known?: { id: string; name: string };
}

export function ActionFields({ draft, set, reasons, known }: FieldsProps) {
  return (
    <>
      <Textarea
        label="What will be done"
        value={draft.title}
        maxLength={500}
        autosize
        minRows={1}
        error={reasons['title']}
        onChange={(event) => set({ title: event.currentTarget.value })}
        data-autofocus
      />
      <Group gap="sm" align="flex-start" grow>
        <OwnerSelect
          label="Who"
          allowDeselect={false}
          value={draft.ownerId || null}
          {...(known && { known })}
          error={reasons['ownerId']}
          onChange={(ownerId) => ownerId && set({ ownerId })}
        />
        <TextInput
          type="date"
          label="By"
          value={draft.dueOn}
          min={today()}
          error={reasons['dueOn']}
          onChange={(event) => set({ dueOn: event.currentTarget.value })}
        />
      </Group>
    </>
  );
}
