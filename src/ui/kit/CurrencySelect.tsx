import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { currencyDigits } from '#engine/values/currency.ts';

interface CurrencySelectProps {
  value: string;
  onChange(currency: string): void;
  /** Stands first. */
  own?: string;
  /** Is not offered. */
  without?: string;
  error?: string | undefined;
  label?: string;
  width?: number | string;
}

const names = new Intl.DisplayNames('en', { type: 'currency' });
const nameOf = (code: string): string => names.of(code) ?? code;

/** A currency of ISO 4217, by code or name. */
export function CurrencySelect({ value, onChange, own, without, error, label = 'Currency', width }: CurrencySelectProps) {
  const options = useMemo(() => {
    const known = Intl.supportedValuesOf('currency').filter((code) => currencyDigits(code) !== null);
    const first = [own, 'EUR', 'USD', 'GBP', 'CHF'].filter((code) => code !== undefined);
    return [...new Set([...first, value, ...known])]
      .filter((code) => code !== '' && code !== without)
      .map((code) => ({ value: code, label: code, name: nameOf(code) }));
  }, [own, without, value]);
  return (
    <Select
      label={label}
      data={options}
      value={value || null}
      onChange={(code) => code && onChange(code)}
      searchable
      allowDeselect={false}
      limit={60}
      error={error}
      {...(width !== undefined && { w: width })}
      comboboxProps={{ width: 240, position: 'bottom-end', shadow: 'md' }}
      filter={({ options: all, search }) => {
        const asked = search.trim().toLowerCase();
        return all.filter((option) => 'value' in option && `${option.value} ${nameOf(option.value)}`.toLowerCase().includes(asked));
      }}
      renderOption={({ option }) => (
        <span>
          {option.value} <span className="dim">{nameOf(option.value)}</span>
        </span>
      )}
      nothingFoundMessage="No such currency"
    />
  );
}
