import { Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Dispute } from '#features/incentives/contract/disputes.ts';
import { post } from '#ui/api/client.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { askAgain } from '../asking.ts';

/** What can't be settled goes to the owner or a head of leadership, who decides. */
export function EscalateDispute({ dispute, onClose }: { dispute: Dispute; onClose(): void }) {
  const [reason, setReason] = useState('');
  const send = async (): Promise<void> => {
    await post(`/disputes/${dispute.id}/escalation`, { reason });
    await askAgain();
    tell('It is with the sponsor.');
  };
  return (
    <FormDialog
      title="Take it to the sponsor?"
      label="Take it there"
      ready={reason.trim() !== ''}
      missing="Say why."
      onClose={onClose}
      send={send}
    >
      <Textarea
        label="Why"
        required
        autosize
        minRows={3}
        maxLength={2_000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  );
}
