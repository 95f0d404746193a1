/** Journeys from plain rows: for small inputs, paths and tests. Large ones are read straight into columns by their reader. */

import { codeOf, makeDictionary, type Dictionary } from '#engine/funnel/dictionary.ts';
import type { Journeys } from './journeys.ts';

export interface NamedJourneys {
  readonly journeys: Journeys;
  /** Names of the channel codes; code 0 stands for touches without one. */
  readonly channels: Dictionary;
}

export interface PathRow {
  /** Channels in order, such as “A > B > C”; blank: no touch at all. */
  readonly path: string;
  readonly conversions: number;
  /** Of all its conversions together, in whole units. */
  readonly value: number;
  readonly nulls: number;
}

/**
 * Journeys of paths: their order is known, neither times nor milestones are.
 * @throws RangeError for a path with a blank step, a negative count, or more than 65,535 channels; it names the row, from 1
 */
export function journeysOfPaths(rows: readonly PathRow[]): NamedJourneys {
  const channels = makeDictionary();
  const paths = rows.map((row, at) => stepsOf(row.path, at + 1).map((step) => channelCode(channels, step)));
  const columns = columnsOf(rows, paths);
  return { journeys: { ...columns, channelCount: channels.texts.length, times: null, milestones: null }, channels };
}

export interface PlainTouch {
  readonly channel: string | null;
  /** Whole seconds since 1970, below 2^32. */
  readonly at: number;
}

export interface PlainJourney {
  /** In any order. */
  readonly touches: readonly PlainTouch[];
  /** When it converted, in seconds; null where it didn't. */
  readonly convertedAt: number | null;
  /** In whole units; 0 where it didn't convert. */
  readonly value: number;
  /** When the lead and the deal were created, in seconds; null or left out where they weren't. */
  readonly leadAt?: number | null;
  readonly dealAt?: number | null;
}

/**
 * Journeys of single conversions with times. Touches are put in order of time, and of channel where the times are equal,
 * so that the order they come in changes nothing. Touches after the conversion stay in: `cutJourneys` takes them out.
 * @throws RangeError for a time that is no whole second from 0 below 2^32; it names the journey, from 1
 */
export function journeysOfPlain(rows: readonly PlainJourney[]): NamedJourneys {
  const channels = makeDictionary();
  const sorted = rows.map((row, at) => inOrder(row.touches, at + 1));
  const counted = rows.map((row) => ({
    conversions: row.convertedAt === null ? 0 : 1,
    value: row.value,
    nulls: row.convertedAt === null ? 1 : 0,
  }));
  const columns = columnsOf(
    counted,
    sorted.map((touches) => touches.map((touch) => channelCode(channels, touch.channel))),
  );
  const converted = rows.map((row, at) => (row.convertedAt === null ? 0 : checkTime(row.convertedAt, at + 1)));
  const position = (moment: (row: PlainJourney) => number | null | undefined): Int32Array =>
    Int32Array.from(rows, (row, at) => lastUpTo(sorted[at] as PlainTouch[], moment(row) ?? null));
  const journeys: Journeys = {
    ...columns,
    channelCount: channels.texts.length,
    times: {
      touches: Uint32Array.from(sorted.flatMap((touches) => touches.map((touch) => touch.at))),
      conversions: Uint32Array.from(converted),
    },
    milestones: { lead: position((row) => row.leadAt), deal: position((row) => row.dealAt) },
  };
  return { journeys, channels };
}

/** Position of the last touch at or before the moment; −1 where there is none. */
function lastUpTo(touches: readonly PlainTouch[], moment: number | null): number {
  return moment === null ? -1 : touches.findLastIndex((touch) => touch.at <= moment);
}

function inOrder(touches: readonly PlainTouch[], row: number): PlainTouch[] {
  for (const touch of touches) checkTime(touch.at, row);
  return [...touches].sort((a, b) => a.at - b.at || compareTexts(a.channel ?? '', b.channel ?? ''));
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

interface Counts {
  readonly conversions: number;
  readonly value: number;
  readonly nulls: number;
}

type CountColumns = Pick<Journeys, 'count' | 'starts' | 'channels' | 'conversions' | 'values' | 'nulls'>;

function columnsOf(rows: readonly Counts[], codes: readonly (readonly number[])[]): CountColumns {
  const starts = new Uint32Array(rows.length + 1);
  for (const [at, touches] of codes.entries()) starts[at + 1] = (starts[at] as number) + touches.length;
  return {
    count: rows.length,
    starts,
    channels: Uint16Array.from(codes.flat()),
    conversions: Float64Array.from(rows, (row, at) => checkCount(row.conversions, 'conversions', at + 1)),
    values: Float64Array.from(rows, (row) => row.value),
    nulls: Float64Array.from(rows, (row, at) => checkCount(row.nulls, 'nulls', at + 1)),
  };
}

function stepsOf(path: string, row: number): string[] {
  if (path.trim() === '') return [];
  const steps = path.split('>').map((step) => step.trim());
  if (steps.includes('')) throw new RangeError(`row ${row}: the path “${path}” has a blank step; write it like A > B > C`);
  return steps;
}

function channelCode(channels: Dictionary, channel: string | null): number {
  const code = codeOf(channels, channel);
  if (code > 65_535) throw new RangeError(`there are more than 65,535 channels, the last one “${channel}”; group them first`);
  return code;
}

function checkCount(count: number, what: string, row: number): number {
  if (count >= 0 && count < Number.POSITIVE_INFINITY) return count;
  throw new RangeError(`row ${row}: ${count} ${what} can’t be; give a number from 0`);
}

function checkTime(at: number, row: number): number {
  if (Number.isInteger(at) && at >= 0 && at < 2 ** 32) return at;
  throw new RangeError(`journey ${row}: ${at} is no time; give whole seconds since 1970, from 0 below 4294967296`);
}
