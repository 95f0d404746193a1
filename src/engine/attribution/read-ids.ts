/** Rows to journeys by the bytes of their ids. */

import { atPlaces } from './read-amount.ts';
import type { RecordBlock } from './read-buckets.ts';
import type { Desk, Rows } from './read-desk.ts';
import { recordHead } from './read-records.ts';

const doubleWords = new Int32Array(2);
const double = new Float64Array(doubleWords.buffer);

/**
 * Finds the journey of each row by the bytes of its id; those not met before are added. Rows of journeys beyond the first
 * `held` are not kept.
 * @param places of values; null: these are touches
 */
export function findJourneys(
  desk: Desk,
  rows: Rows,
  blocks: readonly RecordBlock[],
  bucket: number,
  rankOf: Uint16Array,
  places: number | null,
  held: number,
): void {
  const { journeys, keys, contents } = rows;
  let row = 0;
  for (const { records, begins } of blocks) {
    const end = begins[bucket + 1] as number;
    for (let at = begins[bucket] as number; at < end; ) {
      const detail = records[at + 2] as number;
      const words = detail >>> 26;
      const journey = findJourney(desk, records, at, words);
      const content = at + recordHead + words;
      if (journey < held) {
        journeys[row] = journey;
        keys[row] = ((records[at + 1] as number) >>> 0) * 1024 + ((detail >>> 16) & 1023);
        contents[row++] = places === null ? (rankOf[detail & 0xffff] as number) : valueAt(records, content, detail & 0xffff, places);
      }
      at = places === null ? content : content + 2;
    }
  }
  rows.count = row;
}

function valueAt(records: Int32Array, at: number, decimals: number, places: number): number {
  doubleWords[0] = records[at] as number;
  doubleWords[1] = records[at + 1] as number;
  return atPlaces(double[0] as number, decimals, places);
}

/** An id on the desk: [hash, its words, journey, the words]. */
const idHead = 3;

function findJourney(desk: Desk, records: Int32Array, at: number, words: number): number {
  const { slots, ids } = desk;
  const mask = slots.length - 1;
  const hash = records[at] as number;
  const words0 = at + recordHead;
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const id = slots[slot] as number;
    if (id === 0) return addJourney(desk, slot, records, at, words);
    if (ids[id] !== hash || ids[id + 1] !== words) continue;
    let word = 0;
    while (word < words && ids[id + idHead + word] === records[words0 + word]) word++;
    if (word === words) return ids[id + 2] as number;
  }
}

function addJourney(desk: Desk, slot: number, records: Int32Array, at: number, words: number): number {
  const { ids, idsUsed: id } = desk;
  const journey = desk.journeys++;
  desk.slots[slot] = id;
  ids[id] = records[at] as number;
  ids[id + 1] = words;
  ids[id + 2] = journey;
  for (let word = 0; word < words; word++) ids[id + idHead + word] = records[at + recordHead + word] as number;
  desk.idsUsed = id + idHead + words;
  return journey;
}
