import { Progress, Text } from '@mantine/core';
import { useState } from 'react';
import { post } from '#ui/api/client.ts';
import { money, month as monthWords, plural } from '#ui/formats.ts';
import { tell } from '#ui/kit/toast.tsx';
import { askLedgerAgain } from './asking.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import type { Chain } from './periodChain.ts';

interface ClosePeriodsProps {
  chain: Chain;
  /** `YYYY-MM`: the last of them. */
  month: string;
  onClose(): void;
}

/** Says what closing means before it is done. Months before it that are open are closed first, one after the other. */
export function ClosePeriods({ chain, month, onClose }: ClosePeriodsProps) {
  // As it was when it was asked for: while months are closed the list behind changes.
  const [{ months, whyNot }] = useState(chain);
  const [done, setDone] = useState(0);
  const hints = months.flatMap((each) => each.hints.map((hint) => `${monthWords(each.month)}: ${hint}`));
  const send = async (): Promise<void> => {
    try {
      for (const each of months.slice(done)) {
        await post(`/periods/${each.month}/closing`);
        setDone((before) => before + 1);
      }
    } finally {
      await askLedgerAgain();
    }
    tell(
      months.length === 1 ? `${monthWords(month)} is closed.` : `${plural(months.length, 'month')} up to ${monthWords(month)} are closed.`,
    );
  };
  const all = months.reduce((sum, { total }) => sum + BigInt(total), 0n);
  return (
    <FormDialog
      title={months.length > 1 ? `Close ${plural(months.length, 'month')} up to ${monthWords(month)}?` : `Close ${monthWords(month)}?`}
      label={months.length > 1 ? `Close ${plural(months.length, 'month')}` : 'Close'}
      ready={months.length > 0}
      missing={whyNot}
      onClose={onClose}
      send={send}
    >
      <Text size="sm">
        {months.length > 1 && `Months are closed in order: ${months.map((each) => monthWords(each.month)).join(', ')}. `}
        Together {money(String(all), months[0]?.currency)} of both sides. From then on:
      </Text>
      <ul className="plain-list" style={{ margin: 0 }}>
        <li>
          no entry is posted, imported or taken back in {months.length > 1 ? 'them' : 'it'}: what is found later stands on the first open
          day;
        </li>
        <li>sums, number and a hash of the entries are kept, and the weights shared costs were spread by;</li>
        <li>a head of leadership or the owner can reopen {months.length > 1 ? 'each' : 'it'}, with a reason that stays on record.</li>
      </ul>
      {hints.length > 0 && (
        <div className="notice warn">
          Worth a look before:
          <ul className="plain-list hint-list" tabIndex={0} aria-label="Worth a look before">
            {hints.map((hint) => (
              <li key={hint}>{hint}</li>
            ))}
          </ul>
        </div>
      )}
      {done > 0 && months.length > 1 && (
        <div role="status">
          <Progress value={(done / months.length) * 100} aria-label="Months closed" />
          <Text size="xs" c="dimmed" mt={4}>
            {done} of {months.length} closed
          </Text>
        </div>
      )}
    </FormDialog>
  );
}
