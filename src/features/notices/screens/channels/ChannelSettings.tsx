import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useRights } from '#ui/api/session.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { useRooms } from './asking.ts';
import { Deliveries } from './Deliveries.tsx';
import { RoomDialog } from './RoomDialog.tsx';
import { RoomRow } from './RoomRow.tsx';

/** Where messages go outside the app: rooms of Slack and Teams, and mail; and what did not arrive. */
export function ChannelSettings() {
  const rights = useRights();
  const may = rights.may('rooms.read');
  const rooms = useRooms(may);
  const [adding, setAdding] = useState(false);
  if (!may) return <div className="notice">Heads, administrators and owners see where messages go.</div>;
  return (
    <div className="page-narrow stack">
      <Answer of={rooms} what="The rooms">
        {({ items, can }) => (
          <Sheet
            title="Rooms of Slack and Microsoft Teams"
            actions={
              <Deed size="xs" leftSection={<IconPlus size={14} aria-hidden />} whyNot={can.add} onClick={() => setAdding(true)}>
                Add a room
              </Deed>
            }
          >
            {items.length === 0 ? (
              <Empty title="No room yet">
                A room gets the digest both sides share, minutes of meetings and what is announced to everybody. Make an incoming webhook in
                Slack, or a workflow “when a webhook request is received” in Teams, and paste its address here.
              </Empty>
            ) : (
              items.map((room) => <RoomRow key={room.id} room={room} whyNot={can.add} />)
            )}
          </Sheet>
        )}
      </Answer>
      {rights.may('deliveries.read') && <Deliveries />}
      {adding && <RoomDialog onClose={() => setAdding(false)} />}
    </div>
  );
}
