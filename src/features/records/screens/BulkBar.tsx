import { Button, Checkbox, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { IconPencil, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Field } from '#features/records/contract.ts';
import type { Filter } from '#features/records/contract/lists.ts';
import { post, wordsOf } from '#ui/api/client.ts';
import { refreshRecords } from '#ui/api/records.ts';
import { useMe } from '#ui/api/session.ts';
import { count, plural } from '#ui/formats.ts';
import { FieldInput } from '#ui/kit/FieldInput.tsx';
import type { Selection } from '#ui/kit/RecordGrid.tsx';
import { tellUndoable } from '#ui/kit/toast.tsx';
import type { RecordPage } from '#ui/records.ts';

interface BulkBarProps {
  page: RecordPage;
  fields: readonly Field[];
  selection: Selection;
  allTotal: number | null;
  query: { q: string; filter: Filter };
  editing: boolean;
  setEditing(on: boolean): void;
}

export function BulkBar(props: BulkBarProps) {
  const { page, selection, editing, setEditing } = props;
  return (
    <Group className="sheet bulk-bar" gap="sm" role="region" aria-label="Selected rows">
      <Text fw={600}>{plural(selection.ids.size, page.one, page.label.toLowerCase())} selected</Text>
      <Button size="compact-md" leftSection={<IconPencil size={16} />} onClick={() => setEditing(true)}>
        Edit…
      </Button>
      <Button size="compact-md" variant="default" leftSection={<IconX size={16} />} onClick={() => selection.setAll(false)}>
        Clear
      </Button>
      {editing && <BulkEdit {...props} />}
    </Group>
  );
}

/** Sets one field of many records at once; said beforehand how many, and undone by one click. */
function BulkEdit({ page, fields, selection, allTotal, query, setEditing }: BulkBarProps) {
  const me = useMe();
  const [name, setName] = useState<string | null>(null);
  const [value, setValue] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const editable = fields.filter((field) => field.name !== 'stage' || page.kind !== 'lead');
  const field = editable.find((known) => known.name === name);
  const number = all && allTotal !== null ? allTotal : selection.ids.size;
  const run = async (): Promise<void> => {
    if (!field) return;
    setBusy(true);
    setWrong(null);
    try {
      const chosen = all
        ? { query: { ...(query.q && { q: query.q }), ...(query.filter.all.length && { filter: query.filter }) } }
        : { ids: [...selection.ids] };
      const done = await post<{ id: string; changed: number; skipped: number }>(`/${page.path}/bulk-edits`, {
        ...chosen,
        sets: { [field.name]: typed(field, value) },
      });
      await refreshRecords();
      setEditing(false);
      selection.setAll(false);
      tellUndoable(
        `${plural(done.changed, page.one, page.label.toLowerCase())} changed${done.skipped ? `, ${count(done.skipped)} already so` : ''}.`,
        async () => {
          await post(`/bulk-edits/${done.id}/undo`);
          await refreshRecords();
        },
      );
    } catch (error) {
      setWrong(wordsOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={() => setEditing(false)} title={`Edit ${plural(number, page.one, page.label.toLowerCase())}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <Stack gap="sm">
          <Select
            label="Field"
            data={editable.map((known) => ({ value: known.name, label: known.label }))}
            value={name}
            onChange={(chosen) => {
              setName(chosen);
              setValue(null);
            }}
            searchable
            data-autofocus
          />
          {field && (
            <FieldInput
              key={field.name}
              field={field}
              label="New value"
              value={value}
              onChange={setValue}
              currency={me.workspace.currency}
            />
          )}
          {field && value === null && (
            <Text size="sm" c="dimmed">
              Left blank: the field is cleared.
            </Text>
          )}
          {allTotal !== null && allTotal > selection.ids.size && (
            <Checkbox
              label={`All ${count(allTotal)} that match, not only the ${count(selection.ids.size)} selected`}
              checked={all}
              onChange={(event) => setAll(event.currentTarget.checked)}
            />
          )}
          {wrong && (
            <div className="notice bad" role="alert">
              {wrong}
            </div>
          )}
          <Group justify="flex-end">
            <Button type="submit" loading={busy} disabled={!field}>
              Change {plural(number, page.one, page.label.toLowerCase())}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

const typed = (field: Field, value: string | null): string | number | boolean | null =>
  value === null ? null : field.type === 'integer' ? Number(value) : field.type === 'boolean' ? value === 'true' : value;
