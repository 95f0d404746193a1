/** Which ways lead to conversion: links between steps, the most frequent paths, how long they are. */

import type { Database, WorkspaceId } from '#platform/db/database.ts';
import type { FlowStation } from '../contract/credits.ts';
import type { PathsAnswer, PathsAsk } from '../contract/paths.ts';
import { answeredScope } from './attribution.ts';
import { notesOn, readAttributionState } from './attribution-state.ts';
import { creditsPath, openJourneysPath } from './credits-path.ts';
import { type FreshJourneys, journeysOf } from './journey-columns.ts';
import { type ConvertedRows, isLive, type OpenRows } from './journey-store.ts';
import { selectConverted } from './selected-journeys.ts';
import {
  channelOf,
  convertedStation,
  endsOf,
  isAlong,
  lengthTold,
  linkOf,
  longerThanTold,
  moreStation,
  rankedWays,
  stationsOf,
  stepOf,
  type Way,
} from './ways.ts';

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
  const { converted, open } = fresh.store;
  const rows = selectConverted(fresh, asked);
  const ways = rankedWays(converted, rows);
  const listed = ways.slice(0, asked.limit);
  return {
    ...flowsOf(ways, asked, fresh.words.channel),
    paths: pathsOf(listed, countOpen(open, listed), asked, fresh.words.channel),
    notShown: beyond(ways, asked),
    lengths: lengthsOf(converted, rows, asked),
    daysToConvert: daysToConvert(converted, rows),
    total: totalOf(converted, rows, asked),
    notes: notesOn(fresh, rows),
  };
}

const openedWay = (asked: PathsAsk, of: Parameters<typeof creditsPath>[1]): string => creditsPath({ ...asked, by: 'channel' }, of);

/** Beside it, a request has its headers; a server takes 16 KiB of both. */
const longestAddress = 8_000;

function pathsOf(
  listed: readonly Way[],
  open: readonly number[],
  asked: PathsAsk,
  words: readonly (string | null)[],
): PathsAnswer['paths'] {
  return listed.map(({ channels, conversions, value }, at) => {
    const path = channels.map((code) => words[code] ?? null);
    const recordsUrl = openedWay(asked, { path });
    const isLong = recordsUrl.length > longestAddress;
    return {
      channels: path.map((channel) => channel ?? ''),
      conversions,
      value: String(value),
      open: open[at]!,
      openUrl: isLong ? null : openJourneysPath(path),
      recordsUrl: isLong ? null : recordsUrl,
    };
  });
}

function beyond(ways: readonly Way[], asked: PathsAsk): PathsAnswer['notShown'] {
  const rest = ways.slice(asked.limit);
  if (rest.length === 0) return null;
  const sum = (pick: (way: Way) => number): number => rest.reduce((total, way) => total + pick(way), 0);
  return {
    paths: rest.length,
    conversions: sum(({ conversions }) => conversions),
    value: String(sum(({ value }) => value)),
    recordsUrl: openedWay(asked, { beyond: asked.limit }),
  };
}

function totalOf(converted: ConvertedRows, rows: Uint32Array, asked: PathsAsk): PathsAnswer['total'] {
  let [value, withoutTouches] = [0, 0];
  for (const row of rows) {
    value += converted.amounts[row]!;
    if (converted.length[row] === 0) withoutTouches++;
  }
  return {
    conversions: rows.length,
    value: String(value),
    recordsUrl: openedWay(asked, {}),
    withoutTouches,
    withoutTouchesUrl: openedWay(asked, { which: 'unattributed' }),
  };
}

// ── open journeys along the listed paths ────────────────────────────────────

const step = (hash: number, code: number): number => Math.imul(hash ^ code, 0x01000193);

/** By hash first: a million open journeys are looked through without making their paths. */
function countOpen(open: OpenRows, listed: readonly Way[]): number[] {
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
    for (const at of byHash.get(hash) ?? []) if (isAlong(open, row, listed[at]!.channels)) counts[at]! += 1;
  }
  return counts;
}

// ── steps and the links between them ────────────────────────────────────────

interface Flow {
  conversions: number;
  value: number;
}

function flowsOf(ways: readonly Way[], asked: PathsAsk, words: readonly (string | null)[]): Pick<PathsAnswer, 'nodes' | 'links'> {
  const { steps } = asked;
  const nodes = new Map<number, Flow>();
  const links = new Map<number, Flow>();
  for (const { channels, conversions, value } of ways) {
    const stations = stationsOf(channels, steps);
    for (const [at, station] of stations.entries()) {
      addFlow(nodes, station, conversions, value);
      if (at > 0) addFlow(links, linkOf(stations[at - 1]!, station, steps), conversions, value);
    }
  }
  const told = ({ conversions, value }: Flow) => ({ conversions, value: String(value) });
  const written = (station: number): FlowStation => writtenStation(station, steps, words);
  return {
    nodes: [...nodes]
      .map(([station, flow]) => {
        const recordsUrl = openedWay(asked, { at: written(station), steps });
        return { ...nodeOf(station, steps, words), step: stepOf(station), ...told(flow), recordsUrl };
      })
      .sort((a, b) => a.step - b.step || b.conversions - a.conversions),
    links: [...links]
      .map(([link, flow]) => {
        const [source, target] = endsOf(link, steps);
        const recordsUrl = openedWay(asked, { at: written(source), to: written(target), steps });
        return { source: idOf(source, steps), target: idOf(target, steps), ...told(flow), recordsUrl };
      })
      .sort((a, b) => b.conversions - a.conversions),
  };
}

function addFlow(flows: Map<number, Flow>, key: number, conversions: number, value: number): void {
  const flow = flows.get(key);
  if (!flow) flows.set(key, { conversions, value });
  else {
    flow.conversions += conversions;
    flow.value += value;
  }
}

type Node = PathsAnswer['nodes'][number];
const kindOf = (station: number, steps: number): Node['kind'] =>
  station === moreStation(steps) ? 'more' : station === convertedStation(steps) ? 'converted' : 'channel';

function idOf(station: number, steps: number): string {
  const kind = kindOf(station, steps);
  return kind === 'channel' ? `${stepOf(station)}:${channelOf(station)}` : kind;
}

function nodeOf(station: number, steps: number, words: readonly (string | null)[]): Pick<Node, 'id' | 'kind' | 'channel'> {
  const kind = kindOf(station, steps);
  return { id: idOf(station, steps), kind, channel: kind === 'channel' ? (words[channelOf(station)] ?? null) : null };
}

/** Codes are of the setting; an address that is kept has the words. */
function writtenStation(station: number, steps: number, words: readonly (string | null)[]): FlowStation {
  const { kind, channel } = nodeOf(station, steps, words);
  return kind === 'channel' ? [stepOf(station), channel] : kind;
}

// ── how long it takes ───────────────────────────────────────────────────────

function lengthsOf(converted: ConvertedRows, rows: Uint32Array, asked: PathsAsk): PathsAnswer['lengths'] {
  const counts = new Array<number>(longerThanTold + 1).fill(0);
  for (const row of rows) counts[lengthTold(converted, row)]! += 1;
  return counts.flatMap((conversions, touches) => {
    if (conversions === 0) return [];
    const recordsUrl = openedWay(asked, touches === 0 ? { which: 'unattributed' } : { length: touches });
    return [{ touches, conversions, recordsUrl }];
  });
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
