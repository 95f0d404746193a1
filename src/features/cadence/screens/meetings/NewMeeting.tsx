import { Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { post } from '#ui/api/client.ts';
import { addDays, instantOfLocal, today } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { useGo } from '#ui/kit/Go.tsx';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';
import { paths } from '#ui/paths.ts';
import { doing } from '../asking.ts';
import { AttendeesField, isNobody, nobody } from '../people/AttendeesField.tsx';

/** A meeting by itself, outside of any series. */
export function NewMeeting({ whyNot }: { whyNot: string | null }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Deed whyNot={whyNot} onClick={() => setOpen(true)}>
        New meeting
      </Deed>
      {open && <NewMeetingDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function NewMeetingDialog({ onClose }: { onClose(): void }) {
  const go = useGo();
  const [draft, setDraft] = useState({ title: '', at: `${addDays(today(), 1)}T10:00`, minutes: 30, location: '', attendees: nobody });
  const set = (changes: Partial<typeof draft>): void => setDraft((before) => ({ ...before, ...changes }));
  const missing = draft.title.trim() === '' ? 'Give it a title.' : isNobody(draft.attendees) ? 'Say who comes.' : null;
  return (
    <FormDialog
      title="New meeting"
      label="Plan it"
      ready={missing === null && draft.at !== ''}
      missing={missing ?? 'Say when.'}
      onClose={onClose}
      send={async () => {
        const { at, ...rest } = draft;
        const { id } = await doing(post<{ id: string }>('/meetings', { ...rest, startsAt: instantOfLocal(at) }));
        go(paths.meeting(id));
      }}
    >
      {(reasons) => (
        <>
          <TextInput
            label="Title"
            value={draft.title}
            maxLength={200}
            error={reasons['title']}
            onChange={(event) => set({ title: event.currentTarget.value })}
            data-autofocus
          />
          <Group gap="sm" align="flex-start">
            <TextInput
              type="datetime-local"
              label="When"
              value={draft.at}
              error={reasons['startsAt']}
              onChange={(event) => set({ at: event.currentTarget.value })}
            />
            <WholeNumber
              label="Minutes"
              value={draft.minutes}
              min={5}
              max={480}
              onChange={(minutes) => minutes && set({ minutes })}
              error={reasons['minutes']}
            />
          </Group>
          <TextInput
            label="Where"
            placeholder="A room, or the address of a call"
            value={draft.location}
            maxLength={300}
            onChange={(event) => set({ location: event.currentTarget.value })}
          />
          <AttendeesField value={draft.attendees} change={(attendees) => set({ attendees })} error={reasons['attendees']} />
        </>
      )}
    </FormDialog>
  );
}
