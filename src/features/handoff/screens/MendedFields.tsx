import { ActionIcon, Group, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { mendableFields } from '#features/handoff/contract/mending.ts';
import type { Field } from '#features/records/contract.ts';
import { useCustomFields, useRecord } from '#ui/api/records.ts';
import { useMe } from '#ui/api/session.ts';
import { FieldInput } from '#ui/kit/FieldInput.tsx';
import type { RecordItem } from '#ui/records.ts';

/** By the field's name, as the API has values. */
export type Mended = Readonly<Record<string, string | null>>;

interface MendedProps {
  leadId: string;
  value: Mended;
  onChange(value: Mended): void;
}

/** What is put right, field by field, each from what the record says now. */
export function MendedFields({ leadId, value, onChange }: MendedProps) {
  const { currency } = useMe().workspace;
  const lead = useRecord('leads', leadId).data;
  const fields: readonly Field[] = [...mendableFields, ...useCustomFields('leads')];
  const chosen = fields.filter(({ name }) => name in value);
  const drop = (name: string): void => onChange(Object.fromEntries(Object.entries(value).filter(([known]) => known !== name)));
  return (
    <>
      {chosen.map((field) => (
        <Group key={field.name} gap={6} align="flex-end" wrap="nowrap">
          <div style={{ flex: 1, minWidth: 0 }}>
            <FieldInput
              field={field}
              label={field.label}
              value={value[field.name] ?? null}
              onChange={(next) => onChange({ ...value, [field.name]: next })}
              currency={currency}
              autoFocus
            />
          </div>
          <ActionIcon color="gray" mb={2} aria-label={`Leave ${field.label} as it is`} onClick={() => drop(field.name)}>
            <IconX size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Select
        label={chosen.length === 0 ? 'Field to put right' : undefined}
        aria-label="Another field to put right"
        placeholder={chosen.length === 0 ? 'None: it was mended already' : 'Another field'}
        searchable
        data={fields.filter(({ name }) => !(name in value)).map(({ name, label }) => ({ value: name, label }))}
        value={null}
        onChange={(name) => name && onChange({ ...value, [name]: valueOf(lead, name) })}
        disabled={lead === undefined}
      />
    </>
  );
}

function valueOf(lead: RecordItem | undefined, name: string): string | null {
  const custom = lead?.['custom'] as Record<string, unknown> | undefined;
  const stated = name.startsWith('custom.') ? custom?.[name.slice('custom.'.length)] : lead?.[name];
  return stated === null || stated === undefined ? null : String(stated);
}
