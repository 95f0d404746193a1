import { Button, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { post } from '#ui/api/client.ts';
import { tellProblem } from '#ui/kit/toast.tsx';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';
import { doing } from '../asking.ts';
import { OwnerSelect } from '../people/OwnerSelect.tsx';

const blank = { sentence: '', minutes: 5, ownerId: null as string | null };

/** A line of one's own on the agenda. */
export function AddItem({ meetingId }: { meetingId: string }) {
  const [draft, setDraft] = useState(blank);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const add = async (): Promise<void> => {
    setBusy(true);
    try {
      await doing(post(`/meetings/${meetingId}/items`, draft));
      setDraft(blank);
      field.current?.focus();
    } catch (error) {
      tellProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="agenda-add"
      onSubmit={(event) => {
        event.preventDefault();
        if (draft.sentence.trim() !== '' && !busy) void add();
      }}
    >
      <TextInput
        ref={field}
        className="grow"
        size="sm"
        aria-label="Add an item"
        placeholder="Add an item: what is to be talked about"
        maxLength={500}
        value={draft.sentence}
        onChange={(event) => setDraft({ ...draft, sentence: event.currentTarget.value })}
      />
      <OwnerSelect
        size="sm"
        w={170}
        clearable
        aria-label="Who leads it"
        placeholder="Who leads it"
        value={draft.ownerId}
        onChange={(ownerId) => setDraft({ ...draft, ownerId })}
      />
      <WholeNumber
        width={80}
        aria="Minutes for it"
        suffix=" min"
        value={draft.minutes}
        min={1}
        max={240}
        onChange={(minutes) => minutes && setDraft({ ...draft, minutes })}
      />
      <Button type="submit" variant="default" loading={busy} disabled={draft.sentence.trim() === ''}>
        Add
      </Button>
    </form>
  );
}
