import { Button, Checkbox, Group, Popover, ScrollArea, Stack } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import type { Field } from '#features/records/contract.ts';

/** Which columns and, by the order of choosing, in which order. The first stays: it names the row. */
export function ColumnsMenu({
  fields,
  columns,
  onChange,
}: {
  fields: readonly Field[];
  columns: readonly string[];
  onChange(columns: string[]): void;
}) {
  const toggle = (name: string): void =>
    onChange(columns.includes(name) ? columns.filter((column) => column !== name) : [...columns, name]);
  return (
    <Popover position="bottom-start" trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={16} />}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label="Columns">
        <ScrollArea.Autosize mah={380}>
          <Stack gap={2} pr="md">
            {fields.map((field) => (
              <Group key={field.name} gap="xs" mih={30}>
                <Checkbox
                  label={field.label}
                  checked={columns.includes(field.name)}
                  disabled={columns[0] === field.name}
                  onChange={() => toggle(field.name)}
                />
              </Group>
            ))}
          </Stack>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
}
