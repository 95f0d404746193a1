import type { AgendaItem } from '#features/cadence/contract/meetings.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { plural } from '#ui/formats.ts';

/** What people took off the agenda: kept, so that it can be put back. */
export function DroppedItems({
  items,
  putBack,
  whyNot,
}: {
  items: readonly AgendaItem[];
  putBack(id: string): void;
  whyNot: string | null;
}) {
  if (items.length === 0) return null;
  return (
    <details className="agenda-dropped">
      <summary>{plural(items.length, 'item')} dropped</summary>
      <ul>
        {items.map((item) => (
          <li key={item.id}>
            <span className="grow wrap-any dim">{item.sentence}</span>
            <Deed size="compact-sm" variant="default" whyNot={whyNot} onClick={() => putBack(item.id)}>
              Put back <span className="visually-hidden">: {item.sentence}</span>
            </Deed>
          </li>
        ))}
      </ul>
    </details>
  );
}
