import { Button } from '@mantine/core';
import { useState } from 'react';
import { fieldsOf, leadStages, type Field } from '#features/records/contract.ts';
import { useCustomFields } from '#ui/api/records.ts';
import { useRights } from '#ui/api/session.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import type { RecordsPath } from '#ui/paths.ts';
import { recordPages, valueOf, type RecordItem } from '#ui/records.ts';
import { EditableField } from './EditableField.tsx';

const stageTimes: readonly string[] = leadStages.map(({ field }) => field);

/** Every field of a record, changed where it stands. Blank ones are folded away until asked for. */
export function FieldSheet({ path, item }: { path: RecordsPath; item: RecordItem }) {
  const custom = useCustomFields(path);
  const rights = useRights();
  const [all, setAll] = useState(false);
  const fields: Field[] = [...fieldsOf[recordPages[path].kind], ...custom];
  const isBlank = ({ name }: Field): boolean => [null, undefined, ''].includes(valueOf(item, name) as null);
  const always = fields.slice(0, 6);
  const shown = fields.filter((field) => all || !isBlank(field) || (always.includes(field) && !stageTimes.includes(field.name)));
  const known = new Set(custom.map(({ name }) => name.slice(7)));
  const loose = Object.keys(item.custom ?? {})
    .filter((key) => !known.has(key))
    .map((key): Field => ({ name: `custom.${key}`, type: 'text', label: key }));
  return (
    <Sheet
      title="Fields"
      actions={
        <Button size="compact-sm" variant="subtle" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? 'Hide blank' : 'Show all'}
        </Button>
      }
      padded
    >
      <dl className="facts" style={{ margin: 0 }}>
        {[...shown, ...loose].map((field) => (
          <EditableField key={field.name} path={path} item={item} field={field} editable={rights.edit} />
        ))}
      </dl>
    </Sheet>
  );
}
