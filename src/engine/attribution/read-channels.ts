/** Names of channels by the bytes they are written with, shared by all threads that read. */

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

/** A thread's own table. */
export interface NameTable {
  readonly shared: SharedNames;
  /** Code + 1 by hash; a power of two long, at least half of it empty. */
  slots: Int32Array;
  count: number;
}

export const makeNameTable = (shared: SharedNames): NameTable => ({ shared, slots: new Int32Array(1024), count: 0 });

/**
 * @param hash of the bytes `from` up to, not including, `to`: at most 255
 * @param at where in the file they stand; a thread asks in rising order
 * @returns the name's code; −1 when there are 65,535 others
 */
export function codeOfName(table: NameTable, bytes: Uint8Array, from: number, to: number, hash: number, at: number): number {
  const { slots, shared } = table;
  const found = findSlot(slots, shared, bytes, from, to, hash);
  const code = slots[found] as number;
  return code > 0 ? code - 1 : addName(table, bytes, from, to, hash, at);
}

/** Where the name is, or where it would stand. */
function findSlot(slots: Int32Array, shared: SharedNames, bytes: Uint8Array, from: number, to: number, hash: number): number {
  const mask = slots.length - 1;
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const code = (slots[slot] as number) - 1;
    if (code < 0 || (shared.hashes[code] === hash && isName(shared, code, bytes, from, to))) return slot;
  }
}

function isName({ ends, bytes: names }: SharedNames, code: number, bytes: Uint8Array, from: number, to: number): boolean {
  const begin = code === 0 ? 0 : (ends[code - 1] as number);
  if ((ends[code] as number) - begin !== to - from) return false;
  for (let at = from, name = begin; at < to; at++, name++) if (names[name] !== bytes[at]) return false;
  return true;
}

function addName(table: NameTable, bytes: Uint8Array, from: number, to: number, hash: number, at: number): number {
  const code = findOrAddShared(table.shared, bytes, from, to, hash, at);
  if (code < 0) return -1;
  if (++table.count * 2 > table.slots.length) {
    const former = table.slots;
    table.slots = new Int32Array(former.length * 2);
    for (const each of former) if (each > 0) place(table, each - 1);
  }
  place(table, code);
  return code;
}

function place({ slots, shared }: NameTable, code: number): void {
  const mask = slots.length - 1;
  let slot = (shared.hashes[code] as number) & mask;
  while (slots[slot] !== 0) slot = (slot + 1) & mask;
  slots[slot] = code + 1;
}

function findOrAddShared(shared: SharedNames, bytes: Uint8Array, from: number, to: number, hash: number, at: number): number {
  const { state, slots, firstAt } = shared;
  while (Atomics.compareExchange(state, 0, 0, 1) !== 0); // held for a moment, and seldom
  const slot = findSlot(slots, shared, bytes, from, to, hash);
  let code = (slots[slot] as number) - 1;
  if (code >= 0) firstAt[code] = Math.min(firstAt[code] as number, at);
  else if ((state[1] as number) < mostNames) {
    code = state[1] as number;
    const begin = state[2] as number;
    shared.bytes.set(bytes.subarray(from, to), begin);
    shared.hashes[code] = hash;
    firstAt[code] = at;
    shared.ends[code] = state[2] = begin + to - from;
    slots[slot] = state[1] = code + 1;
  }
  Atomics.store(state, 0, 0);
  return code;
}

/** The names in the order they are met in the file, and for each code its place among them. */
export function namesInOrder({ state, ends, bytes, firstAt }: SharedNames): { names: Uint8Array[]; placeOf: Uint16Array } {
  const count = state[1] as number;
  const codes = Array.from({ length: count }, (_, code) => code).sort(
    (one, other) => (firstAt[one] as number) - (firstAt[other] as number),
  );
  const placeOf = new Uint16Array(count);
  codes.forEach((code, place) => (placeOf[code] = place));
  return { names: codes.map((code) => bytes.slice(code === 0 ? 0 : ends[code - 1], ends[code])), placeOf };
}
