import { Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ProposalDetail } from '#features/campaigns/contract/proposals.ts';
import { post } from '#ui/api/client.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { doing } from './asking.ts';

const dialogs = {
  withdraw: {
    noun: 'withdrawal',
    title: 'Withdraw it',
    label: 'Withdraw',
    said: 'Withdrawn. It stays readable and can be reopened.',
    about: 'It leaves the open list; votes and cases stay with it.',
    ask: 'Why (if you like)',
    needed: false,
  },
  reopen: {
    noun: 'reopening',
    title: 'Reopen it',
    label: 'Reopen',
    said: 'Reopened: marketing answers anew.',
    about: 'A new due day begins to run. Votes, cases and everything said stay.',
    ask: 'What has changed',
    needed: true,
  },
} as const;

/** Takes a proposal back, or asks again. */
export function CloseDialog({ detail, verb, onClose }: { detail: ProposalDetail; verb: keyof typeof dialogs; onClose(): void }) {
  const { noun, title, label, said, about, ask, needed } = dialogs[verb];
  const [reason, setReason] = useState('');
  const send = async (): Promise<void> => {
    await doing(post(`/proposals/${detail.id}/${noun}`, { reason, version: detail.version }));
    tell(said);
  };
  return (
    <FormDialog
      title={`${title}: ${detail.title}`}
      label={label}
      ready={!needed || reason.trim() !== ''}
      missing="Say why."
      onClose={onClose}
      send={send}
    >
      <Text size="sm" c="dimmed">
        {about}
      </Text>
      <Textarea
        label={ask}
        maxLength={2_000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
        autosize
        minRows={2}
      />
    </FormDialog>
  );
}
