/** Pages over converting journeys in memory: which come next, in which order, and how many there are. */

import { creditJourney } from '#engine/attribution/credit.ts';
import type { RuleModel } from '#engine/attribution/models.ts';
import { readId } from '#engine/funnel/ids.ts';
import { isId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import type { FreshJourneys } from './journey-columns.ts';
import type { ConvertedRows } from './journey-store.ts';

/** Where a page ended: a journey, and of a page of touches the touch in it. */
export interface ConvertedPlace {
  readonly second: number;
  readonly unitId: string;
  readonly place: number;
  readonly no: number;
}

export const writePlace = ({ second, unitId, place, no }: ConvertedPlace): string => `${second}~${unitId}~${place}~${no}`;

/** @throws Problem bad-input for one that was made up */
export function readPlace(text: string | undefined): ConvertedPlace | null {
  if (text === undefined) return null;
  const [second = '', unitId = '', place = '', no = '', ...more] = text.split('~');
  if ([second, place, no].every((part) => /^\d{1,10}$/.test(part)) && isId(unitId) && more.length === 0)
    return { second: Number(second), unitId, place: Number(place), no: Number(no) };
  throw new Problem('bad-input', 'The cursor does not belong to this list: start again without one.', {
    fields: [{ at: 'cursor', reason: 'unknown' }],
  });
}

/** Latest conversion first. */
export function inOrder(converted: ConvertedRows, rows: Uint32Array): Uint32Array {
  return rows.slice().sort((a, b) => converted.seconds[b]! - converted.seconds[a]! || comparePlaces(converted, a, converted, b));
}

function comparePlaces(one: ConvertedRows, a: number, other: ConvertedRows, b: number): number {
  for (let word = 0; word < 4; word++) {
    const difference = one.ids[a * 4 + word]! - other.ids[b * 4 + word]!;
    if (difference !== 0) return difference;
  }
  return one.places[a]! - other.places[b]!;
}

export const placeOf = (converted: ConvertedRows, row: number, no = 0): ConvertedPlace => ({
  second: converted.seconds[row]!,
  unitId: readId(converted.ids, row),
  place: converted.places[row]!,
  no,
});

/** Whether the row comes after the journey of a place; 0: it is that journey. */
export function comesAfter(converted: ConvertedRows, row: number, place: ConvertedPlace): number {
  const second = place.second - converted.seconds[row]!;
  if (second !== 0) return second;
  const unitId = readId(converted.ids, row);
  if (unitId !== place.unitId) return unitId > place.unitId ? 1 : -1;
  return converted.places[row]! - place.place;
}

/** Share of a journey's conversion that each of its touches gets, 0 … 1. */
export function sharesOfRow({ store, setting }: FreshJourneys, row: number, model: RuleModel): number[] {
  const { converted } = store;
  const from = converted.from[row]!;
  const touches = converted.length[row]!;
  const ages = Array.from({ length: touches }, (_, i) => converted.seconds[row]! - converted.touches.seconds[from + i]!);
  const shape = { touches, ages, lead: converted.lead[row]!, deal: converted.deal[row]! };
  const weights = creditJourney(model, shape, { halfLifeSeconds: (setting?.content.halfLifeDays ?? 7) * 86_400 });
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / all);
}
