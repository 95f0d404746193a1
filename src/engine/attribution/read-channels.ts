/** Names of channels by the bytes they are written with, shared by all threads that read. */

import { copyBytes } from './read-words.ts';

/**
 * Lies in shared memory. A thread looks names up in a table of its own and asks here only when it meets one for the first
 * time, so the lock is seldom taken.
 */
export interface SharedNames {
  /** [lock, count, bytes used] */
  readonly state: Int32Array;
  /** Code + 1 by hash. */
  readonly slots: Int32Array;
  readonly hashes: Int32Array;
  /** Name c is `bytes[ends[c - 1]]` up to, not including, `bytes[ends[c]]`. */
  readonly ends: Int32Array;
  readonly bytes: Uint8Array;
  /** Where in the file each was met first. */
  readonly firstAt: Float64Array;
}

export const mostNames = 65_535;
/** Of one name, in bytes. */
export const longestName = 255;
const sharedSlots = 1 << 17;

export function makeSharedNames(): SharedNames {
  const int32s = (count: number) => new Int32Array(new SharedArrayBuffer(count * 4));
  return {
    state: int32s(3),
    slots: int32s(sharedSlots),
    hashes: int32s(mostNames),
    ends: int32s(mostNames),
    bytes: new Uint8Array(new SharedArrayBuffer(mostNames * longestName)),
    firstAt: new Float64Array(new SharedArrayBuffer(mostNames * 8)),
  };
}

/** A thread's own table of the names it has met. */
export interface NameTable {
  readonly shared: SharedNames;
  /** Where in `known` a name stands, by hash; 0: nowhere. A power of two long, at least half of it empty. */
  slots: Int32Array;
  /** Name after name: [hash, length in bytes, code, the bytes with zeros up to the next word]. */
  known: Int32Array;
  used: number;
  count: number;
  readonly scratch: Int32Array;
}

const nameHead = 3;

export const makeNameTable = (shared: SharedNames): NameTable => ({
  shared,
  slots: new Int32Array(1024),
  known: new Int32Array(1024),
  used: 1,
  count: 0,
  scratch: new Int32Array(longestName),
});

/**
 * The name whose bytes are `from` up to, not including, `to`.
 * @param at where in the file they stand; a thread asks in rising order
 * @returns its code; −1 when there are 65,535 others
 */
export function codeOfName(table: NameTable, view: DataView, from: number, to: number, at: number): number {
  const hash = copyBytes(view, from, to, table.scratch, 0);
  const code = findName(table, table.scratch, 0, to - from, hash);
  return code < 0 ? addName(table, table.scratch, 0, to - from, hash, at) : code;
}

/**
 * @param words the bytes as words, from `wordsAt` on (`copyBytes`)
 * @param hash of them
 * @returns the name's code; −1 where this thread hasn't met it
 */
export function findName({ slots, known }: NameTable, words: Int32Array, wordsAt: number, length: number, hash: number): number {
  const mask = slots.length - 1;
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const at = slots[slot] as number;
    if (at === 0) return -1;
    if (known[at] !== hash || known[at + 1] !== length || known[at + nameHead] !== words[wordsAt]) continue;
    let word = 4;
    while (word < length && known[at + nameHead + (word >>> 2)] === words[wordsAt + (word >>> 2)]) word += 4;
    if (word >= length) return known[at + 2] as number;
  }
}

/**
 * A name that this thread hasn't met.
 * @param words as for `findName`
 * @param at where in the file it stands; a thread adds in rising order
 * @returns its code; −1 when there are 65,535 others
 */
export function addName(table: NameTable, words: Int32Array, wordsAt: number, length: number, hash: number, at: number): number {
  const begin = wordsAt * 4 + words.byteOffset;
  const code = findOrAddShared(table.shared, new Uint8Array(words.buffer, begin, length), hash, at);
  if (code < 0) return -1;
  const size = nameHead + ((length + 3) >>> 2);
  if (table.used + size > table.known.length) {
    const former = table.known;
    table.known = new Int32Array(former.length * 2 + size);
    table.known.set(former);
  }
  const { known, used } = table;
  known.set([hash, length, code], used);
  known.set(words.subarray(wordsAt, wordsAt + size - nameHead), used + nameHead);
  table.used += size;
  table.count++;
  if (table.count * 2 > table.slots.length) growSlots(table);
  else place(table, used);
  return code;
}

function growSlots(table: NameTable): void {
  const former = table.slots;
  table.slots = new Int32Array(former.length * 2);
  for (let at = 1; at < table.used; at += nameHead + (((table.known[at + 1] as number) + 3) >>> 2)) place(table, at);
}

function place({ slots, known }: NameTable, at: number): void {
  const mask = slots.length - 1;
  let slot = (known[at] as number) & mask;
  while (slots[slot] !== 0) slot = (slot + 1) & mask;
  slots[slot] = at;
}

function findOrAddShared(shared: SharedNames, name: Uint8Array, hash: number, at: number): number {
  const { state, slots, hashes, firstAt } = shared;
  while (Atomics.compareExchange(state, 0, 0, 1) !== 0); // held for a moment, and seldom
  let slot = hash & (sharedSlots - 1);
  let code = (slots[slot] as number) - 1;
  while (code >= 0 && (hashes[code] !== hash || !isName(shared, code, name))) {
    slot = (slot + 1) & (sharedSlots - 1);
    code = (slots[slot] as number) - 1;
  }
  if (code >= 0) firstAt[code] = Math.min(firstAt[code] as number, at);
  else if ((state[1] as number) < mostNames) {
    code = state[1] as number;
    shared.bytes.set(name, state[2] as number);
    hashes[code] = hash;
    firstAt[code] = at;
    shared.ends[code] = state[2] = (state[2] as number) + name.length;
    slots[slot] = state[1] = code + 1;
  }
  Atomics.store(state, 0, 0);
  return code;
}

function isName({ ends, bytes }: SharedNames, code: number, name: Uint8Array): boolean {
  const begin = code === 0 ? 0 : (ends[code - 1] as number);
  return (ends[code] as number) - begin === name.length && name.every((byte, at) => byte === bytes[begin + at]);
}

/** All names, once everything is read. */
export interface ReadNames {
  /** In the order of the file, in its encoding. */
  readonly names: readonly Uint8Array[];
  /** For each code its place in that order. */
  readonly placeOf: Uint16Array;
  /** For each code its rank among the names sorted by their bytes, and for each rank the place. */
  readonly rankOf: Uint16Array;
  readonly placeOfRank: Uint16Array;
}

export function allNames({ state, ends, bytes, firstAt }: SharedNames): ReadNames {
  const codes = Array.from({ length: state[1] as number }, (_, code) => code);
  const names = codes.map((code) => bytes.slice(code === 0 ? 0 : ends[code - 1], ends[code]));
  const inOrder = codes.toSorted((one, other) => (firstAt[one] as number) - (firstAt[other] as number));
  const byName = codes.toSorted((one, other) => compareBytes(names[one] as Uint8Array, names[other] as Uint8Array));
  const placeOf = indexOf(inOrder);
  return {
    names: inOrder.map((code) => names[code] as Uint8Array),
    ...{ placeOf, rankOf: indexOf(byName), placeOfRank: Uint16Array.from(byName, (code) => placeOf[code] as number) },
  };
}

function indexOf(codes: readonly number[]): Uint16Array {
  const indexes = new Uint16Array(codes.length);
  codes.forEach((code, index) => (indexes[code] = index));
  return indexes;
}

function compareBytes(one: Uint8Array, other: Uint8Array): number {
  const at = one.findIndex((byte, index) => byte !== other[index]);
  return at < 0 ? one.length - other.length : (one[at] as number) - (other[at] ?? -1);
}
