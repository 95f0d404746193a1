import { Button, Group, TextInput } from '@mantine/core';

interface RowsProps {
  label: string;
  add: string;
  items: readonly string[];
  onChange(items: string[]): void;
}

/** A list of short texts, each on a line of its own. */
export function Rows({ label, add, items, onChange }: RowsProps) {
  return (
    <fieldset className="row-set">
      <legend>{label}</legend>
      {items.map((item, at) => (
        <Group key={at} gap="sm">
          <TextInput
            aria-label={`${label}, line ${at + 1}`}
            maxLength={500}
            required
            value={item}
            onChange={(event) => onChange(items.map((each, place) => (place === at ? event.currentTarget.value : each)))}
            className="grow"
          />
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onChange(items.filter((_, place) => place !== at))}>
            Remove
            <span className="visually-hidden">
              {' '}
              {label}, line {at + 1}
            </span>
          </Button>
        </Group>
      ))}
      <Button variant="default" size="compact-sm" w="fit-content" onClick={() => onChange([...items, ''])}>
        {add}
      </Button>
    </fieldset>
  );
}
