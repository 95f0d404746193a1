import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

/** Begins-with search; `/` goes here, Esc leaves, the arrow down goes to the first row. */
export function SearchField({ value, onChange, label }: { value: string; onChange(value: string): void; label: string }) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const later = useDebouncedCallback(onChange, 250);
  const take = (text: string): void => {
    setTyped(text);
    later(text);
  };
  return (
    <TextInput
      data-search
      aria-label={label}
      placeholder={`${label} (/)`}
      value={typed}
      onChange={(event) => take(event.currentTarget.value)}
      leftSection={<IconSearch size={16} />}
      style={{ flex: '1 1 220px', maxWidth: 360 }}
      rightSection={
        typed ? (
          <CloseButton
            size="sm"
            aria-label="Clear search"
            onClick={() => {
              setTyped('');
              onChange('');
            }}
          />
        ) : null
      }
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur();
        if (event.key === 'ArrowDown' || event.key === 'Enter') document.querySelector<HTMLElement>('[data-row="0"]')?.focus();
      }}
    />
  );
}
