import { ActionIcon, Popover, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Field } from '#features/records/contract.ts';
import { get } from '#ui/api/client.ts';
import type { List } from '#ui/api/queries.ts';
import { instant } from '#ui/formats.ts';
import { textOf } from '#ui/kit/FieldValue.tsx';
import { Answer } from '#ui/kit/States.tsx';
import type { RecordsPath } from '#ui/paths.ts';
import type { RecordItem } from '#ui/records.ts';
import type { Fact } from './facts.ts';

/** Who set this field to what, and when: read from the facts. */
export function FieldHistory({ path, item, field, icon }: { path: RecordsPath; item: RecordItem; field: Field; icon: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} width={300} position="bottom-end" trapFocus>
      <Popover.Target>
        <ActionIcon size={28} color="gray" className="quiet" aria-label={`History of ${field.label}`} onClick={() => setOpen(!open)}>
          {icon}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={`History of ${field.label}`} tabIndex={-1} data-autofocus>
        <Text fw={600} size="sm" mb={6}>
          {field.label}: history
        </Text>
        {open && <Changes path={path} item={item} field={field} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function Changes({ path, item, field }: { path: RecordsPath; item: RecordItem; field: Field }) {
  const facts = useQuery({
    queryKey: ['record', path, item.id, 'facts'],
    queryFn: () => get<List<Fact>>(`/${path}/${item.id}/facts`, { limit: 100 }),
  });
  return (
    <Answer of={facts} what="The history" lines={3}>
      {({ items }) => {
        const changes = items.filter((fact) => fact.sets && field.name in fact.sets);
        if (changes.length === 0)
          return (
            <Text size="sm" c="dimmed">
              Never set.
            </Text>
          );
        return changes.slice(0, 12).map((fact) => (
          <div key={fact.id} style={{ borderTop: '1px solid var(--a-line)', padding: '6px 0' }}>
            <Text size="sm" className="wrap-any">
              {sayValue(field, item, fact.sets?.[field.name])}
            </Text>
            <Text size="xs" c="dimmed">
              {[instant(fact.recordedAt), fact.member?.name, fact.from && `from ${fact.from}`].filter(Boolean).join(' · ')}
            </Text>
          </div>
        ));
      }}
    </Answer>
  );
}

function sayValue(field: Field, item: RecordItem, value: unknown): string {
  if (value === null || value === undefined) return 'cleared';
  const isReference = field.name.endsWith('Id');
  if (isReference) return value === item[field.name] ? textOf(field, item) : 'another';
  const name = field.name.startsWith('custom.') ? 'value' : field.name;
  return textOf({ ...field, name }, { id: item.id, recordedAt: item.recordedAt, currency: item['currency'], [name]: value }, true);
}
