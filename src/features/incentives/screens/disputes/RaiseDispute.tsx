import { Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { StatementLine } from '#features/incentives/contract/statements.ts';
import { post } from '#ui/api/client.ts';
import { money } from '#ui/formats.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { askAgain } from '../asking.ts';

/** A payee doubts a line; somebody else answers within five working days. */
export function RaiseDispute({ line, onClose }: { line: StatementLine; onClose(): void }) {
  const [reason, setReason] = useState('');
  const send = async (): Promise<void> => {
    await post('/disputes', { lineId: line.id, reason });
    await askAgain();
    tell('Disputed. An answer is due within five working days.');
  };
  return (
    <FormDialog
      title={`Dispute ${money(line.amount, line.currency)}?`}
      label="Dispute"
      ready={reason.trim() !== ''}
      missing="Say what is wrong."
      onClose={onClose}
      send={send}
    >
      <Text size="sm">{line.says}</Text>
      <Textarea
        label="What is wrong with it"
        description="Which record is missing or wrong, and what you expected."
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
