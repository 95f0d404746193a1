import { ActionIcon } from '@mantine/core';
import { IconGripVertical, IconX } from '@tabler/icons-react';
import type { AgendaItem, ItemChange } from '#features/cadence/contract/meetings.ts';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';
import { OwnerSelect } from '../people/OwnerSelect.tsx';
import { ItemText } from './ItemText.tsx';
import type { Reorder } from './useReorder.ts';

interface RowProps {
  item: AgendaItem;
  number: number;
  /** Null: it may be arranged. */
  whyNot: string | null;
  handle: ReturnType<Reorder['handle']>;
  held: boolean;
  change(changes: Partial<ItemChange>): void;
  drop(): void;
}

export function AgendaRow({ item, number, whyNot, handle, held, change, drop }: RowProps) {
  const may = whyNot === null;
  return (
    <li
      data-row-key={item.id}
      className={`agenda-row${held ? ' is-held' : ''}${item.ifTime ? ' is-if-time' : ''}${item.gone ? ' is-gone' : ''}`}
    >
      {may ? (
        <button
          type="button"
          className="agenda-handle"
          aria-label={`Move item ${number}: ${item.sentence} (arrow keys move it)`}
          {...handle}
        >
          <IconGripVertical size={16} aria-hidden />
          <span aria-hidden>{number}</span>
        </button>
      ) : (
        <span className="agenda-number">{number}</span>
      )}
      <ItemText item={item} />
      <div className="agenda-set">
        {may ? (
          <>
            <OwnerSelect
              size="xs"
              w={170}
              clearable
              aria-label={`Who leads item ${number}`}
              placeholder="Nobody yet"
              value={item.owner?.id ?? null}
              {...(item.owner && { known: item.owner })}
              onChange={(ownerId) => change({ ownerId })}
            />
            <WholeNumber
              size="xs"
              width={70}
              aria={`Minutes for item ${number}`}
              suffix=" min"
              value={item.minutes}
              min={1}
              max={240}
              onChange={(minutes) => minutes && change({ minutes })}
            />
            <ActionIcon color="gray" aria-label={`Drop item ${number}: ${item.sentence}`} onClick={drop}>
              <IconX size={16} />
            </ActionIcon>
          </>
        ) : (
          <span className="dim no-break">
            {item.owner?.name} {item.minutes} min
          </span>
        )}
        {may && (item.ownerProposed || item.ifTime) && (
          <span className="dim small-print agenda-hint">
            {[item.ownerProposed && item.owner && 'proposed by the data', item.ifTime && 'if there is time'].filter(Boolean).join(' · ')}
          </span>
        )}
      </div>
    </li>
  );
}
