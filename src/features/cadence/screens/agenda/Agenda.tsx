import type { AgendaItem, MeetingDetail } from '#features/cadence/contract/meetings.ts';
import { patch } from '#ui/api/client.ts';
import { tellProblem, tellUndoable } from '#ui/kit/toast.tsx';
import { doing } from '../asking.ts';
import { AddItem } from './AddItem.tsx';
import { AgendaRow } from './AgendaRow.tsx';
import { DroppedItems } from './DroppedItems.tsx';
import { changeItem, useArranging } from './useArranging.ts';

/** The agenda to arrange: each item with why it stands there, who leads it and for how long. */
export function Agenda({ detail }: { detail: MeetingDetail }) {
  const { id, agenda, can } = detail;
  const { reorder, items, said } = useArranging(detail);
  return (
    <>
      {items.length === 0 ? (
        <p className="sheet-body dim" style={{ margin: 0 }}>
          Nothing stands here yet. What the data says is written above; below you add what is missing.
        </p>
      ) : (
        <ol className="agenda" ref={reorder.list}>
          {items.map((item, at) => (
            <AgendaRow
              key={item.id}
              item={item}
              number={at + 1}
              whyNot={can.arrange}
              handle={reorder.handle(item.id)}
              held={reorder.held === item.id}
              change={(changes) => void changeItem(id, item.id, changes)}
              drop={() => void dropItem(id, item)}
            />
          ))}
        </ol>
      )}
      <div className="visually-hidden" role="status">
        {said}
      </div>
      {can.arrange === null && <AddItem meetingId={id} />}
      <DroppedItems
        items={agenda.filter(({ dropped }) => dropped)}
        putBack={(key) => void changeItem(id, key, { dropped: false })}
        whyNot={can.arrange}
      />
    </>
  );
}

async function dropItem(meetingId: string, item: AgendaItem): Promise<void> {
  const setDropped = (dropped: boolean) => doing(patch(`/meetings/${meetingId}/items/${item.id}`, { dropped }));
  try {
    await setDropped(true);
    tellUndoable(`Dropped: ${item.sentence}`, async () => void (await setDropped(false)));
  } catch (error) {
    tellProblem(error);
  }
}
