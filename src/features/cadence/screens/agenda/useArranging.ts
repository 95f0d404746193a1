import { useLayoutEffect, useRef, useState } from 'react';
import type { AgendaItem, ItemChange, MeetingDetail } from '#features/cadence/contract/meetings.ts';
import { patch } from '#ui/api/client.ts';
import { queries } from '#ui/api/queries.ts';
import { tellProblem } from '#ui/kit/toast.tsx';
import { doing, meetingKey } from '../asking.ts';
import { movedTo } from './order.ts';
import { type Reorder, useReorder } from './useReorder.ts';

interface Arranging {
  reorder: Reorder;
  /** Those not dropped, in the order as it would be if what is held were let go now. */
  items: readonly AgendaItem[];
  /** For those who can’t see it move. */
  said: string;
}

/** The agenda’s order, changed by hand; on screen at once, for everybody by the server. */
export function useArranging({ id, agenda }: Pick<MeetingDetail, 'id' | 'agenda'>): Arranging {
  const kept = agenda.filter(({ dropped }) => !dropped);
  const [said, setSaid] = useState('');
  const refocus = useRef<string | null>(null);
  const put = (key: string, place: number): void => {
    refocus.current = key;
    setSaid(`Now at place ${place + 1} of ${kept.length}.`);
    showMoved(id, key, place);
    void changeItem(id, key, { place });
  };
  const reorder = useReorder(
    kept.map((item) => item.id),
    put,
  );
  // Whoever moves by arrow keys keeps the handle, wherever its row has gone.
  useLayoutEffect(() => {
    if (refocus.current === null) return;
    reorder.list.current?.querySelector<HTMLElement>(`[data-row-key="${refocus.current}"] .agenda-handle`)?.focus();
    refocus.current = null;
  }, [reorder]);
  const byId = new Map(kept.map((item) => [item.id, item]));
  return { reorder, said, items: reorder.order.flatMap((key) => byId.get(key) ?? []) };
}

export async function changeItem(meetingId: string, itemId: string, changes: Partial<ItemChange>): Promise<void> {
  await doing(patch(`/meetings/${meetingId}/items/${itemId}`, changes)).catch(tellProblem);
}

/** The server’s answer takes its place. */
function showMoved(meetingId: string, key: string, place: number): void {
  queries.setQueryData<MeetingDetail>(meetingKey(meetingId), (known) => {
    if (!known) return known;
    const items = known.agenda.filter(({ dropped }) => !dropped);
    const order = movedTo(
      items.map(({ id }) => id),
      key,
      place,
    );
    const moved = order.flatMap((id) => items.filter((item) => item.id === id));
    return { ...known, agenda: [...moved, ...known.agenda.filter(({ dropped }) => dropped)] };
  });
}
