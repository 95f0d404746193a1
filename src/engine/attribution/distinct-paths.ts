/** Equal paths counted together: the same facts for any model of order and count, in fewer rows. */

import type { Journeys } from './journeys.ts';

export interface PathOptions {
  /** Keep rows apart whose conversions differ in mean value, so that drawing rows also draws values. Not unless asked. */
  readonly valuesApart?: boolean;
  /** Longest run of one channel that is kept: k loses nothing to a Markov chain of order k. Runs stay whole unless said. */
  readonly longestRun?: number;
}

/**
 * One row for each distinct path, in order of first appearance, with the conversions, values and nulls of all journeys
 * along it. Times and milestones are lost.
 */
export function aggregatePaths(journeys: Journeys, { valuesApart = false, longestRun = Infinity }: PathOptions = {}): Journeys {
  const paths = new DistinctPaths(journeys);
  const { channels, starts, conversions, values, nulls } = journeys;
  for (let j = 0; j < journeys.count; j++) {
    paths.begin();
    let run = 0;
    for (let t = starts[j]!; t < starts[j + 1]!; t++) {
      run = t > starts[j]! && channels[t] === channels[t - 1] ? run + 1 : 1;
      if (run <= longestRun) paths.touch(channels[t]!);
    }
    paths.end(conversions[j]!, values[j]!, nulls[j]!, valuesApart);
  }
  return paths.journeys();
}

/** Rows gathered so far. A path is written behind them and stays there if it is new: open addressing on its touches. */
class DistinctPaths {
  private readonly channelCount: number;
  private readonly starts: Uint32Array;
  private readonly channels: Uint16Array;
  private readonly conversions: Float64Array;
  private readonly values: Float64Array;
  private readonly nulls: Float64Array;
  /** Mean value that tells rows of one path apart; NaN-free, 0 where it doesn't count. */
  private readonly means: Float64Array;
  private readonly hashes: Int32Array;
  /** Row + 1 of each place, 0 where it is free. */
  private readonly places: Uint32Array;
  private count = 0;
  private next = 0;
  private hash = 0;
  private readonly meanBits = new Float64Array(1);
  private readonly meanWords = new Int32Array(this.meanBits.buffer);

  constructor({ count, starts, channelCount }: Journeys) {
    const column = (): Float64Array => new Float64Array(count);
    this.channelCount = channelCount;
    this.starts = new Uint32Array(count + 1);
    this.channels = new Uint16Array(starts[count]!);
    [this.conversions, this.values, this.nulls, this.means] = [column(), column(), column(), column()];
    this.hashes = new Int32Array(count);
    this.places = new Uint32Array(2 ** Math.ceil(Math.log2(2 * count + 2)));
  }

  begin(): void {
    this.next = this.starts[this.count]!;
    this.hash = 0x9747b28c | 0;
  }

  touch(channel: number): void {
    this.channels[this.next++] = channel;
    this.hash = Math.imul(this.hash ^ (channel + 1), 0x01000193);
    this.hash ^= this.hash >>> 15;
  }

  end(conversions: number, value: number, nulls: number, valuesApart: boolean): void {
    const row = this.rowOf(valuesApart && conversions !== 0 ? value / conversions : 0);
    this.conversions[row]! += conversions;
    this.values[row]! += value;
    this.nulls[row]! += nulls;
  }

  journeys(): Journeys {
    return {
      count: this.count,
      starts: this.starts.slice(0, this.count + 1),
      channels: this.channels.slice(0, this.starts[this.count]!),
      channelCount: this.channelCount,
      conversions: this.conversions.slice(0, this.count),
      values: this.values.slice(0, this.count),
      nulls: this.nulls.slice(0, this.count),
      times: null,
      milestones: null,
    };
  }

  private rowOf(mean: number): number {
    const hash = this.hashWith(mean);
    const mask = this.places.length - 1;
    for (let place = (hash ^ (hash >>> 16)) & mask; ; place = (place + 1) & mask) {
      const row = this.places[place]! - 1;
      if (row < 0) return this.keep(place, hash, mean);
      if (this.hashes[row] === hash && this.means[row] === mean && this.hasPath(row)) return row;
    }
  }

  private hashWith(mean: number): number {
    this.meanBits[0] = mean;
    const words = Math.imul(this.meanWords[0]! ^ Math.imul(this.meanWords[1]!, 0x85ebca6b), 0xc2b2ae35);
    return Math.imul(this.hash ^ words ^ (words >>> 13), 0x85ebca6b);
  }

  private hasPath(row: number): boolean {
    const from = this.starts[row]!;
    const own = this.starts[this.count]!;
    const length = this.next - own;
    if (this.starts[row + 1]! - from !== length) return false;
    for (let at = 0; at < length; at++) if (this.channels[from + at] !== this.channels[own + at]) return false;
    return true;
  }

  private keep(place: number, hash: number, mean: number): number {
    const row = this.count++;
    this.starts[row + 1] = this.next;
    this.hashes[row] = hash;
    this.means[row] = mean;
    this.places[place] = row + 1;
    return row;
  }
}
