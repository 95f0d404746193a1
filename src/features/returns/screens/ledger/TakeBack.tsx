import { Checkbox, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CostEntry, PostedCost } from '#features/returns/contract/ledger.ts';
import { post } from '#ui/api/client.ts';
import { day, money } from '#ui/formats.ts';
import { tell } from '#ui/kit/toast.tsx';
import { askLedgerAgain } from './asking.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { costName } from './ledgerWords.ts';

interface TakeBackProps {
  entry: CostEntry;
  onClose(): void;
  /** Called when it was taken back and is to be entered anew. */
  then(): void;
}

/** A second entry that negates the first: both stay on record, and a reason with them. */
export function TakeBack({ entry, onClose, then }: TakeBackProps) {
  const [reason, setReason] = useState('');
  const [on, setOn] = useState('');
  const [anew, setAnew] = useState(false);
  const send = async (): Promise<void> => {
    const made = await post<PostedCost>(`/costs/${entry.id}/reversal`, { reason, ...(on && { on }) });
    await askLedgerAgain();
    tell(`Taken back on ${day(made.occurredOn)}.`);
  };
  return (
    <FormDialog
      title={`Take back ${money(entry.amount, entry.currency)}, ${costName(entry)}?`}
      label="Take back"
      ready={reason.trim() !== ''}
      missing="Say why."
      onClose={onClose}
      send={send}
      onSent={anew ? then : onClose}
    >
      {(reasons) => (
        <>
          <Text size="sm">
            A second entry of {money(negated(entry.amount), entry.currency)} is posted at the same rate, so that the two sum to nothing.
            Neither can be removed, and the second isn’t taken back itself.
          </Text>
          <Textarea
            label="Why"
            required
            autosize
            minRows={2}
            maxLength={2_000}
            value={reason}
            error={reasons['reason']}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus
          />
          <TextInput
            type="date"
            label="On"
            description={`Left empty: on ${day(entry.occurredOn)}, or the first open day after it when that month is closed.`}
            value={on}
            min={entry.occurredOn}
            error={reasons['on']}
            onChange={(event) => setOn(event.currentTarget.value)}
          />
          <Checkbox label="Then enter it anew, corrected" checked={anew} onChange={(event) => setAnew(event.currentTarget.checked)} />
        </>
      )}
    </FormDialog>
  );
}

const negated = (amount: string): string => String(-BigInt(amount));
