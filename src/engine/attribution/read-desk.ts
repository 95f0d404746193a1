/** What journeys are made of when they are read, what comes out, and a thread's room to work in. */

import type { RecordBlock } from './read-buckets.ts';

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
export interface Rows {
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

/** Clears the desk for a bucket and widens it where that needs it. */
export function makeRoom(desk: Desk, { touches, conversions }: Grouping, bucket: number): void {
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
