/**
 * Journeys as columns of numbers. Those that convert hold all that is asked of their touches; those that don't, by far the
 * most, only the channels they came through. Rows are found by unit and place, and stay where they are: one that is no more
 * is `dead` and its row is used again.
 */

import { type Dictionary, bytesOfDictionary, makeDictionary } from '#engine/funnel/dictionary.ts';
import { wordsAnId } from '#engine/funnel/ids.ts';

/** A row's touches lie in its heap from `from[row]` on, `length[row]` of them; −1: the row is dead. */
interface Rows {
  count: number;
  /** Unit's id, four words each. */
  ids: Uint32Array;
  places: Int32Array;
  from: Uint32Array;
  length: Int32Array;
  readonly free: number[];
  /** Touches in the heap, and those of them that no row holds any more. */
  used: number;
  wasted: number;
}

export interface ConvertedRows extends Rows {
  seconds: Uint32Array;
  /** Of the conversion, in the workspace's zone, since 1970-01-01. */
  days: Int32Array;
  /** Minor units; 0 where there is no amount. */
  amounts: Float64Array;
  /** As in journey-bytes. */
  flags: Uint8Array;
  /** Code of `currencies`, where there is no rate. */
  currency: Int32Array;
  /** Code of `segments`. */
  segment: Int32Array;
  lead: Int32Array;
  deal: Int32Array;
  readonly touches: ConvertedTouches;
}

export interface ConvertedTouches {
  seconds: Uint32Array;
  campaigns: Uint32Array;
  contents: Uint32Array;
  members: Uint32Array;
  channels: Uint16Array;
  /** Of the touch, in the workspace's zone: year × 12 + month − 1. */
  months: Uint16Array;
  sides: Uint8Array;
}

export interface OpenRows extends Rows {
  /** Of the last touch. */
  days: Int32Array;
  readonly touches: { channels: Uint16Array };
}

export interface JourneyStore {
  readonly converted: ConvertedRows;
  readonly open: OpenRows;
  readonly segments: Dictionary;
  readonly currencies: Dictionary;
  /** Row + 1 of `converted`, −(row + 1) of `open`, or 0: open addressing by unit and place. */
  slots: Int32Array;
  slotsUsed: number;
  /** Grows with every change. */
  changes: number;
}

const rows = (capacity: number): Rows => ({
  count: 0,
  ids: new Uint32Array(capacity * wordsAnId),
  places: new Int32Array(capacity),
  from: new Uint32Array(capacity),
  length: new Int32Array(capacity),
  free: [],
  used: 0,
  wasted: 0,
});

export function makeStore(capacity = 1024): JourneyStore {
  return {
    converted: {
      ...rows(capacity),
      seconds: new Uint32Array(capacity),
      days: new Int32Array(capacity),
      amounts: new Float64Array(capacity),
      flags: new Uint8Array(capacity),
      currency: new Int32Array(capacity),
      segment: new Int32Array(capacity),
      lead: new Int32Array(capacity),
      deal: new Int32Array(capacity),
      touches: {
        seconds: new Uint32Array(capacity),
        campaigns: new Uint32Array(capacity),
        contents: new Uint32Array(capacity),
        members: new Uint32Array(capacity),
        channels: new Uint16Array(capacity),
        months: new Uint16Array(capacity),
        sides: new Uint8Array(capacity),
      },
    },
    open: { ...rows(capacity), days: new Int32Array(capacity), touches: { channels: new Uint16Array(capacity) } },
    segments: makeDictionary(),
    currencies: makeDictionary(),
    slots: new Int32Array(2048),
    slotsUsed: 0,
    changes: 0,
  };
}

export const isLive = (some: Rows, row: number): boolean => some.length[row]! >= 0;
export const countLive = (some: Rows): number => some.count - some.free.length;

/** A unit's journey. */
export interface JourneyKey {
  /** Four words. */
  readonly id: Uint32Array;
  readonly place: number;
}

/** Takes a journey out, if it is there. */
export function removeJourney(store: JourneyStore, key: JourneyKey): void {
  const slot = slotOf(store, key);
  const at = store.slots[slot]!;
  if (at !== 0) kill(at > 0 ? store.converted : store.open, Math.abs(at) - 1);
}

/**
 * A row for a journey with so many touches, in place of the one that was there. Its numbers are to be written by the caller.
 * @returns the row
 */
export function putJourney(store: JourneyStore, kind: 'converted' | 'open', key: JourneyKey, touches: number): number {
  if ((store.slotsUsed + 1) * 2 > store.slots.length) widen(store);
  const slot = slotOf(store, key);
  const before = store.slots[slot]!;
  if (before === 0) store.slotsUsed++;
  else kill(before > 0 ? store.converted : store.open, Math.abs(before) - 1);
  const some = store[kind];
  const row = takeRow(some);
  some.ids.set(key.id, row * wordsAnId);
  some.places[row] = key.place;
  some.from[row] = room(some, touches);
  some.length[row] = touches;
  store.slots[slot] = kind === 'converted' ? row + 1 : -(row + 1);
  store.changes++;
  return row;
}

/** A dead row keeps its unit and place until it is used again: so its slot still leads to it. */
function kill(some: ConvertedRows | OpenRows, row: number): void {
  if (!isLive(some, row)) return;
  some.wasted += some.length[row]!;
  some.length[row] = -1;
  some.free.push(row);
}

function takeRow(some: ConvertedRows | OpenRows): number {
  const free = some.free.pop();
  if (free !== undefined) return free;
  if (some.count >= some.places.length) growColumns(some, Math.ceil(some.count * 1.5) + 1024);
  return some.count++;
}

/** Where so many touches can be written. */
function room(some: ConvertedRows | OpenRows, touches: number): number {
  if (some.wasted > some.used / 2 && some.wasted > 100_000) tidy(some);
  const capacity = some.touches.channels.length;
  if (some.used + touches > capacity) growColumns(some.touches, Math.ceil((some.used + touches) * 1.5) + 1024);
  const from = some.used;
  some.used += touches;
  return from;
}

type Column = Uint32Array | Int32Array | Float64Array | Uint16Array | Uint8Array;
const isColumn = (value: unknown): value is Column => ArrayBuffer.isView(value);

/** Makes all columns of a group longer, or as long as they must be. */
function growColumns(group: object, capacity: number): void {
  const columns = group as Record<string, unknown>;
  for (const [name, column] of Object.entries(columns)) {
    if (!isColumn(column)) continue;
    const wider = new (column.constructor as new (length: number) => Column)(name === 'ids' ? capacity * wordsAnId : capacity);
    wider.set(column.subarray(0, Math.min(column.length, wider.length)) as never);
    columns[name] = wider;
  }
}

/** Moves the touches of the living together. */
function tidy(some: ConvertedRows | OpenRows): void {
  const heap = some.touches as unknown as Record<string, Column>;
  const old = { ...heap };
  for (const [name, column] of Object.entries(old)) heap[name] = new (column.constructor as new (length: number) => Column)(column.length);
  let used = 0;
  for (let row = 0; row < some.count; row++) {
    const length = some.length[row]!;
    if (length < 0) continue;
    const from = some.from[row]!;
    for (const [name, column] of Object.entries(old)) heap[name]!.set(column.subarray(from, from + length) as never, used);
    some.from[row] = used;
    used += length;
  }
  some.used = used;
  some.wasted = 0;
}

/** Gives back the room that was kept for growth. */
export function trimStore({ converted, open }: JourneyStore): void {
  for (const some of [converted, open]) {
    growColumns(some, some.count + 256);
    growColumns(some.touches, some.used + 1024);
  }
}

export function bytesOfStore({ converted, open, segments, currencies, slots }: JourneyStore): number {
  const sum = (group: object): number =>
    Object.values(group).reduce((bytes, column) => bytes + (isColumn(column) ? column.byteLength : 0), 0);
  const texts = bytesOfDictionary(segments) + bytesOfDictionary(currencies);
  return sum(converted) + sum(converted.touches) + sum(open) + sum(open.touches) + slots.byteLength + texts;
}

// ── where a unit's journey stands ───────────────────────────────────────────

function slotOf(store: JourneyStore, { id, place }: JourneyKey): number {
  const mask = store.slots.length - 1;
  for (let slot = hashOf(id, 0, place) & mask; ; slot = (slot + 1) & mask) {
    const at = store.slots[slot]!;
    if (at === 0) return slot;
    const some = at > 0 ? store.converted : store.open;
    if (stands(some, Math.abs(at) - 1, id, place)) return slot;
  }
}

function stands(some: Rows, row: number, id: Uint32Array, place: number): boolean {
  const at = row * wordsAnId;
  return (
    some.places[row] === place &&
    some.ids[at] === id[0] &&
    some.ids[at + 1] === id[1] &&
    some.ids[at + 2] === id[2] &&
    some.ids[at + 3] === id[3]
  );
}

/** Only the living are put into the wider slots, each once. */
function widen(store: JourneyStore): void {
  store.slots = new Int32Array(store.slots.length * 2);
  store.slotsUsed = 0;
  const mask = store.slots.length - 1;
  for (const some of [store.converted, store.open])
    for (let row = 0; row < some.count; row++) {
      if (!isLive(some, row)) continue;
      let slot = hashOf(some.ids, row * wordsAnId, some.places[row]!) & mask;
      while (store.slots[slot] !== 0) slot = (slot + 1) & mask;
      store.slots[slot] = some === store.converted ? row + 1 : -(row + 1);
      store.slotsUsed++;
    }
}

function hashOf(words: Uint32Array, at: number, place: number): number {
  let hash =
    Math.imul(words[at]! ^ Math.imul(words[at + 1]!, 0x85ebca6b), 0xc2b2ae35) ^
    Math.imul(words[at + 2]! ^ Math.imul(words[at + 3]!, 0x9e3779b1), 0x27d4eb2f) ^
    Math.imul(place + 1, 0x165667b1);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}
