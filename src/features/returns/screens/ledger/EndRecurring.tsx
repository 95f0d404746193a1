import { Text } from '@mantine/core';
import type { RecurringCost } from '#features/returns/contract/ledger.ts';
import { post } from '#ui/api/client.ts';
import { day, money, plural } from '#ui/formats.ts';
import { tell } from '#ui/kit/toast.tsx';
import { askLedgerAgain } from './asking.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { costName, everyWords } from './ledgerWords.ts';

/** What was posted stands; nothing more comes. */
export function EndRecurring({ cost, onClose }: { cost: RecurringCost; onClose(): void }) {
  const { id, amount, currency, every, posted, nextOn } = cost;
  const send = async (): Promise<void> => {
    await post(`/costs/recurring/${id}/end`);
    await askLedgerAgain();
    tell('Ended. To go on with it, add it anew.');
  };
  return (
    <FormDialog
      title={`End ${money(amount, currency)} ${everyWords[every]}, ${costName(cost)}?`}
      label="End it"
      ready
      onClose={onClose}
      send={send}
    >
      <Text size="sm">
        {posted > 0 ? `The ${plural(posted, 'entry', 'entries')} that came of it stand${posted === 1 ? 's' : ''}. ` : ''}
        {nextOn && `The one of ${day(nextOn)} and those after it will not come any more.`}
      </Text>
    </FormDialog>
  );
}
