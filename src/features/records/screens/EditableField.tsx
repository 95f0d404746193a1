import { ActionIcon, Button, Group } from '@mantine/core';
import { IconHistory, IconPencil } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { Field } from '#features/records/contract.ts';
import { patch, wordsOf } from '#ui/api/client.ts';
import { queries } from '#ui/api/queries.ts';
import { refreshRecords } from '#ui/api/records.ts';
import { useMe } from '#ui/api/session.ts';
import { FieldInput } from '#ui/kit/FieldInput.tsx';
import { FieldValue, textOf } from '#ui/kit/FieldValue.tsx';
import { tellUndoable } from '#ui/kit/toast.tsx';
import type { RecordsPath } from '#ui/paths.ts';
import { displayNameOf, pathOfKind, valueOf, type RecordItem } from '#ui/records.ts';
import { FieldHistory } from './FieldHistory.tsx';

interface EditableFieldProps {
  path: RecordsPath;
  item: RecordItem;
  field: Field;
  editable: boolean;
}

/** A value that becomes an input when it is activated. What was typed stays until it is saved or given up. */
export function EditableField({ path, item, field, editable }: EditableFieldProps) {
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setEditing(false);
    requestAnimationFrame(() => button.current?.focus());
  };
  const linked = Boolean(pathOfKind[field.type]) && valueOf(item, field.name);
  return (
    <>
      <dt>{field.label}</dt>
      <dd>
        {editing ? (
          <Editor path={path} item={item} field={field} close={close} />
        ) : (
          <Group gap={0} wrap="nowrap" align="center">
            {!editable || linked ? (
              <div className="static-value" style={{ flex: 1, minWidth: 0 }}>
                <FieldValue field={field} item={item} precise />
              </div>
            ) : (
              <button
                ref={button}
                type="button"
                className="in-place"
                onClick={() => setEditing(true)}
                aria-label={`Edit ${field.label}: ${textOf(field, item, true)}`}
              >
                <span className="wrap-any">
                  <FieldValue field={field} item={item} precise />
                </span>
                <IconPencil size={14} aria-hidden />
              </button>
            )}
            {editable && linked ? (
              <ActionIcon size={28} mr={32} color="gray" aria-label={`Edit ${field.label}`} onClick={() => setEditing(true)}>
                <IconPencil size={14} />
              </ActionIcon>
            ) : null}
            <FieldHistory path={path} item={item} field={field} icon={<IconHistory size={14} />} />
          </Group>
        )}
      </dd>
    </>
  );
}

function Editor({ path, item, field, close }: { path: RecordsPath; item: RecordItem; field: Field; close(): void }) {
  const me = useMe();
  const before = valueOf(item, field.name);
  const [value, setValue] = useState<string | null>(before === null || before === undefined ? null : String(before));
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  const send = async (next: unknown): Promise<void> => {
    await patch(`/${path}/${item.id}`, { sets: { [field.name]: next } });
    await queries.invalidateQueries({ queryKey: ['record', path, item.id] });
    void refreshRecords();
  };
  const save = async (): Promise<void> => {
    const next = typed(field, value);
    if (next === (before ?? null)) return close();
    setBusy(true);
    try {
      await send(next);
      close();
      tellUndoable(`${field.label} changed.`, () => send(before ?? null));
    } catch (error) {
      setWrong(wordsOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) {
          event.stopPropagation();
          close();
        }
      }}
      style={{ padding: '2px 0 8px' }}
    >
      <FieldInput
        field={field}
        value={value}
        onChange={setValue}
        currency={(item['currency'] as string | null) ?? me.workspace.currency}
        display={displayNameOf(item, field.name)}
        error={wrong}
        autoFocus
        long={field.type === 'text'}
      />
      <Group gap={6} mt={6}>
        <Button type="submit" size="compact-sm" loading={busy}>
          Save
        </Button>
        <Button size="compact-sm" variant="default" onClick={close}>
          Cancel
        </Button>
      </Group>
    </form>
  );
}

const typed = (field: Field, value: string | null): string | number | boolean | null =>
  value === null ? null : field.type === 'integer' ? Number(value) : field.type === 'boolean' ? value === 'true' : value;
