import { Button, Drawer, Group, MultiSelect, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { weekdays } from '#engine/calendar/calendar.ts';
import { wrongIntervals } from '#engine/calendar/reading.ts';
import type { CalendarItem } from '#features/agreement/contract/calendars.ts';
import { patch, post, put, wordsOf } from '#ui/api/client.ts';
import { useMembers } from '#ui/api/members.ts';
import { Loading } from '#ui/kit/States.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { HolidayEditor } from './HolidayEditor.tsx';
import { askAgain } from './useCalendars.ts';
import { WeekEditor } from './WeekEditor.tsx';

/** A calendar as it is edited; a new one has no id yet. */
export type Draft = Omit<CalendarItem, 'id'> & { id: string | null };

/** One calendar: name, zone, hours, days off, and who works by it. */
export function CalendarEditor({ start, onClose }: { start: Draft; onClose(): void }) {
  const [draft, setDraft] = useState(start);
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (values: Partial<Draft>): void => setDraft((before) => ({ ...before, ...values }));
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      await send(draft, start);
      await askAgain();
      tell(`“${draft.name.trim()}” is saved.`);
      onClose();
    } catch (error) {
      setWrong(wordsOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Drawer opened onClose={onClose} position="right" size="min(720px, 100%)" title={start.id === null ? 'New calendar' : start.name}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Stack gap="md">
          <Basics draft={draft} onChange={change} />
          <WeekEditor week={draft.weekly} onChange={(weekly) => change({ weekly })} />
          <HolidayEditor draft={draft} onChange={change} />
          <Members draft={draft} wasDefault={start.isDefault && start.id !== null} onChange={change} />
          {wrong && (
            <div className="notice bad" role="alert">
              {wrong}
            </div>
          )}
          <Group>
            <Button
              type="submit"
              loading={busy}
              disabled={draft.name.trim() === '' || weekdays.some((day) => wrongIntervals(draft.weekly[day]))}
            >
              Save
            </Button>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}

async function send({ id, members, isDefault, ...fields }: Draft, start: Draft): Promise<void> {
  const body = { ...fields, ...(isDefault !== start.isDefault && { isDefault }) };
  const kept = id ?? (await post<{ id: string }>('/calendars', { ...fields, isDefault })).id;
  if (id !== null) await patch(`/calendars/${id}`, body);
  const [now, before] = [members, start.members].map((list) => list.map((member) => member.id));
  if (now!.toSorted().join() !== before!.toSorted().join()) await put(`/calendars/${kept}/members`, { memberIds: now });
}

function Basics({ draft, onChange }: { draft: Draft; onChange(values: Partial<Draft>): void }) {
  const zones = useMemo(() => [...new Set(['UTC', draft.timeZone, ...Intl.supportedValuesOf('timeZone')])], [draft.timeZone]);
  return (
    <Group align="flex-start" gap="sm" grow>
      <TextInput
        label="Name"
        required
        maxLength={200}
        data-autofocus
        value={draft.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <Select
        label="Time zone"
        data={zones}
        searchable
        allowDeselect={false}
        limit={100}
        value={draft.timeZone}
        onChange={(timeZone) => timeZone && onChange({ timeZone })}
      />
    </Group>
  );
}

function Members({ draft, wasDefault, onChange }: { draft: Draft; wasDefault: boolean; onChange(values: Partial<Draft>): void }) {
  const members = useMembers();
  if (!members.data) return <Loading lines={1} />;
  const people = [...new Map([...members.data.items, ...draft.members].map(({ id, name }) => [id, { id, name }])).values()];
  return (
    <fieldset className="week">
      <legend>Who works by it</legend>
      <Switch
        label="The default: of everybody who works by no other calendar"
        checked={draft.isDefault}
        disabled={wasDefault}
        onChange={(event) => onChange({ isDefault: event.currentTarget.checked })}
      />
      {wasDefault && (
        <Text size="xs" c="dimmed">
          There is always a default: make another calendar the default to change it.
        </Text>
      )}
      <MultiSelect
        label="Members"
        placeholder={draft.members.length === 0 ? 'Choose' : undefined}
        searchable
        clearable
        data={people.map(({ id, name }) => ({ value: id, label: name }))}
        value={draft.members.map(({ id }) => id)}
        onChange={(ids) => onChange({ members: people.filter(({ id }) => ids.includes(id)) })}
      />
    </fieldset>
  );
}
