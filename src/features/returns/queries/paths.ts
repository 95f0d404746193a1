/** Which ways lead to conversion: links between steps, the most frequent paths, how long they are. */

import type { Database, WorkspaceId } from '#platform/db/database.ts';
import type { PathsAnswer, PathsAsk } from '../contract/attribution.ts';
import { answeredScope } from './attribution.ts';
import { notesOn, readAttributionState } from './attribution-state.ts';
import { type FreshJourneys, journeysOf } from './journey-columns.ts';
import { type ConvertedRows, isLive, type OpenRows } from './journey-store.ts';
import { selectConverted } from './selected-journeys.ts';

export async function answerPaths(database: Database, workspaceId: WorkspaceId, asked: PathsAsk): Promise<PathsAnswer> {
  const fresh = await journeysOf(database).fresh(workspaceId);
  const counted = countPaths(fresh, asked);
  const setting = fresh.setting?.number ?? null;
  const scope = answeredScope(asked, fresh);
  const state = await database.inWorkspace(workspaceId, (tx) => readAttributionState(tx, workspaceId, setting));
  return { ...scope, ...state, ...counted };
}

/** Nothing is awaited here: the columns change under whoever waits. */
function countPaths(
  fresh: FreshJourneys,
  asked: PathsAsk,
): Omit<PathsAnswer, keyof ReturnType<typeof answeredScope> | 'setting' | 'freshness'> {
  const { converted } = fresh.store;
  const rows = selectConverted(fresh, asked);
  const paths = groupByPath(converted, rows);
  const listed = paths
    .toSorted((a, b) => b.conversions - a.conversions || b.value - a.value || (a.key < b.key ? -1 : 1))
    .slice(0, asked.limit);
  const open = countOpen(fresh.store.open, listed);
  const wordsOf = (codes: readonly number[]): string[] => codes.map((code) => fresh.words.channel[code] ?? '');
  const total = { conversions: rows.length, value: 0, withoutTouches: 0 };
  for (const row of rows) {
    total.value += converted.amounts[row]!;
    if (converted.length[row] === 0) total.withoutTouches++;
  }
  const rest = paths.length - listed.length;
  return {
    ...flowsOf(paths, asked.steps, fresh.words.channel),
    paths: listed.map(({ channels, conversions, value }, at) => ({
      channels: wordsOf(channels),
      conversions,
      value: String(value),
      open: open[at]!,
    })),
    notShown: rest === 0 ? null : { paths: rest, ...beyond(paths, listed) },
    lengths: lengthsOf(converted, rows),
    daysToConvert: daysToConvert(converted, rows),
    total: { ...total, value: String(total.value) },
    notes: notesOn(fresh, rows),
  };
}

interface CountedPath {
  /** Codes; equal ones in a row are one. */
  readonly channels: readonly number[];
  readonly key: string;
  conversions: number;
  value: number;
}

function groupByPath(converted: ConvertedRows, rows: Uint32Array): CountedPath[] {
  const paths = new Map<string, CountedPath>();
  for (const row of rows) {
    if (converted.length[row] === 0) continue;
    const channels = collapsed(converted.touches.channels, converted.from[row]!, converted.length[row]!);
    const key = channels.join();
    let path = paths.get(key);
    if (!path) paths.set(key, (path = { channels, key, conversions: 0, value: 0 }));
    path.conversions++;
    path.value += converted.amounts[row]!;
  }
  return [...paths.values()];
}

function collapsed(codes: Uint16Array, from: number, length: number): number[] {
  const path: number[] = [];
  for (let at = from; at < from + length; at++) if (at === from || codes[at] !== codes[at - 1]) path.push(codes[at]!);
  return path;
}

function beyond(paths: readonly CountedPath[], listed: readonly CountedPath[]): { conversions: number; value: string } {
  const sum = (some: readonly CountedPath[], pick: (path: CountedPath) => number): number =>
    some.reduce((total, path) => total + pick(path), 0);
  return {
    conversions: sum(paths, (path) => path.conversions) - sum(listed, (path) => path.conversions),
    value: String(sum(paths, (path) => path.value) - sum(listed, (path) => path.value)),
  };
}

// ── open journeys along the listed paths ────────────────────────────────────

const step = (hash: number, code: number): number => Math.imul(hash ^ code, 0x01000193);

/** By hash first: a million open journeys are looked through without making their paths. */
function countOpen(open: OpenRows, listed: readonly CountedPath[]): number[] {
  const byHash = Map.groupBy(listed.keys(), (at) => listed[at]!.channels.reduce(step, 0x811c9dc5));
  const counts = new Array<number>(listed.length).fill(0);
  const { channels } = open.touches;
  for (let row = 0; row < open.count; row++) {
    if (!isLive(open, row)) continue;
    const from = open.from[row]!;
    const to = from + open.length[row]!;
    let hash = 0x811c9dc5;
    for (let at = from, before = -1; at < to; at++) {
      const code = channels[at]!;
      if (code !== before) hash = step(hash, code);
      before = code;
    }
    for (const at of byHash.get(hash) ?? []) if (isAlong(channels, from, to, listed[at]!.channels)) counts[at]! += 1;
  }
  return counts;
}

function isAlong(codes: Uint16Array, from: number, to: number, path: readonly number[]): boolean {
  let place = -1;
  for (let at = from; at < to; at++) {
    if (at > from && codes[at] === codes[at - 1]) continue;
    if (codes[at] !== path[++place]) return false;
  }
  return place === path.length - 1;
}

// ── steps and the links between them ────────────────────────────────────────

interface Flow {
  conversions: number;
  value: number;
}

/** A path's stations are numbers, so that ten thousand paths make no texts: step × 65,536 + channel, and the two ends. */
function flowsOf(paths: readonly CountedPath[], steps: number, words: readonly (string | null)[]): Pick<PathsAnswer, 'nodes' | 'links'> {
  const more = steps * stationsAStep;
  const converted = (steps + 1) * stationsAStep;
  const nodes = new Map<number, Flow>();
  const links = new Map<number, Flow>();
  for (const { channels, conversions, value } of paths) {
    let before = -1;
    const pass = (station: number): void => {
      addFlow(nodes, station, conversions, value);
      if (before >= 0) addFlow(links, before * (steps + 2) * stationsAStep + station, conversions, value);
      before = station;
    };
    for (let at = 0; at < channels.length && at < steps; at++) pass(at * stationsAStep + channels[at]!);
    if (channels.length > steps) pass(more);
    pass(converted);
  }
  const idOf = (station: number): string =>
    station === more ? 'more' : station === converted ? 'converted' : `${Math.floor(station / stationsAStep)}:${station % stationsAStep}`;
  const told = ({ conversions, value }: Flow) => ({ conversions, value: String(value) });
  return {
    nodes: [...nodes]
      .map(([station, flow]) => {
        const kind = station === more ? 'more' : station === converted ? 'converted' : 'channel';
        const channel = kind === 'channel' ? (words[station % stationsAStep] ?? null) : null;
        return { id: idOf(station), step: Math.floor(station / stationsAStep), kind, channel, ...told(flow) } as const;
      })
      .sort((a, b) => a.step - b.step || b.conversions - a.conversions),
    links: [...links]
      .map(([link, flow]) => {
        const all = (steps + 2) * stationsAStep;
        return { source: idOf(Math.floor(link / all)), target: idOf(link % all), ...told(flow) };
      })
      .sort((a, b) => b.conversions - a.conversions),
  };
}

const stationsAStep = 65_536;

function addFlow(flows: Map<number, Flow>, key: number, conversions: number, value: number): void {
  const flow = flows.get(key);
  if (!flow) flows.set(key, { conversions, value });
  else {
    flow.conversions += conversions;
    flow.value += value;
  }
}

// ── how long it takes ───────────────────────────────────────────────────────

const mostTouchesApart = 20;

function lengthsOf(converted: ConvertedRows, rows: Uint32Array): PathsAnswer['lengths'] {
  const counts = new Array<number>(mostTouchesApart + 2).fill(0);
  for (const row of rows) counts[Math.min(converted.length[row]!, mostTouchesApart + 1)]! += 1;
  return counts.flatMap((conversions, touches) => (conversions > 0 ? [{ touches, conversions }] : []));
}

function daysToConvert(converted: ConvertedRows, rows: Uint32Array): PathsAnswer['daysToConvert'] {
  const seconds: number[] = [];
  for (const row of rows)
    if (converted.length[row]! > 0) seconds.push(converted.seconds[row]! - converted.touches.seconds[converted.from[row]!]!);
  if (seconds.length === 0) return null;
  const sorted = Float64Array.from(seconds).sort();
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1]! / 86_400;
  return { median: at(0.5), p90: at(0.9) };
}
