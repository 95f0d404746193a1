import { useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import { movedTo, placeAt } from './order.ts';

export interface Reorder {
  /** On the list; each row in it carries `data-row-key`. */
  list: RefObject<HTMLOListElement | null>;
  /** As it would be if what is held were let go now. */
  order: readonly string[];
  held: string | null;
  /** On the handle of a row. */
  handle(key: string): {
    onPointerDown(event: PointerEvent<HTMLElement>): void;
    onPointerMove(event: PointerEvent<HTMLElement>): void;
    onPointerUp(event: PointerEvent<HTMLElement>): void;
    onPointerCancel(): void;
    onKeyDown(event: KeyboardEvent<HTMLElement>): void;
  };
}

const steps: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity };

/** A list whose rows are put elsewhere by pointer, finger or arrow keys. Esc while holding puts it back. */
export function useReorder(keys: readonly string[], put: (key: string, place: number) => void): Reorder {
  const list = useRef<HTMLOListElement | null>(null);
  const [lifted, setLifted] = useState<{ key: string; place: number } | null>(null);
  const order = lifted ? movedTo(keys, lifted.key, lifted.place) : keys;
  const placeOf = (key: string, height: number): number =>
    placeAt(
      height,
      rowsOf(list.current)
        .filter((row) => row.dataset['rowKey'] !== key)
        .map((row) => row.getBoundingClientRect()),
    );
  const drop = (): void => {
    if (lifted && keys.indexOf(lifted.key) !== lifted.place) put(lifted.key, lifted.place);
    setLifted(null);
  };
  return {
    list,
    order,
    held: lifted?.key ?? null,
    handle: (key) => ({
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setLifted({ key, place: keys.indexOf(key) });
      },
      onPointerMove: (event) => {
        if (lifted?.key === key) setLifted({ key, place: placeOf(key, event.clientY) });
      },
      onPointerUp: drop,
      onPointerCancel: () => setLifted(null),
      onKeyDown: (event) => {
        if (event.key === 'Escape') return setLifted(null);
        const step = steps[event.key];
        if (step === undefined) return;
        event.preventDefault();
        const from = keys.indexOf(key);
        const place = Math.max(0, Math.min(keys.length - 1, from + step));
        if (place !== from) put(key, place);
      },
    }),
  };
}

const rowsOf = (list: HTMLElement | null): HTMLElement[] => [...(list?.querySelectorAll<HTMLElement>('[data-row-key]') ?? [])];
