/** The journeys that a question is about, as the columns that the engine credits. */

import type { Journeys } from '#engine/attribution/journeys.ts';
import { findCode } from '#engine/funnel/dictionary.ts';
import { monthText } from '#engine/time/months.ts';
import { dayNumber } from '#engine/values/calendarDay.ts';
import type { AttributionBy } from '../contract/attribution.ts';
import type { FreshJourneys } from './journey-columns.ts';
import { type ConvertedRows, isLive } from './journey-store.ts';

export interface JourneyScope {
  /** `YYYY-MM-DD`, both included; of the conversion. */
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly segment?: string | null | undefined;
}

/** Rows of converting journeys, in the order in which they stand. */
export function selectConverted({ store }: FreshJourneys, { start, end, segment }: JourneyScope): Uint32Array {
  const { converted, segments } = store;
  const [first, last] = daysOf(start, end);
  const code = segment === undefined ? -1 : findCode(segments, segment);
  if (code === null) return new Uint32Array(0);
  const rows = new Uint32Array(converted.count);
  let count = 0;
  for (let row = 0; row < converted.count; row++) {
    const day = converted.days[row]!;
    if (day < first || day > last || !isLive(converted, row) || (code >= 0 && converted.segment[row] !== code)) continue;
    rows[count++] = row;
  }
  return rows.subarray(0, count);
}

/** Days since 1970, open where nothing is said. */
export const daysOf = (start: string | undefined, end: string | undefined): [number, number] => [
  start === undefined ? -Infinity : dayOf(start),
  end === undefined ? Infinity : dayOf(end),
];

function dayOf(text: string): number {
  const [year, month, day] = text.split('-').map(Number);
  return dayNumber(year!, month!, day!);
}

/** What the engine credits: one row each, its touches oldest first. */
export function engineJourneys({ store, words }: FreshJourneys, rows: Uint32Array): Journeys {
  const { converted } = store;
  const starts = startsOf(converted, rows);
  return {
    count: rows.length,
    starts,
    channels: gather(converted, rows, starts, converted.touches.channels),
    channelCount: words.channel.length,
    conversions: new Float64Array(rows.length).fill(1),
    values: Float64Array.from(rows, (row) => converted.amounts[row]!),
    nulls: new Float64Array(rows.length),
    times: {
      touches: gather(converted, rows, starts, converted.touches.seconds),
      conversions: Uint32Array.from(rows, (row) => converted.seconds[row]!),
    },
    milestones: {
      lead: Int32Array.from(rows, (row) => converted.lead[row]!),
      deal: Int32Array.from(rows, (row) => converted.deal[row]!),
    },
  };
}

/**
 * What data-driven models learn from: converting journeys, and those that have not converted by now and had their last touch
 * in the period. Only the order of touches counts.
 */
export function learnedJourneys(fresh: FreshJourneys, scope: Pick<JourneyScope, 'start' | 'end'>): Journeys {
  const { store, words } = fresh;
  const converted = engineJourneys(fresh, selectConverted(fresh, scope));
  const [first, last] = daysOf(scope.start, scope.end);
  const { open } = store;
  const rows: number[] = [];
  for (let row = 0; row < open.count; row++) if (isLive(open, row) && open.days[row]! >= first && open.days[row]! <= last) rows.push(row);
  const count = converted.count + rows.length;
  const starts = new Uint32Array(count + 1);
  starts.set(converted.starts);
  for (const [at, row] of rows.entries()) starts[converted.count + at + 1] = starts[converted.count + at]! + open.length[row]!;
  const channels = new Uint16Array(starts[count]!);
  channels.set(converted.channels);
  for (const [at, row] of rows.entries())
    channels.set(open.touches.channels.subarray(open.from[row]!, open.from[row]! + open.length[row]!), starts[converted.count + at]!);
  const padded = (values: Float64Array, rest: number): Float64Array => {
    const all = new Float64Array(count).fill(rest);
    all.set(values);
    return all;
  };
  return {
    ...{ count, starts, channels, channelCount: words.channel.length, times: null, milestones: null },
    conversions: padded(converted.conversions, 0),
    values: padded(converted.values, 0),
    nulls: padded(converted.nulls, 1),
  };
}

function startsOf(converted: ConvertedRows, rows: Uint32Array): Uint32Array {
  const starts = new Uint32Array(rows.length + 1);
  for (let at = 0; at < rows.length; at++) starts[at + 1] = starts[at]! + converted.length[rows[at]!]!;
  return starts;
}

function gather<Column extends Uint16Array | Uint32Array | Uint8Array>(
  converted: ConvertedRows,
  rows: Uint32Array,
  starts: Uint32Array,
  column: Column,
): Column {
  const gathered = new (column.constructor as new (length: number) => Column)(starts[rows.length]!);
  for (let at = 0; at < rows.length; at++) {
    const from = converted.from[rows[at]!]!;
    const end = starts[at + 1]!;
    for (let to = starts[at]!, touch = from; to < end; to++, touch++) gathered[to] = column[touch]!;
  }
  return gathered;
}

/** A code for each touch of the journeys, and which group it stands for. */
export interface TouchGroupCodes {
  readonly codes: Uint16Array | Uint32Array;
  readonly count: number;
  groupOf(code: number): string | null;
}

export function groupsOfTouches(
  { store, words }: FreshJourneys,
  rows: Uint32Array,
  journeys: Journeys,
  by: AttributionBy,
): TouchGroupCodes {
  const { converted, segments } = store;
  const { touches } = converted;
  const coded = (codes: Uint16Array | Uint32Array, texts: readonly (string | null)[]): TouchGroupCodes => ({
    codes,
    count: texts.length,
    groupOf: (code) => texts[code] ?? null,
  });
  if (by === 'channel') return coded(journeys.channels, words.channel);
  if (by === 'campaign') return coded(gather(converted, rows, journeys.starts, touches.campaigns), words.campaign);
  if (by === 'content') return coded(gather(converted, rows, journeys.starts, touches.contents), words.content);
  if (by === 'member') return coded(gather(converted, rows, journeys.starts, touches.members), words.member);
  if (by === 'segment')
    return coded(
      ofJourneys(journeys, rows, (row) => converted.segment[row]!),
      segments.texts,
    );
  return fromTheFirst(gather(converted, rows, journeys.starts, touches.months));
}

/** Months counted from the first there is, so that there are few codes. */
function fromTheFirst(months: Uint16Array): TouchGroupCodes {
  let [first, last] = [65_535, 0];
  for (const month of months) {
    if (month < first) first = month;
    if (month > last) last = month;
  }
  return { codes: months.map((month) => month - first), count: Math.max(0, last - first + 1), groupOf: (code) => monthText(first + code) };
}

/** The same code for all touches of a journey. */
function ofJourneys(journeys: Journeys, rows: Uint32Array, codeOf: (row: number) => number): Uint32Array {
  const codes = new Uint32Array(journeys.starts[rows.length]!);
  for (let at = 0; at < rows.length; at++) codes.fill(codeOf(rows[at]!), journeys.starts[at]!, journeys.starts[at + 1]!);
  return codes;
}

export interface GroupPresence {
  /** Touches of each group. */
  readonly touches: Uint32Array;
  /** Journeys with at least one touch of it. */
  readonly journeys: Uint32Array;
}

export function countPresence({ starts, count }: Journeys, { codes, count: groups }: TouchGroupCodes): GroupPresence {
  const touches = new Uint32Array(groups);
  const journeys = new Uint32Array(groups);
  const last = new Int32Array(groups).fill(-1);
  for (let row = 0; row < count; row++)
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      const group = codes[at]!;
      touches[group]! += 1;
      if (last[group] === row) continue;
      last[group] = row;
      journeys[group]! += 1;
    }
  return { touches, journeys };
}
