/** UUIDs as four unsigned 32-bit words each, so that a million take 16 MB and sort as their text does. */

export const wordsAnId = 4;

export function writeId(words: Uint32Array, row: number, id: string): void {
  const hex = id.replaceAll('-', '');
  for (let word = 0; word < wordsAnId; word++) words[row * wordsAnId + word] = Number.parseInt(hex.slice(word * 8, word * 8 + 8), 16);
}

export function readId(words: Uint32Array, row: number): string {
  const at = row * wordsAnId;
  const [one, two, three, four] = [words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!];
  return `${upper(one)}${lower(one)}-${upper(two)}-${lower(two)}-${upper(three)}-${lower(three)}${upper(four)}${lower(four)}`;
}

/** Sixteen bits as text. Looked up: written out anew for every id, they took twice as long. */
const hexOf = Array.from({ length: 0x10000 }, (_, bits) => bits.toString(16).padStart(4, '0'));
const upper = (word: number): string => hexOf[word >>> 16]!;
const lower = (word: number): string => hexOf[word & 0xffff]!;

/** Negative when the first comes earlier. */
export function compareIds(one: Uint32Array, oneRow: number, other: Uint32Array, otherRow: number): number {
  for (let word = 0; word < wordsAnId; word++) {
    const difference = one[oneRow * wordsAnId + word]! - other[otherRow * wordsAnId + word]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Where each id stands: open addressing, at most half full; 8 to 16 bytes a row. */
export interface Places {
  /** Row + 1, or 0. The length is a power of two. */
  slots: Int32Array;
  size: number;
}

export function makePlaces(words: Uint32Array, count: number): Places {
  let length = 1024;
  while (length < count * 2) length *= 2;
  const places = { slots: new Int32Array(length), size: 0 };
  for (let row = 0; row < count; row++) addPlace(places, words, row);
  return places;
}

/** The row of the id that stands at `idRow` of `ids`, or −1. */
export function findPlace(places: Places, words: Uint32Array, ids: Uint32Array, idRow: number): number {
  const mask = places.slots.length - 1;
  for (let slot = hashOf(ids, idRow) & mask; ; slot = (slot + 1) & mask) {
    const row = places.slots[slot]! - 1;
    if (row < 0 || compareIds(words, row, ids, idRow) === 0) return row;
  }
}

/** The id must not be in yet. */
export function addPlace(places: Places, words: Uint32Array, row: number): void {
  if ((places.size + 1) * 2 > places.slots.length) widen(places, words);
  put(places.slots, words, row);
  places.size++;
}

function widen(places: Places, words: Uint32Array): void {
  const wider = new Int32Array(places.slots.length * 2);
  for (const slot of places.slots) if (slot > 0) put(wider, words, slot - 1);
  places.slots = wider;
}

function put(slots: Int32Array, words: Uint32Array, row: number): void {
  const mask = slots.length - 1;
  let slot = hashOf(words, row) & mask;
  while (slots[slot] !== 0) slot = (slot + 1) & mask;
  slots[slot] = row + 1;
}

/** All four words count: a UUIDv7 has its time in the first, its chance in the last. */
function hashOf(words: Uint32Array, row: number): number {
  const at = row * wordsAnId;
  let hash =
    Math.imul(words[at]! ^ Math.imul(words[at + 1]!, 0x85ebca6b), 0xc2b2ae35) ^
    Math.imul(words[at + 2]! ^ Math.imul(words[at + 3]!, 0x9e3779b1), 0x27d4eb2f);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}
