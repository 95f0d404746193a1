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
    .toSorted((a, b) => b.conversions - a.conversions || b.value - a.value || (a.channels.join() < b.channels.join() ? -1 : 1))
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
    if (!path) paths.set(key, (path = { channels, conversions: 0, value: 0 }));
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

function flowsOf(paths: readonly CountedPath[], steps: number, words: readonly (string | null)[]): Pick<PathsAnswer, 'nodes' | 'links'> {
  const nodes = new Map<
    string,
    { step: number; kind: 'channel' | 'more' | 'converted'; channel: string | null; conversions: number; value: number }
  >();
  const links = new Map<string, { source: string; target: string; conversions: number; value: number }>();
  for (const { channels, conversions, value } of paths) {
    const stations = channels
      .slice(0, steps)
      .map((code, at) => ({ id: `${at}:${code}`, step: at, kind: 'channel' as const, channel: words[code] ?? null }));
    const more = channels.length > steps ? [{ id: 'more', step: steps, kind: 'more' as const, channel: null }] : [];
    const way = [...stations, ...more, { id: 'converted', step: steps + 1, kind: 'converted' as const, channel: null }];
    for (const [at, { id, ...station }] of way.entries()) {
      const node = nodes.get(id) ?? { ...station, conversions: 0, value: 0 };
      nodes.set(id, { ...node, conversions: node.conversions + conversions, value: node.value + value });
      if (at === 0) continue;
      const source = way[at - 1]!.id;
      const link = links.get(`${source} ${id}`) ?? { source, target: id, conversions: 0, value: 0 };
      links.set(`${source} ${id}`, { ...link, conversions: link.conversions + conversions, value: link.value + value });
    }
  }
  const shown = <T extends { conversions: number; value: number }>(each: T) => ({ ...each, value: String(each.value) });
  return {
    nodes: [...nodes].map(([id, node]) => ({ id, ...shown(node) })).sort((a, b) => a.step - b.step || b.conversions - a.conversions),
    links: [...links.values()].map(shown).sort((a, b) => b.conversions - a.conversions),
  };
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
