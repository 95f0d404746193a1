import { Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Period } from '#features/returns/contract/ledger.ts';
import { post } from '#ui/api/client.ts';
import { month, plural } from '#ui/formats.ts';
import { tell } from '#ui/kit/toast.tsx';
import { askLedgerAgain } from './asking.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';

interface ReopenPeriodProps {
  period: Period;
  items: readonly Period[];
  onClose(): void;
}

/** What others may have relied on changes: it takes a reason, which stays on record with what the month was closed with. */
export function ReopenPeriod({ period, items, onClose }: ReopenPeriodProps) {
  const [reason, setReason] = useState('');
  const later = items.filter((each) => each.state === 'closed' && each.month > period.month).length;
  const send = async (): Promise<void> => {
    await post(`/periods/${period.month}/reopening`, { reason });
    await askLedgerAgain();
    tell(`${month(period.month)} is open again and takes entries.`);
  };
  return (
    <FormDialog
      title={`Reopen ${month(period.month)}?`}
      label="Reopen"
      ready={reason.trim() !== ''}
      missing="Say why."
      onClose={onClose}
      send={send}
    >
      {(reasons) => (
        <>
          <Text size="sm">
            Figures that rest on it may change, also those somebody has reported. What it was closed with stays on record.
            {later > 0 && ` The ${plural(later, 'closed month')} after it ${later === 1 ? 'stays' : 'stay'} closed.`}
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
        </>
      )}
    </FormDialog>
  );
}
