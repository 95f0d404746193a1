/** Journeys out of one bucket's records: touches found by their journey, put in order of time, divided by conversions. */

import { atPlaces } from './read-amount.ts';
import type { RecordBlock } from './read-buckets.ts';
import { recordHead } from './read-records.ts';

/** What journeys are made of, and how. */
export interface Grouping {
  /** In the order of the files. */
  readonly touches: readonly RecordBlock[];
  readonly conversions: readonly RecordBlock[];
  /** For the code of each channel its rank among the names, and for each rank the place in the order of the file. */
  readonly rankOf: Uint16Array;
  readonly placeOfRank: Uint16Array;
  /** Decimals that values are brought to. */
  readonly places: number;
  /** Touches older than this before the conversion, or before the last touch of a null, are left out, in seconds; null: none is. */
  readonly lookBackSeconds: number | null;
  /** Walks without a conversion are wanted with their touches; otherwise they are only counted. */
  readonly withNulls: boolean;
}

/**
 * A walk is the touches of one journey that lead to a conversion (those since the conversion before), or those that follow
 * the last one: a null. Conversions of one journey at the same moment share their touches and are one walk.
 */
export interface Walks {
  /** Touch after touch. */
  readonly channels: Uint16Array;
  readonly seconds: Uint32Array;
  /** Walk after walk: how many touches, how many conversions (0: a null), their value, when. */
  readonly lengths: Uint32Array;
  readonly conversions: Uint32Array;
  readonly values: Float64Array;
  readonly convertedAt: Uint32Array;
  /** Nulls, also where only those that convert are held. */
  readonly nulls: number;
}

/** The rows of one file in one bucket. */
interface Rows {
  count: number;
  /** As read. `keys` are second × 1024 + millisecond; contents the channel's rank or the value. */
  journeys: Int32Array;
  keys: Float64Array;
  contents: Float64Array;
  /** By journey and time: journey j's are `starts[j]` up to, not including, `starts[j + 1]`. */
  starts: Int32Array;
  sortedKeys: Float64Array;
  sorted: Float64Array;
}

/** A thread's room to work in; it grows to what the largest bucket needs. */
export interface Desk {
  /** Where in `ids` a journey's id is, by its hash; 0: nowhere. A power of two long. */
  slots: Int32Array;
  ids: Int32Array;
  idsUsed: number;
  journeys: number;
  readonly touches: Rows;
  readonly conversions: Rows;
  walks: Omit<Walks, 'nulls'>;
  walkCount: number;
  touchCount: number;
}

const emptyRows = (): Rows => ({
  count: 0,
  ...{ journeys: new Int32Array(0), keys: new Float64Array(0), contents: new Float64Array(0) },
  ...{ starts: new Int32Array(0), sortedKeys: new Float64Array(0), sorted: new Float64Array(0) },
});

export const makeDesk = (): Desk => ({
  ...{ slots: new Int32Array(0), ids: new Int32Array(0), idsUsed: 1, journeys: 0 },
  touches: emptyRows(),
  conversions: emptyRows(),
  walks: makeWalks(0, 0),
  ...{ walkCount: 0, touchCount: 0 },
});

const makeWalks = (touches: number, walks: number): Desk['walks'] => ({
  channels: new Uint16Array(touches),
  seconds: new Uint32Array(touches),
  lengths: new Uint32Array(walks),
  conversions: new Uint32Array(walks),
  values: new Float64Array(walks),
  convertedAt: new Uint32Array(walks),
});

/** The walks of all journeys in a bucket; the same for the same files, whoever asks and when. */
export function groupBucket(desk: Desk, grouping: Grouping, bucket: number): Walks {
  makeRoom(desk, grouping, bucket);
  findJourneys(desk, desk.conversions, grouping.conversions, bucket, grouping.rankOf, grouping.places, Infinity);
  const converting = desk.journeys;
  findJourneys(desk, desk.touches, grouping.touches, bucket, grouping.rankOf, null, grouping.withNulls ? Infinity : converting);
  const held = grouping.withNulls ? desk.journeys : converting;
  sortRows(desk.conversions, converting);
  sortRows(desk.touches, held);
  const nulls = divide(desk, converting, held, grouping);
  return takeWalks(desk, nulls + desk.journeys - held);
}

// ── rows to journeys ────────────────────────────────────────────────────────

function makeRoom(desk: Desk, { touches, conversions }: Grouping, bucket: number): void {
  const total = (blocks: readonly RecordBlock[]) => blocks.reduce((sum, { rows }) => sum + (rows[bucket] as number), 0);
  const words = (blocks: readonly RecordBlock[]) =>
    blocks.reduce((sum, { begins }) => sum + (begins[bucket + 1] as number) - (begins[bucket] as number), 0);
  const touchRows = total(touches);
  const conversionRows = total(conversions);
  const rows = touchRows + conversionRows;
  if (desk.slots.length < rows * 2) desk.slots = new Int32Array(1 << (32 - Math.clz32(rows * 2 - 1)));
  else desk.slots.fill(0);
  const idWords = words(touches) + words(conversions) + 1; // records have as long a head
  if (desk.ids.length < idWords) desk.ids = new Int32Array(idWords);
  desk.idsUsed = 1;
  desk.journeys = 0;
  widen(desk.touches, touchRows, rows);
  widen(desk.conversions, conversionRows, rows);
  if (desk.walks.channels.length < touchRows || desk.walks.lengths.length < rows) desk.walks = makeWalks(touchRows, rows);
}

function widen(rows: Rows, count: number, journeys: number): void {
  rows.count = 0;
  if (rows.starts.length < journeys + 2) rows.starts = new Int32Array(journeys + 2);
  if (rows.journeys.length >= count) return;
  rows.journeys = new Int32Array(count);
  rows.keys = new Float64Array(count);
  rows.contents = new Float64Array(count);
  rows.sortedKeys = new Float64Array(count);
  rows.sorted = new Float64Array(count);
}

const doubleWords = new Int32Array(2);
const double = new Float64Array(doubleWords.buffer);

/**
 * Finds the journey of each row by the bytes of its id; those not met before are added. Rows of journeys beyond the first
 * `held` are not kept.
 * @param places of values; null: these are touches
 */
function findJourneys(
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

// ── journeys in order ───────────────────────────────────────────────────────

/** Groups the rows of journeys 0 … count − 1 and sorts each by time; rows of the same moment by channel, so that the order of the file changes nothing. */
function sortRows({ count: rowCount, journeys, keys, contents, starts, sortedKeys, sorted }: Rows, count: number): void {
  starts.fill(0, 0, count + 2);
  for (let row = 0; row < rowCount; row++) {
    const journey = (journeys[row] as number) + 2;
    starts[journey] = (starts[journey] as number) + 1;
  }
  for (let journey = 2; journey < count + 2; journey++) starts[journey] = (starts[journey] as number) + (starts[journey - 1] as number);
  for (let row = 0; row < rowCount; row++) {
    const journey = journeys[row] as number;
    const to = starts[journey + 1] as number;
    starts[journey + 1] = to + 1;
    sortedKeys[to] = keys[row] as number;
    sorted[to] = contents[row] as number;
  }
  for (let journey = 0; journey < count; journey++) sortSpan(sortedKeys, sorted, starts[journey] as number, starts[journey + 1] as number);
}

/** Journeys are mostly short; beyond this many touches putting each into its place one by one takes too long. */
const mostInserted = 48;

function sortSpan(keys: Float64Array, contents: Float64Array, from: number, to: number): void {
  if (to - from > mostInserted) {
    sortLong(keys, contents, from, to);
    return;
  }
  for (let at = from + 1; at < to; at++) {
    const key = keys[at] as number;
    const content = contents[at] as number;
    let before = at - 1;
    for (; before >= from && isAfter(keys[before] as number, contents[before] as number, key, content); before--) {
      keys[before + 1] = keys[before] as number;
      contents[before + 1] = contents[before] as number;
    }
    keys[before + 1] = key;
    contents[before + 1] = content;
  }
}

const isAfter = (key: number, content: number, otherKey: number, otherContent: number): boolean =>
  key > otherKey || (key === otherKey && content > otherContent);

function sortLong(keys: Float64Array, contents: Float64Array, from: number, to: number): void {
  const order = Array.from({ length: to - from }, (_, at) => from + at).sort(
    (one, other) => (keys[one] as number) - (keys[other] as number),
  );
  const [inKeys, inContents] = [order.map((at) => keys[at] as number), order.map((at) => contents[at] as number)];
  keys.set(inKeys, from);
  contents.set(inContents, from);
}

// ── journeys to walks ───────────────────────────────────────────────────────

function divide(desk: Desk, converting: number, held: number, grouping: Grouping): number {
  const { touches, conversions } = desk;
  desk.walkCount = 0;
  desk.touchCount = 0;
  let nulls = 0;
  for (let journey = 0; journey < held; journey++) {
    let touch = touches.starts[journey] as number;
    const last = touches.starts[journey + 1] as number;
    if (journey < converting) {
      const end = conversions.starts[journey + 1] as number;
      for (let at = conversions.starts[journey] as number; at < end; ) {
        const key = conversions.sortedKeys[at] as number;
        const first = at;
        while (at < end && conversions.sortedKeys[at] === key) at++;
        const from = touch;
        while (touch < last && (touches.sortedKeys[touch] as number) <= key) touch++;
        putWalk(desk, grouping, from, touch, first, at);
      }
    }
    if (touch === last) continue;
    nulls++;
    if (grouping.withNulls) putWalk(desk, grouping, touch, last, 0, 0);
  }
  return nulls;
}

/** Touches `from` up to `to` and conversions `first` up to `end` as one walk; without conversions it is a null. */
function putWalk(desk: Desk, grouping: Grouping, from: number, to: number, first: number, end: number): void {
  const { touches, conversions, walks } = desk;
  const key = (end > first ? conversions.sortedKeys[first] : touches.sortedKeys[to - 1]) as number;
  let value = 0;
  for (let at = first; at < end; at++) value += conversions.sorted[at] as number;
  let begin = from;
  if (grouping.lookBackSeconds !== null) {
    const earliest = key - grouping.lookBackSeconds * 1024;
    while (begin < to && (touches.sortedKeys[begin] as number) < earliest) begin++;
  }
  const walk = desk.walkCount++;
  walks.lengths[walk] = to - begin;
  walks.conversions[walk] = end - first;
  walks.values[walk] = value;
  walks.convertedAt[walk] = end > first ? Math.floor(key / 1024) : 0;
  for (let at = begin; at < to; at++) {
    const touch = desk.touchCount++;
    walks.channels[touch] = grouping.placeOfRank[touches.sorted[at] as number] as number;
    walks.seconds[touch] = Math.floor((touches.sortedKeys[at] as number) / 1024);
  }
}

/** The walks on the desk, in memory of their own. */
function takeWalks({ walks, walkCount, touchCount }: Desk, nulls: number): Walks {
  return {
    channels: walks.channels.slice(0, touchCount),
    seconds: walks.seconds.slice(0, touchCount),
    lengths: walks.lengths.slice(0, walkCount),
    conversions: walks.conversions.slice(0, walkCount),
    values: walks.values.slice(0, walkCount),
    convertedAt: walks.convertedAt.slice(0, walkCount),
    nulls,
  };
}
