import { TextInput } from '@mantine/core';
import { type Ref, useEffect, useState } from 'react';
import { majorUnits, minorUnits } from '#ui/formats.ts';

interface AmountInputProps {
  label: string;
  /** Minor units; null: none. */
  value: string | null;
  currency: string;
  placeholder?: string;
  width?: number;
  field?: Ref<HTMLInputElement>;
  onChange(minor: string | null): void;
}

/** An amount, taken when one leaves the field or presses Enter. */
export function AmountInput({ label, value, currency, placeholder, width = 150, field, onChange }: AmountInputProps) {
  const given = value === null || currency === '' ? '' : majorUnits(value, currency);
  const [typed, setTyped] = useState(given);
  useEffect(() => setTyped(given), [given]);
  const read = typed.trim() === '' ? null : minorUnits(typed, currency);
  const wrong = typed.trim() !== '' && (read === null || read.startsWith('-') || read.length > 18);
  const take = (): void => {
    if (!wrong && read !== value) onChange(read);
  };
  return (
    <TextInput
      ref={field}
      label={`${label}${currency ? `, ${currency}` : ''}`}
      inputMode="decimal"
      w={width}
      placeholder={placeholder}
      value={typed}
      error={wrong ? 'Write it like 12,000.50' : undefined}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  );
}
