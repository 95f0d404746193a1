import { Button, Group, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { post, remove, wordsOf } from '#ui/api/client.ts';
import { useMembers } from '#ui/api/members.ts';
import { useMe, useRights } from '#ui/api/session.ts';
import { instantOfLocal } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { tellUndoable } from '#ui/kit/toast.tsx';
import { wholeDays } from './leave.ts';
import { askAgain } from './useCalendars.ts';

const blank = { first: '', last: '', reason: '' };

/** Leave of oneself; heads enter it for all. */
export function NewLeave() {
  const { member: me } = useMe();
  const forAll = useRights().may('calendars.write');
  const members = useMembers();
  const [memberId, setMemberId] = useState(me.id);
  const [byHours, setByHours] = useState(false);
  const [values, setValues] = useState(blank);
  const [wrong, setWrong] = useState<string | null>(null);
  const people = members.data?.items ?? [me];
  const set = (name: keyof typeof blank) => (value: string) => setValues((before) => ({ ...before, [name]: value }));
  const record = async (): Promise<void> => {
    const { first, last, reason } = values;
    const span = byHours ? { startsAt: instantOfLocal(first), endsAt: instantOfLocal(last) } : wholeDays(first, last || first);
    const { id } = await post<{ id: string }>('/absences', { memberId, ...span, reason });
    setValues(blank);
    setWrong(null);
    void askAgain();
    tellUndoable(`Leave of ${people.find((person) => person.id === memberId)?.name ?? 'this member'} recorded.`, async () => {
      await remove(`/absences/${id}`);
      await askAgain();
    });
  };
  return (
    <Sheet title={forAll ? 'New leave' : 'Your leave'} padded>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void record().catch((error: unknown) => setWrong(wordsOf(error)));
        }}
      >
        <Stack gap="sm">
          <Group align="flex-end" gap="sm">
            {forAll && (
              <Select
                label="Who"
                data={people.map(({ id, name }) => ({ value: id, label: name }))}
                searchable
                allowDeselect={false}
                value={memberId}
                onChange={(id) => id && setMemberId(id)}
              />
            )}
            <When
              key={String(byHours)}
              byHours={byHours}
              first={values.first}
              last={values.last}
              onFirst={set('first')}
              onLast={set('last')}
            />
            <TextInput
              label="Why"
              placeholder="Holiday"
              w={180}
              required
              maxLength={500}
              value={values.reason}
              onChange={(event) => set('reason')(event.currentTarget.value)}
            />
            <Button type="submit" disabled={!values.first || (byHours && !values.last) || !values.reason.trim()}>
              Record
            </Button>
          </Group>
          <Text size="sm" c="dimmed">
            Others see that {memberId === me.id ? 'you are' : 'somebody is'} away; why is shown to heads only.
          </Text>
          <Switch
            label="Part of a day"
            checked={byHours}
            onChange={(event) => {
              setByHours(event.currentTarget.checked);
              setValues((before) => ({ ...before, first: '', last: '' }));
            }}
          />
          {wrong && (
            <div className="notice bad" role="alert">
              {wrong}
            </div>
          )}
        </Stack>
      </form>
    </Sheet>
  );
}

interface WhenProps {
  byHours: boolean;
  first: string;
  last: string;
  onFirst(value: string): void;
  onLast(value: string): void;
}

function When({ byHours, first, last, onFirst, onLast }: WhenProps) {
  const type = byHours ? 'datetime-local' : 'date';
  return (
    <>
      <TextInput
        type={type}
        label={byHours ? 'From' : 'First day'}
        required
        value={first}
        onChange={(event) => onFirst(event.currentTarget.value)}
      />
      <TextInput
        type={type}
        label={byHours ? 'Until' : 'Last day'}
        required={byHours}
        min={first}
        value={last}
        onChange={(event) => onLast(event.currentTarget.value)}
      />
    </>
  );
}
