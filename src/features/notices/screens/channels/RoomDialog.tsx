import { Checkbox, PasswordInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Room, type RoomKind, roomKindNames, roomKinds, type RoomSends, usualSends } from '#features/notices/contract/rooms.ts';
import { patch, post } from '#ui/api/client.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { doing } from '../asking.ts';

const digestChoices = [
  { value: 'weekly', label: 'every week, Monday at 08:00' },
  { value: 'daily', label: 'every working day at 08:00' },
  { value: 'never', label: 'never' },
];
const others: readonly { key: Exclude<keyof RoomSends, 'digest'>; label: string }[] = [
  { key: 'minutes', label: 'Minutes of meetings' },
  { key: 'announcements', label: 'What is announced to everybody' },
  { key: 'breaches', label: 'Promises that are not kept' },
];

/** Adds a room, or changes one: an address left empty stays as it was. */
export function RoomDialog({ room, onClose }: { room?: Room; onClose(): void }) {
  const [kind, setKind] = useState<RoomKind>(room?.kind ?? 'slack');
  const [name, setName] = useState(room?.name ?? '');
  const [address, setAddress] = useState('');
  const [sends, setSends] = useState<RoomSends>(room?.sends ?? usualSends);
  const given = address.trim();
  const send = async (): Promise<void> => {
    if (room) await doing('notices', patch(`/notices/rooms/${room.id}`, { name, sends, ...(given && { address: given }) }));
    else await doing('notices', post('/notices/rooms', { kind, name, address: given, sends }));
    tell(room ? 'Kept.' : 'Added. Send a message there to see whether it arrives.');
  };
  return (
    <FormDialog
      title={room ? `Change ${room.name}` : 'Add a room'}
      label={room ? 'Keep' : 'Add'}
      ready={name.trim() !== '' && (room !== undefined || given !== '')}
      missing={name.trim() === '' ? 'Give it a name.' : 'Paste the webhook’s address.'}
      onClose={onClose}
      send={send}
    >
      {(reasons) => (
        <>
          {!room && (
            <SegmentedControl
              aria-label="Where the room is"
              value={kind}
              onChange={(value) => setKind(value as RoomKind)}
              data={roomKinds.map((value) => ({ value, label: roomKindNames[value] }))}
            />
          )}
          <TextInput
            label="Name"
            description="As it is called there."
            required
            maxLength={80}
            value={name}
            error={reasons['name']}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <PasswordInput
            label="Address of the webhook"
            description={
              room
                ? 'Only to replace the one before, which is shown to nobody.'
                : 'Whoever has it can write into the room: it is sealed and never shown again.'
            }
            required={!room}
            value={address}
            maxLength={2000}
            autoComplete="off"
            error={reasons['address']}
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
          <Select
            label="Digest"
            value={sends.digest}
            allowDeselect={false}
            data={digestChoices}
            onChange={(value) => value && setSends({ ...sends, digest: value as RoomSends['digest'] })}
          />
          {others.map(({ key, label }) => (
            <Checkbox
              key={key}
              label={label}
              checked={sends[key]}
              onChange={(event) => setSends({ ...sends, [key]: event.currentTarget.checked })}
            />
          ))}
          <p className="dim small-print" style={{ margin: 0 }}>
            Everybody in the room reads it: nothing goes there that not every member of the workspace may see.
          </p>
        </>
      )}
    </FormDialog>
  );
}
