import { useLayoutEffect, useRef, useState } from 'react';
import type { AgendaItem, ItemChange, MeetingDetail } from '#features/cadence/contract/meetings.ts';
import { patch } from '#ui/api/client.ts';
import { queries } from '#ui/api/queries.ts';
import { tellProblem, tellUndoable } from '#ui/kit/toast.tsx';
import { doing, meetingKey } from '../asking.ts';
import { AddItem } from './AddItem.tsx';
import { AgendaRow } from './AgendaRow.tsx';
import { DroppedItems } from './DroppedItems.tsx';
import { movedTo } from './order.ts';
import { useReorder } from './useReorder.ts';

/** The agenda to arrange: each item with why it stands there, who leads it and for how long. */
export function Agenda({ detail }: { detail: MeetingDetail }) {
  const { id, agenda, can } = detail;
  const items = agenda.filter(({ dropped }) => !dropped);
  const [said, setSaid] = useState('');
  const refocus = useRef<string | null>(null);
  const put = (key: string, place: number): void => {
    refocus.current = key;
    setSaid(`Now at place ${place + 1} of ${items.length}.`);
    showMoved(id, key, place);
    void changeItem(id, key, { place });
  };
  const reorder = useReorder(
    items.map((item) => item.id),
    put,
  );
  // Whoever moves by arrow keys keeps the handle, wherever its row has gone.
  useLayoutEffect(() => {
    if (refocus.current === null) return;
    reorder.list.current?.querySelector<HTMLElement>(`[data-row-key="${refocus.current}"] .agenda-handle`)?.focus();
    refocus.current = null;
  }, [reorder]);
  const byId = new Map(items.map((item) => [item.id, item]));
  return (
    <>
      {items.length === 0 ? (
        <p className="sheet-body dim" style={{ margin: 0 }}>
          Nothing stands here. “Write it anew” looks at the data; below you add what is missing.
        </p>
      ) : (
        <ol className="agenda" ref={reorder.list}>
          {reorder.order.flatMap((key, at) => {
            const item = byId.get(key);
            return item
              ? [
                  <AgendaRow
                    key={key}
                    item={item}
                    number={at + 1}
                    whyNot={can.arrange}
                    handle={reorder.handle(key)}
                    held={reorder.held === key}
                    change={(changes) => void changeItem(id, key, changes)}
                    drop={() => void dropItem(id, item)}
                  />,
                ]
              : [];
          })}
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

async function changeItem(meetingId: string, itemId: string, changes: Partial<ItemChange>): Promise<void> {
  await doing(patch(`/meetings/${meetingId}/items/${itemId}`, changes)).catch(tellProblem);
}

async function dropItem(meetingId: string, item: AgendaItem): Promise<void> {
  try {
    await doing(patch(`/meetings/${meetingId}/items/${item.id}`, { dropped: true }));
    tellUndoable(
      `Dropped: ${item.sentence}`,
      async () => void (await doing(patch(`/meetings/${meetingId}/items/${item.id}`, { dropped: false }))),
    );
  } catch (error) {
    tellProblem(error);
  }
}

/** On screen it is there at once; the server’s answer takes its place. */
function showMoved(meetingId: string, key: string, place: number): void {
  queries.setQueryData<MeetingDetail>(meetingKey(meetingId), (known) => {
    if (!known) return known;
    const items = known.agenda.filter(({ dropped }) => !dropped);
    const order = movedTo(
      items.map(({ id }) => id),
      key,
      place,
    );
    return {
      ...known,
      agenda: [...order.flatMap((id) => items.filter((item) => item.id === id)), ...known.agenda.filter(({ dropped }) => dropped)],
    };
  });
}
