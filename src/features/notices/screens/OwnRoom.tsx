import { Button, Group, PasswordInput, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { OwnChoices } from '#features/notices/contract/choices.ts';
import { type RoomKind, roomKindNames, roomKinds } from '#features/notices/contract/rooms.ts';
import { put, remove } from '#ui/api/client.ts';
import { dayOfInstant, instant } from '#ui/formats.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { doing } from './asking.ts';

/** My own room of Slack or Teams: a chat only I am in. */
export function OwnRoom({ own: { room } }: { own: OwnChoices }) {
  const [naming, setNaming] = useState(false);
  const giveUp = (): void =>
    void doing('noticeChoices', remove('/notifications/room')).then(() => tell('Its address is forgotten.'), tellProblem);
  return (
    <Sheet title="My room of Slack or Teams" padded>
      <p style={{ margin: '0 0 8px' }}>
        {room
          ? `${roomKindNames[room.kind]}, since ${dayOfInstant(room.madeAt)}. ${room.lastSentAt ? `Last message ${instant(room.lastSentAt)}.` : 'Nothing was sent there yet.'}`
          : 'None yet. Make a webhook for a chat that only you are in: what is told there is meant for you alone.'}
      </p>
      <Group gap="xs">
        <Button variant="default" onClick={() => setNaming(true)}>
          {room ? 'Name another' : 'Name my room'}
        </Button>
        {room && (
          <Button variant="subtle" onClick={giveUp}>
            Give it up
          </Button>
        )}
      </Group>
      {naming && <RoomDialog onClose={() => setNaming(false)} />}
    </Sheet>
  );
}

function RoomDialog({ onClose }: { onClose(): void }) {
  const [kind, setKind] = useState<RoomKind>('slack');
  const [address, setAddress] = useState('');
  return (
    <FormDialog
      title="My room"
      label="Keep"
      ready={address.trim() !== ''}
      missing="Paste the webhook’s address."
      onClose={onClose}
      send={async () => {
        await doing('noticeChoices', put('/notifications/room', { kind, address: address.trim() }));
        tell('Kept. Choose above what goes there.');
      }}
    >
      {(reasons) => (
        <>
          <SegmentedControl
            aria-label="Where"
            value={kind}
            onChange={(value) => setKind(value as RoomKind)}
            data={roomKinds.map((each) => ({ value: each, label: roomKindNames[each] }))}
          />
          <PasswordInput
            label="Address of the webhook"
            description="It is sealed and never shown again."
            value={address}
            maxLength={2000}
            error={reasons['address']}
            onChange={(event) => setAddress(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
        </>
      )}
    </FormDialog>
  );
}
