/** Parts of Journeys: only the converting ones, only the touches that count. */

import type { Journeys } from './journeys.ts';

/** Rows to take, ascending, and of each the touches `from` up to, not including, `to` (places in the columns of touches). */
export interface Selection {
  readonly rows: Uint32Array;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

/** The rows with a conversion, with all their touches; the very same object where all rows have one. */
export function onlyConverting(journeys: Journeys): Journeys {
  const converting = convertingRows(journeys);
  return converting.rows.length === journeys.count ? journeys : selectJourneys(journeys, converting);
}

/**
 * Journeys without the touches after their conversion and those older than the look-back window before it. A journey that
 * didn't convert has nothing to be late for: it keeps its touches within the window before its last one. Milestones stay
 * what they are, the last touch that counts at or before their moment; −1 where that is none. A journey that loses all
 * touches stays, with none.
 * @throws RangeError for a window over journeys without times (paths), or one that is no number from 0
 */
export const cutJourneys = (journeys: Journeys, window: Window): Journeys => selectJourneys(journeys, countedTouches(journeys, window));

export interface Window {
  /** How long before the conversion a touch may lie and still count; null: any time. */
  readonly lookBackSeconds: number | null;
}

export const convertingRows = (journeys: Journeys): Selection => rowsWith(journeys, journeys.conversions, journeys.conversions);

/** The rows with a conversion or a value. */
export const creditedRows = (journeys: Journeys): Selection => rowsWith(journeys, journeys.conversions, journeys.values);

/** The rows where one of two columns is not 0. */
function rowsWith({ count, starts }: Journeys, one: Float64Array, other: Float64Array): Selection {
  const found = new Uint32Array(count);
  let size = 0;
  for (let row = 0; row < count; row++) if (one[row] !== 0 || other[row] !== 0) found[size++] = row;
  const rows = found.slice(0, size);
  const from = new Uint32Array(size);
  const to = new Uint32Array(size);
  for (let at = 0; at < size; at++) {
    from[at] = starts[rows[at] as number] as number;
    to[at] = starts[(rows[at] as number) + 1] as number;
  }
  return { rows, from, to };
}

/** The selection of `cutJourneys`, for codes that go along with the touches (`selectCodes`). */
export function countedTouches({ count, starts, conversions, times }: Journeys, { lookBackSeconds }: Window): Selection {
  checkWindow(lookBackSeconds, times !== null);
  const rows = new Uint32Array(count).map((_, row) => row);
  const from = starts.slice(0, count);
  const to = starts.slice(1, count + 1);
  if (times === null) return { rows, from, to };
  for (let row = 0; row < count; row++) {
    const end = to[row] as number;
    if (from[row] === end) continue;
    const until = (conversions[row] as number) > 0 ? (times.conversions[row] as number) : (times.touches[end - 1] as number);
    const counted = countedBetween(times.touches, from[row] as number, end, until, lookBackSeconds);
    from[row] = counted.from;
    to[row] = counted.to;
  }
  return { rows, from, to };
}

/**
 * Which of the touches `from` up to `to` count: those up to and at the conversion, and not older than the look-back window
 * before it (a touch exactly that old counts).
 * @param times oldest first, in seconds, as is `convertedAt`
 */
export function countedBetween(
  times: ArrayLike<number>,
  from: number,
  to: number,
  convertedAt: number,
  lookBackSeconds: number | null,
): { readonly from: number; readonly to: number } {
  const earliest = lookBackSeconds === null ? Number.NEGATIVE_INFINITY : convertedAt - lookBackSeconds;
  let end = to;
  while (end > from && (times[end - 1] as number) > convertedAt) end--;
  let start = from;
  while (start < end && (times[start] as number) < earliest) start++;
  return { from: start, to: end };
}

export function selectJourneys(journeys: Journeys, selection: Selection): Journeys {
  const { rows } = selection;
  return {
    count: rows.length,
    starts: startsOf(selection),
    channels: selectCodes(journeys.channels, selection),
    channelCount: journeys.channelCount,
    conversions: pick(journeys.conversions, rows),
    values: pick(journeys.values, rows),
    nulls: pick(journeys.nulls, rows),
    times: journeys.times && {
      touches: selectCodes(journeys.times.touches, selection),
      conversions: pick(journeys.times.conversions, rows),
    },
    milestones: journeys.milestones && {
      lead: moved(journeys.milestones.lead, journeys.starts, selection),
      deal: moved(journeys.milestones.deal, journeys.starts, selection),
    },
  };
}

/** The selected touches' entries of a column of touches. */
export function selectCodes<Codes extends Uint8Array | Uint16Array | Uint32Array>(codes: Codes, { rows, from, to }: Selection): Codes {
  let size = 0;
  for (let at = 0; at < rows.length; at++) size += (to[at] as number) - (from[at] as number);
  const taken = new (codes.constructor as new (length: number) => Codes)(size);
  for (let at = 0, next = 0; at < rows.length; at++) {
    const end = to[at] as number;
    for (let touch = from[at] as number; touch < end; touch++) taken[next++] = codes[touch] as number;
  }
  return taken;
}

function startsOf({ rows, from, to }: Selection): Uint32Array {
  const starts = new Uint32Array(rows.length + 1);
  for (let at = 0; at < rows.length; at++) starts[at + 1] = (starts[at] as number) + (to[at] as number) - (from[at] as number);
  return starts;
}

function pick<Column extends Float64Array | Uint32Array>(column: Column, rows: Uint32Array): Column {
  const picked = new (column.constructor as new (length: number) => Column)(rows.length);
  for (let at = 0; at < rows.length; at++) picked[at] = column[rows[at] as number] as number;
  return picked;
}

/** Positions within the journey become positions within what is left of it: of the last touch left up to the one they name. */
function moved(positions: Int32Array, starts: Uint32Array, { rows, from, to }: Selection): Int32Array {
  const result = new Int32Array(rows.length).fill(-1);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    if ((positions[row] as number) < 0) continue;
    const touch = Math.min((starts[row] as number) + (positions[row] as number), (to[at] as number) - 1);
    if (touch >= (from[at] as number)) result[at] = touch - (from[at] as number);
  }
  return result;
}

function checkWindow(lookBackSeconds: number | null, timed: boolean): void {
  if (lookBackSeconds === null) return;
  if (!(lookBackSeconds >= 0)) throw new RangeError(`a look-back window of ${lookBackSeconds} seconds can’t be used; give a number from 0`);
  if (!timed) throw new RangeError('a look-back window needs the time of each touch; these paths only have their order');
}
