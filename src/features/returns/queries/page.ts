/** A page of many records without sorting them all: by day, newest first, then by id, greatest first. */

import { isId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';

/** Where a record stands in its list. */
export interface Place {
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly id: string;
}

export interface PageOf<Kept> {
  readonly shown: readonly (Place & { readonly kept: Kept })[];
  readonly total: number;
  readonly next: string | null;
}

export interface Pager<Kept> {
  /** @param idOf asked only where the record may be on the page */
  offer(day: number, idOf: () => string, kept: Kept): void;
  page(): PageOf<Kept>;
}

/** @param cursor the `next` of the page before. @throws Problem bad-input for one that was made up */
export function makePager<Kept>(limit: number, cursor: string | undefined): Pager<Kept> {
  const after = readCursor(cursor);
  /** In the order of the list; one more than a page. */
  const best: (Place & { kept: Kept })[] = [];
  let total = 0;
  return {
    offer(day, idOf, kept) {
      total++;
      const last = best.length > limit ? best.at(-1)! : null;
      if ((last && day < last.day) || (after && day > after.day)) return;
      const place = { day, id: idOf(), kept };
      if ((last && !isBefore(place, last)) || (after && !isBefore(after, place))) return;
      best.splice(placeFor(best, place), 0, place);
      if (best.length > limit + 1) best.pop();
    },
    page() {
      const shown = best.slice(0, limit);
      return { shown, total, next: best.length > limit ? writeCursor(shown.at(-1)!) : null };
    },
  };
}

/** Whether one stands before the other. */
const isBefore = (one: Place, other: Place): boolean => one.day > other.day || (one.day === other.day && one.id > other.id);

function placeFor(places: readonly Place[], place: Place): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(places[middle]!, place)) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const writeCursor = ({ day, id }: Place): string => `${day}~${id}`;

export function readCursor(text: string | undefined): Place | null {
  if (text === undefined) return null;
  const [day = '', id = '', ...more] = text.split('~');
  if (/^-?\d{1,10}$/.test(day) && isId(id) && more.length === 0) return { day: Number(day), id };
  throw new Problem('bad-input', 'The cursor does not belong to this list: start again without one.', {
    fields: [{ at: 'cursor', reason: 'unknown' }],
  });
}
