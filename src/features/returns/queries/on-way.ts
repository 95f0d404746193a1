/** Which of the selected journeys went the way that somebody opened. */

import type { CreditsAsk, FlowStation } from '../contract/credits.ts';
import type { FreshJourneys } from './journey-columns.ts';
import { convertedStation, isAlong, lengthTold, moreStation, rankedWays, stationAt, stationsOf, wayOf } from './ways.ts';

type RowTest = (row: number) => boolean;
type AskedWay = Pick<CreditsAsk, 'path' | 'beyond' | 'at' | 'to' | 'steps' | 'length'>;

/** @param rows those of the asked period and segment; in the same order, only those on the asked way */
export function onWay(fresh: FreshJourneys, rows: Uint32Array, asked: AskedWay): Uint32Array {
  const { path, beyond, at, length } = asked;
  const { converted } = fresh.store;
  const tests: RowTest[] = [];
  if (length !== undefined) tests.push((row) => lengthTold(converted, row) === length);
  if (path !== undefined) tests.push(alongPath(fresh, path));
  if (at !== undefined) tests.push(throughStation(fresh, asked, at));
  if (beyond !== undefined) tests.push(beyondThe(fresh, rows, beyond));
  return tests.length === 0 ? rows : rows.filter((row) => tests.every((test) => test(row)));
}

/** −1, which no touch has, for a channel that there is not. */
const codeOf = ({ words }: FreshJourneys, channel: string | null): number => words.channel.indexOf(channel);

function alongPath(fresh: FreshJourneys, path: readonly (string | null)[]): RowTest {
  const { converted } = fresh.store;
  const codes = path.map((channel) => codeOf(fresh, channel));
  return (row) => isAlong(converted, row, codes);
}

function throughStation(fresh: FreshJourneys, { steps, to }: AskedWay, at: FlowStation): RowTest {
  const { converted } = fresh.store;
  const numberOf = (station: FlowStation): number => {
    if (station === 'more') return moreStation(steps);
    if (station === 'converted') return convertedStation(steps);
    const [step, channel] = station;
    const code = codeOf(fresh, channel);
    return code < 0 || step >= steps ? -1 : stationAt(step, code);
  };
  const [passed, next] = [numberOf(at), to === undefined ? null : numberOf(to)];
  return (row) => {
    if (converted.length[row] === 0) return false;
    const stations = stationsOf(wayOf(converted, row), steps);
    const place = stations.indexOf(passed);
    return place >= 0 && (next === null || stations[place + 1] === next);
  };
}

/** Ways are compared, not written as texts once more: 110 ms instead of 170 at 45,000 ways of 14 touches, nearly all different. */
function beyondThe({ store: { converted } }: FreshJourneys, rows: Uint32Array, most: number): RowTest {
  const listed = Map.groupBy(rankedWays(converted, rows).slice(0, most), ({ channels }) => channels[0]!);
  const { from, length, touches } = converted;
  const isListed = (row: number): boolean =>
    listed.get(touches.channels[from[row]!]!)?.some(({ channels }) => isAlong(converted, row, channels)) ?? false;
  return (row) => length[row]! > 0 && !isListed(row);
}
