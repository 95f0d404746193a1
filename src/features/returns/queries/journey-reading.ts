/** Reads rows of `journeys` out of a binary COPY into the store. */

import { codeOf } from '#engine/funnel/dictionary.ts';
import { monthOfDay } from '#engine/time/months.ts';
import { dayReader } from '#engine/time/zone-days.ts';
import { makeBytesMemo } from '#platform/db/bytes-memo.ts';
import { cutRows, instantAt, type RowFeed } from '#platform/db/copy-rows.ts';
import { convertedHeader, hasConversion, noRate, openHeader } from './journey-bytes.ts';
import { type JourneyKey, type JourneyStore, putJourney, removeJourney } from './journey-store.ts';

/** The columns in the order in which they are read. */
export const readColumns = 'unit_id, place, gone, converted_at, amount, segment, touches';

const utf8 = new TextDecoder();

/** A stored row; the instant is microseconds since 1970. */
interface StoredJourney {
  readonly key: JourneyKey;
  readonly convertedAt: number;
  /** 0 where there is none. */
  readonly amount: number;
  /** Code of `segments`. */
  readonly segment: number;
  readonly bytes: DataView;
}

/** Puts rows into the store, in place of what stood there of the same unit and place. */
export function storeWriter(store: JourneyStore, timeZone: string): (journey: StoredJourney) => void {
  const dayOf = dayReader(timeZone);
  const dayOfSecond = (second: number): number => dayOf(second * 1_000_000);
  const { converted } = store;
  return ({ key, convertedAt, amount, segment, bytes }) => {
    if ((bytes.getUint8(1) & hasConversion) === 0) return readOpen(store, key, bytes, dayOfSecond);
    const row = readConverted(store, key, bytes, dayOfSecond);
    converted.seconds[row] = Math.min(2 ** 32 - 1, Math.max(0, Math.floor(convertedAt / 1_000_000)));
    converted.days[row] = dayOf(convertedAt);
    converted.amounts[row] = amount;
    converted.segment[row] = segment;
  };
}

export function readJourneys(store: JourneyStore, timeZone: string): RowFeed {
  const put = storeWriter(store, timeZone);
  const segments = makeBytesMemo((bytes) => codeOf(store.segments, utf8.decode(bytes)));
  const key: { id: Uint32Array; place: number } = { id: new Uint32Array(4), place: 0 };
  return cutRows((view, start) => {
    for (let word = 0; word < 4; word++) key.id[word] = view.getUint32(start + 4 + word * 4);
    key.place = view.getInt32(start + 24);
    if (view.getUint8(start + 32) === 1) return removeJourney(store, key);
    let at = start + 33;
    const hasMoment = view.getInt32(at) >= 0;
    const convertedAt = hasMoment ? instantAt(view, at + 4) : 0;
    at += hasMoment ? 12 : 4;
    const hasAmount = view.getInt32(at) >= 0;
    const amount = hasAmount ? Number(view.getBigInt64(at + 4)) : 0;
    at += hasAmount ? 12 : 4;
    const segmentLength = view.getInt32(at);
    const segment = segmentLength < 0 ? 0 : segments.codeOf(view, at + 4, at + 4 + segmentLength);
    at += 4 + Math.max(0, segmentLength);
    put({ key, convertedAt, amount, segment, bytes: new DataView(view.buffer, view.byteOffset + at + 4, view.getInt32(at)) });
  });
}

function readOpen(store: JourneyStore, key: JourneyKey, bytes: DataView, dayOf: (second: number) => number): void {
  const touches = (bytes.byteLength - openHeader) / 2;
  const row = putJourney(store, 'open', key, touches);
  const { open } = store;
  open.days[row] = dayOf(bytes.getUint32(4, true));
  const from = open.from[row]!;
  for (let i = 0; i < touches; i++) open.touches.channels[from + i] = bytes.getUint16(openHeader + i * 2, true);
}

/** @returns the row */
function readConverted(store: JourneyStore, key: JourneyKey, bytes: DataView, dayOf: (second: number) => number): number {
  const n = (bytes.byteLength - convertedHeader) / 19;
  const row = putJourney(store, 'converted', key, n);
  const { converted, currencies } = store;
  const flags = bytes.getUint8(1);
  converted.flags[row] = flags;
  converted.currency[row] = (flags & noRate) === 0 ? 0 : codeOf(currencies, currencyIn(bytes));
  converted.lead[row] = bytes.getInt32(16, true);
  converted.deal[row] = bytes.getInt32(20, true);
  const { touches } = converted;
  const to = converted.from[row]!;
  for (let i = 0, at = convertedHeader; i < n; i++, at += 4) {
    const second = bytes.getUint32(at, true);
    touches.seconds[to + i] = second;
    touches.months[to + i] = monthOfDay(dayOf(second));
    touches.campaigns[to + i] = bytes.getUint32(at + 4 * n, true);
    touches.contents[to + i] = bytes.getUint32(at + 8 * n, true);
    touches.members[to + i] = bytes.getUint32(at + 12 * n, true);
  }
  for (let i = 0, at = convertedHeader + 16 * n; i < n; i++) {
    touches.channels[to + i] = bytes.getUint16(at + 2 * i, true);
    touches.sides[to + i] = bytes.getUint8(at + 2 * n + i);
  }
  return row;
}

const currencyIn = (bytes: DataView): string => String.fromCharCode(bytes.getUint8(2), bytes.getUint8(3), bytes.getUint8(4));
