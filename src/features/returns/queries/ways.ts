/** The ways journeys went: their channels one after the other, equal ones in a row being one step. What counts ways and what opens them asks here. */

import type { ConvertedRows, OpenRows } from './journey-store.ts';

export interface Way {
  /** Codes. */
  readonly channels: readonly number[];
  readonly key: string;
  conversions: number;
  value: number;
}

/** Most conversions first. Journeys without a touch went no way. */
export function rankedWays(converted: ConvertedRows, rows: Uint32Array): Way[] {
  const ways = new Map<string, Way>();
  for (const row of rows) {
    if (converted.length[row] === 0) continue;
    const channels = wayOf(converted, row);
    const key = channels.join();
    let way = ways.get(key);
    if (!way) ways.set(key, (way = { channels, key, conversions: 0, value: 0 }));
    way.conversions++;
    way.value += converted.amounts[row]!;
  }
  return [...ways.values()].sort((a, b) => b.conversions - a.conversions || b.value - a.value || (a.key < b.key ? -1 : 1));
}

/** Converting journeys, or open ones. */
type Rows = Pick<OpenRows, 'touches' | 'from' | 'length'>;

export function wayOf({ touches: { channels }, from, length }: Rows, row: number): number[] {
  const way: number[] = [];
  const first = from[row]!;
  for (let at = first; at < first + length[row]!; at++) if (at === first || channels[at] !== channels[at - 1]) way.push(channels[at]!);
  return way;
}

/** Whether a journey went exactly this way, told without making its own. */
export function isAlong({ touches: { channels }, from, length }: Rows, row: number, way: readonly number[]): boolean {
  const first = from[row]!;
  let place = -1;
  for (let at = first; at < first + length[row]!; at++) {
    if (at > first && channels[at] === channels[at - 1]) continue;
    if (channels[at] !== way[++place]) return false;
  }
  return place === way.length - 1;
}

// ── stations ────────────────────────────────────────────────────────────────

/** Stations are numbers, so that ten thousand ways make no texts: step × 65,536 + channel, and the two ends. */
const stationsAStep = 65_536;
export const stationAt = (step: number, channel: number): number => step * stationsAStep + channel;
export const moreStation = (steps: number): number => stationAt(steps, 0);
export const convertedStation = (steps: number): number => stationAt(steps + 1, 0);
export const stepOf = (station: number): number => Math.floor(station / stationsAStep);
export const channelOf = (station: number): number => station % stationsAStep;
/** A number for each link: less than 2^53 with up to eight steps. */
export const linkOf = (source: number, target: number, steps: number): number => source * stationAt(steps + 2, 0) + target;
export const endsOf = (link: number, steps: number): [number, number] => [
  Math.floor(link / stationAt(steps + 2, 0)),
  link % stationAt(steps + 2, 0),
];

/** What a way passes: a station for each of its first steps, `more` where there are others, and the conversion. */
export function stationsOf(channels: readonly number[], steps: number): number[] {
  const stations = channels.slice(0, steps).map((channel, step) => stationAt(step, channel));
  if (channels.length > steps) stations.push(moreStation(steps));
  stations.push(convertedStation(steps));
  return stations;
}

// ── lengths ─────────────────────────────────────────────────────────────────

/** Longer journeys count together. */
export const longerThanTold = 21;
/** Touches of a journey, as they are told: 0 … 20, and 21 for more. */
export const lengthTold = ({ length }: ConvertedRows, row: number): number => Math.min(length[row]!, longerThanTold);
