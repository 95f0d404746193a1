import { Group, MultiSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { MeetingDetail } from '#features/cadence/contract/meetings.ts';
import { patch, post } from '#ui/api/client.ts';
import { useMembers } from '#ui/api/members.ts';
import { instantOfLocal, localOfInstant } from '#ui/formats.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell, tellUndoable } from '#ui/kit/toast.tsx';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';
import { doing } from '../asking.ts';

interface DialogProps {
  detail: MeetingDetail;
  onClose(): void;
}

/** Another time or place, other people. Everybody expected is told, and their calendars follow. */
export function MoveMeeting({ detail, onClose }: DialogProps) {
  const members = useMembers().data?.items ?? [];
  const before = detail.attendees.filter(({ expected }) => expected).map(({ member }) => member.id);
  const [draft, setDraft] = useState({
    title: detail.title,
    at: localOfInstant(detail.startsAt),
    minutes: detail.minutes,
    location: detail.location,
    people: before,
  });
  const set = (changes: Partial<typeof draft>): void => setDraft((known) => ({ ...known, ...changes }));
  return (
    <FormDialog
      title="Move or change"
      label="Keep"
      ready={draft.title.trim() !== '' && draft.at !== '' && draft.people.length > 0}
      missing="A meeting has a title, a time and people."
      onClose={onClose}
      send={async () => {
        const { at, people, ...rest } = draft;
        await doing(
          patch(`/meetings/${detail.id}`, {
            ...rest,
            startsAt: instantOfLocal(at),
            add: people.filter((id) => !before.includes(id)),
            remove: before.filter((id) => !people.includes(id)),
            sequence: detail.sequence,
          }),
        );
        tell('Kept.');
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
          />
          <Group gap="sm" align="flex-start">
            <TextInput
              type="datetime-local"
              label="When"
              value={draft.at}
              error={reasons['startsAt']}
              onChange={(event) => set({ at: event.currentTarget.value })}
            />
            <WholeNumber label="Minutes" value={draft.minutes} min={5} max={480} onChange={(minutes) => minutes && set({ minutes })} />
          </Group>
          <TextInput
            label="Where"
            value={draft.location}
            maxLength={300}
            onChange={(event) => set({ location: event.currentTarget.value })}
          />
          <MultiSelect
            label="Who comes"
            searchable
            hidePickedOptions
            data={peopleOf(detail, members)}
            value={draft.people}
            onChange={(people) => set({ people })}
          />
        </>
      )}
    </FormDialog>
  );
}

/** Members, and whoever is expected and has left since. */
function peopleOf(detail: MeetingDetail, members: readonly { id: string; name: string }[]) {
  const gone = detail.attendees.map(({ member }) => member).filter(({ id }) => !members.some((member) => member.id === id));
  return [...members, ...gone].map(({ id, name }) => ({ value: id, label: name }));
}

export function CancelMeeting({ detail, onClose }: DialogProps) {
  const [because, setBecause] = useState('');
  return (
    <FormDialog
      title={`Cancel ${detail.title}`}
      label="Cancel the meeting"
      ready
      danger
      onClose={onClose}
      send={async () => {
        await doing(post(`/meetings/${detail.id}/cancellation`, { because }));
        tellUndoable(
          'Cancelled. Its open actions come up in the next one.',
          async () => void (await doing(post(`/meetings/${detail.id}/restoration`, {}))),
        );
      }}
    >
      <Textarea
        label="Why (everybody expected reads it)"
        value={because}
        maxLength={500}
        autosize
        minRows={2}
        onChange={(event) => setBecause(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  );
}
