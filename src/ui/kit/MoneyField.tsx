import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { majorUnits, minorUnits } from '#ui/formats.ts';

interface MoneyFieldProps {
  label: string;
  description?: string;
  currency: string;
  /** Minor units; null: none. */
  value: string | null;
  onChange(minor: string | null): void;
  /** May it be left empty. */
  optional?: boolean;
  w?: number;
}

/** An amount typed in whole units and kept in minor ones; what is no amount is said, and what was there before stays. */
export function MoneyField({ label, description, currency, value, onChange, optional = false, w = 150 }: MoneyFieldProps) {
  const [typed, setTyped] = useState(value === null ? '' : majorUnits(value, currency));
  const minor = typed.trim() === '' ? null : minorUnits(typed, currency);
  const wrong = (minor === null && (typed.trim() !== '' || !optional)) || (minor?.startsWith('-') ?? false);
  return (
    <TextInput
      label={`${label} (${currency})`}
      {...(description && { description })}
      inputMode="decimal"
      value={typed}
      w={w}
      error={wrong ? 'is no amount' : undefined}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setTyped(next);
        const read = next.trim() === '' ? null : minorUnits(next, currency);
        if (read !== null ? !read.startsWith('-') : optional && next.trim() === '') onChange(read);
      }}
    />
  );
}
