/** Journeys to measure attribution with: in memory, and the same as two files in no particular order. */

import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Journeys } from '#engine/attribution/journeys.ts';

export const channelNames = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta', 'iota', 'kappa', 'lambda', 'mi'];

/** One in so many converts. */
const perConversion = 20;
const begin = Date.UTC(2025, 0, 1) / 1000;
const day = 86_400;

/**
 * Four touches a journey on average (1 to 13, most have few), of twelve channels, over 300 days; one journey in twenty
 * converts within a day of its last touch, with a value of up to 1,000.00. The same for the same count.
 */
export function makeBenchJourneys(count: number): Journeys {
  const random = seeded(count);
  const starts = new Uint32Array(count + 1);
  for (let row = 0; row < count; row++) {
    let touches = 1;
    while (touches < 13 && random() < 0.757) touches++;
    starts[row + 1] = starts[row]! + touches;
  }
  const total = starts[count]!;
  const channels = new Uint16Array(total);
  const times = { touches: new Uint32Array(total), conversions: new Uint32Array(count) };
  const [conversions, values, nulls] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  for (let row = 0; row < count; row++) {
    let time = begin + Math.floor(random() * 250 * day);
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      channels[at] = Math.floor(channelNames.length * random() * random());
      times.touches[at] = time;
      time += 1 + Math.floor(random() * 4 * day);
    }
    times.conversions[row] = time;
    values[row] = 1 + Math.floor(random() * 100_000);
    if (random() * perConversion < 1) conversions[row] = 1;
    else nulls[row] = 1;
  }
  for (let row = 0; row < count; row++) if (conversions[row] === 0) values[row] = 0;
  return { count, starts, channels, channelCount: channelNames.length, conversions, values, nulls, times, milestones: null };
}

/** The same journeys, every one of them converting. */
export function allConverting(journeys: Journeys): Journeys {
  const random = seeded(journeys.count + 1);
  return {
    ...journeys,
    conversions: new Float64Array(journeys.count).fill(1),
    values: Float64Array.from({ length: journeys.count }, () => 1 + Math.floor(random() * 100_000)),
    nulls: new Float64Array(journeys.count),
  };
}

export interface JourneyFiles {
  readonly touches: string;
  readonly conversions: string;
  readonly megabytes: number;
}

/** `touches.csv` and `conversions.csv`, rows shuffled. */
export function writeJourneyFiles(journeys: Journeys, folder: string): JourneyFiles {
  const { count, starts, channels, times, conversions, values } = journeys;
  const row = new Uint32Array(starts[count]!);
  for (let journey = 0; journey < count; journey++) row.fill(journey, starts[journey], starts[journey + 1]);
  const files = { touches: join(folder, 'touches.csv'), conversions: join(folder, 'conversions.csv') };
  const touchBytes = writeLines(
    files.touches,
    'journey_id,at,channel\n',
    shuffled(starts[count]!),
    (at) => `${idOf(row[at]!)},${instantOf(times!.touches[at]!)},${channelNames[channels[at]!]}\n`,
  );
  const conversionBytes = writeLines(files.conversions, 'journey_id,at,value\n', shuffled(count), (journey) =>
    conversions[journey] === 0
      ? ''
      : `${idOf(journey)},${instantOf(times!.conversions[journey]!)},${(values[journey]! / 100).toFixed(2)}\n`,
  );
  return { ...files, megabytes: (touchBytes + conversionBytes) / 1e6 };
}

/** A row for each journey that converts, as numbers: journey, at, value. */
export function writeConverting({ count, times, values }: Journeys, folder: string): string {
  const path = join(folder, 'everyone.csv');
  const order = new Uint32Array(count).map((_, at) => at);
  writeLines(path, 'journey,at,value\n', order, (journey) => `${journey},${times!.conversions[journey]},${values[journey]}\n`);
  return path;
}

function writeLines(path: string, header: string, order: Uint32Array, line: (at: number) => string): number {
  const file = openSync(path, 'w');
  let text = header;
  let bytes = 0;
  for (const at of order) {
    text += line(at);
    if (text.length > 1 << 20) {
      bytes += writeSync(file, text);
      text = '';
    }
  }
  bytes += writeSync(file, text);
  closeSync(file);
  return bytes;
}

/** Of eight characters, as DuckDB's other table has them without the letter. */
const idOf = (journey: number): string => `j${String(journey).padStart(7, '0')}`;

const days = new Map<number, string>();
const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

function instantOf(second: number): string {
  const date = Math.floor(second / day);
  let text = days.get(date);
  if (text === undefined) days.set(date, (text = new Date(date * day * 1000).toISOString().slice(0, 11)));
  const rest = second % day;
  return `${text}${twoDigits[Math.floor(rest / 3600)]}:${twoDigits[Math.floor(rest / 60) % 60]}:${twoDigits[rest % 60]}Z`;
}

function shuffled(count: number): Uint32Array {
  const random = seeded(count + 2);
  const order = new Uint32Array(count).map((_, at) => at);
  for (let at = count - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return order;
}

/** Numbers in [0, 1): a 32-bit counter, mixed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
