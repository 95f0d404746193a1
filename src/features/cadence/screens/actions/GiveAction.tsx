import { Button, type ButtonProps } from '@mantine/core';
import { useState } from 'react';
import { post } from '#ui/api/client.ts';
import { useMe } from '#ui/api/session.ts';
import { addDays, day, today } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { doing } from '../asking.ts';
import { type ActionDraft, ActionFields } from './ActionDialogs.tsx';

interface GiveProps extends ButtonProps {
  label: string;
  whyNot?: string | null;
  /** Within a meeting: its id, the item it comes from, and who is proposed. */
  meeting?: { id: string; itemId: string | null; ownerId: string | null };
}

/** Agrees what somebody will do by when. */
export function GiveAction({ label, whyNot, meeting, ...button }: GiveProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      {whyNot ? (
        <Deed whyNot={whyNot} onClick={() => undefined} {...button}>
          {label}
        </Deed>
      ) : (
        <Button onClick={() => setOpen(true)} {...button}>
          {label}
        </Button>
      )}
      {open && <GiveDialog {...(meeting && { meeting })} onClose={() => setOpen(false)} />}
    </>
  );
}

function GiveDialog({ meeting, onClose }: Pick<GiveProps, 'meeting'> & { onClose(): void }) {
  const me = useMe();
  const [draft, setDraft] = useState<ActionDraft>({ title: '', ownerId: meeting?.ownerId ?? me.member.id, dueOn: addDays(today(), 7) });
  return (
    <FormDialog
      title="Give an action"
      label="Agree it"
      ready={draft.title.trim() !== '' && draft.ownerId !== '' && draft.dueOn >= today()}
      missing="Say what, who, and by when."
      onClose={onClose}
      send={async () => {
        await doing(meeting ? post(`/meetings/${meeting.id}/actions`, { ...draft, itemId: meeting.itemId }) : post('/actions', draft));
        tell(`Agreed, due ${day(draft.dueOn)}.`);
      }}
    >
      {(reasons) => <ActionFields draft={draft} set={(changes) => setDraft((before) => ({ ...before, ...changes }))} reasons={reasons} />}
    </FormDialog>
  );
}
