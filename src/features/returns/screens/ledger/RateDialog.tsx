import { Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import { newRate, type rateMade } from '#features/returns/contract/ledger.ts';
import { post } from '#ui/api/client.ts';
import { today } from '#ui/formats.ts';
import { plural } from '#ui/formats.ts';
import { tell } from '#ui/kit/toast.tsx';
import { askLedgerAgain } from './asking.ts';
import { CurrencySelect } from '#ui/kit/CurrencySelect.tsx';
import { FormDialog } from '#ui/kit/FormDialog.tsx';

interface RateDialogProps {
  /** What it begins with; empty: to be chosen. */
  currency: string;
  onDay?: string;
  /** The workspace's. */
  into: string;
  onClose(): void;
}

/** One rate from a day on. What waited for it is booked at once; what was booked before stays as it was. */
export function RateDialog({ currency: first, onDay: firstDay, into, onClose }: RateDialogProps) {
  const [currency, setCurrency] = useState(first);
  const [onDay, setOnDay] = useState(firstDay ?? today());
  const [typed, setTyped] = useState('');
  const [source, setSource] = useState('');
  const rate = typed
    .trim()
    .replace(/^\./, '0.')
    .replace(/^0+(?=\d)/, '');
  const right = newRate.shape.rate.safeParse(rate).success;
  const send = async (): Promise<void> => {
    const { booked } = await post<z.output<typeof rateMade>>('/exchange-rates', { currency, onDay, rate, source: source.trim() || null });
    await askLedgerAgain();
    tell(
      booked > 0
        ? `Recorded. ${plural(booked, 'entry', 'entries')} that waited ${booked === 1 ? 'is' : 'are'} booked by it.`
        : 'Recorded. No entry waited for it.',
    );
  };
  return (
    <FormDialog
      title="Enter a rate"
      label="Record"
      ready={currency !== '' && onDay !== '' && right}
      missing={typed.trim() === '' || right ? null : `A decimal number above 0, such as 0.9312.`}
      onClose={onClose}
      send={send}
    >
      {(reasons) => (
        <>
          <Group gap="sm" grow align="flex-start">
            <CurrencySelect value={currency} without={into} error={reasons['currency']} onChange={setCurrency} />
            <TextInput
              type="date"
              label="Counts from"
              required
              value={onDay}
              error={reasons['onDay']}
              onChange={(event) => setOnDay(event.currentTarget.value)}
            />
          </Group>
          <TextInput
            label={`1 ${currency || '(currency)'} in ${into}`}
            placeholder="0.9312"
            required
            inputMode="decimal"
            value={typed}
            error={reasons['rate']}
            rightSection={<span className="dim small-print">{into}</span>}
            rightSectionWidth={48}
            onChange={(event) => setTyped(event.currentTarget.value.replace(',', '.'))}
            data-autofocus
          />
          <TextInput
            label="Where it is from"
            placeholder="ECB reference rate"
            maxLength={200}
            value={source}
            error={reasons['source']}
            onChange={(event) => setSource(event.currentTarget.value)}
          />
          <Text size="xs" c="dimmed">
            It counts until the day of the next rate of the currency. Entries booked before keep the rate that stands beside them.
          </Text>
        </>
      )}
    </FormDialog>
  );
}
