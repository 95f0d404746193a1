import { Text } from '@mantine/core';
import { useState } from 'react';
import { monthOf } from '#features/returns/contract/months.ts';
import type { AllocationKey } from '#features/returns/contract/plans.ts';
import { post } from '#ui/api/client.ts';
import { month, today } from '#ui/formats.ts';
import { tell } from '#ui/kit/toast.tsx';
import { askLedgerAgain } from './asking.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { MonthSelect } from './MonthSelect.tsx';

/** From a month on it spreads nothing; the months before keep what it did. */
export function RetireKey({ allocation, onClose }: { allocation: AllocationKey; onClose(): void }) {
  const [from, setFrom] = useState(monthOf(today()));
  const send = async (): Promise<void> => {
    await post(`/allocation-keys/${allocation.keyId}/retirement`, { effectiveFrom: from });
    await askLedgerAgain();
    tell(`“${allocation.name}” spreads nothing from ${month(from)} on. A new version brings it back.`);
  };
  return (
    <FormDialog title={`Retire “${allocation.name}”?`} label="Retire" ready onClose={onClose} send={send}>
      {(reasons) => (
        <>
          <Text size="sm">
            The costs it spread stay without a {allocation.versions[0]?.content.onto} from then on. Earlier months keep what it did.
          </Text>
          <MonthSelect label="From" value={from} error={reasons['effectiveFrom']} onChange={setFrom} />
        </>
      )}
    </FormDialog>
  );
}
