import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

interface SearchTextProps {
  label: string;
  placeholder: string;
  value: string;
  onChange(value: string): void;
}

/** A search that asks a moment after the last letter. */
export function SearchText({ label, placeholder, value, onChange }: SearchTextProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const later = useDebouncedCallback(onChange, 300);
  return (
    <TextInput
      aria-label={label}
      placeholder={placeholder}
      value={typed}
      maxLength={300}
      leftSection={<IconSearch size={16} aria-hidden />}
      style={{ flex: '1 1 220px', maxWidth: 380 }}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        later(event.currentTarget.value.trim());
      }}
      rightSection={
        typed ? (
          <CloseButton
            size="sm"
            aria-label="Clear search"
            onClick={() => {
              setTyped('');
              later('');
              later.flush();
            }}
          />
        ) : null
      }
    />
  );
}
