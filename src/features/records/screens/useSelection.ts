import { useEffect, useState } from 'react';
import type { Selection } from '#ui/kit/RecordGrid.tsx';
import type { RecordItem } from '#ui/records.ts';

/** The chosen rows; a list that shows something else starts with none. */
export function useSelection(items: readonly RecordItem[], listKey: string): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => setIds(new Set()), [listKey]);
  return {
    ids,
    toggle: (id) =>
      setIds((before) => {
        const next = new Set(before);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    setAll: (on) => setIds(new Set(on ? items.map(({ id }) => id) : [])),
  };
}
