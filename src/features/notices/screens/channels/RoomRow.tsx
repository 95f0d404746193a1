import { Group, Text } from '@mantine/core';
import { useState } from 'react';
import { type Room, roomKindNames, type TrialResult } from '#features/notices/contract/rooms.ts';
import { post, remove } from '#ui/api/client.ts';
import { ago, dayOfInstant } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { doing } from '../asking.ts';
import { RoomDialog } from './RoomDialog.tsx';

export function RoomRow({ room, whyNot }: { room: Room; whyNot: string | null }) {
  const [open, setOpen] = useState<'change' | 'remove' | null>(null);
  const [trial, setTrial] = useState<TrialResult | 'under way' | null>(null);
  const tryIt = (): void => {
    setTrial('under way');
    post<TrialResult>(`/notices/rooms/${room.id}/trial`, {}).then(setTrial, (error: unknown) => {
      setTrial(null);
      tellProblem(error);
    });
  };
  return (
    <div className="row-link" style={{ alignItems: 'flex-start', flexWrap: 'wrap' }}>
      <div style={{ flex: '1 1 260px', minWidth: 0 }}>
        <div className="wrap-any">
          <strong>{room.name}</strong> · {roomKindNames[room.kind]}
        </div>
        <Text size="xs" c="dimmed">
          {sendsWords(room)}. Added by {room.madeBy.name}, {dayOfInstant(room.madeAt)}.{' '}
          {room.lastSentAt ? `Last message ${ago(room.lastSentAt)}.` : 'Nothing was sent there yet.'}
        </Text>
        {room.failing && (
          <Text size="sm" className="bad wrap-any">
            The newest message {room.failing.givenUp ? 'did not arrive' : 'has not arrived yet and is tried again'}: {room.failing.because}
          </Text>
        )}
        <div role="status" className="small-print">
          {trial === 'under way' ? (
            'Sending…'
          ) : trial === null ? (
            ''
          ) : trial.arrived ? (
            <span className="good">It arrived.</span>
          ) : (
            <span className="bad">{trial.because}</span>
          )}
        </div>
      </div>
      <Group gap="xs">
        <Deed size="compact-sm" variant="default" whyNot={whyNot} onClick={tryIt}>
          Send a trial
        </Deed>
        <Deed size="compact-sm" variant="default" whyNot={whyNot} onClick={() => setOpen('change')}>
          Change…
        </Deed>
        <Deed size="compact-sm" variant="default" whyNot={whyNot} onClick={() => setOpen('remove')}>
          Remove…
        </Deed>
      </Group>
      {open === 'change' && <RoomDialog room={room} onClose={() => setOpen(null)} />}
      {open === 'remove' && (
        <FormDialog
          title={`Remove ${room.name}`}
          label="Remove"
          danger
          ready
          onClose={() => setOpen(null)}
          send={async () => {
            await doing('notices', remove(`/notices/rooms/${room.id}`));
            tell(`Nothing goes to ${room.name} any more.`);
          }}
        >
          Nothing goes there any more, and its address is forgotten. To have it back, add it again.
        </FormDialog>
      )}
    </div>
  );
}

function sendsWords({ sends }: Room): string {
  const goes = [
    ...(sends.digest === 'never' ? [] : [`${sends.digest} digest`]),
    ...(sends.minutes ? ['minutes'] : []),
    ...(sends.announcements ? ['announcements'] : []),
    ...(sends.breaches ? ['broken promises'] : []),
  ];
  return goes.length === 0 ? 'Nothing goes there' : `Goes there: ${goes.join(', ')}`;
}
