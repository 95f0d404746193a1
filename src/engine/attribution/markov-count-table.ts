/** Counts windows of the last k channels in a table with a slot for every possible step: for few channels. */

import type { Journeys } from './journeys.ts';
import type { WalkTotals, WindowChain } from './markov-chain.ts';

/** Steps there can be: from every window of k channels to every channel. */
export const tableSlots = (channelCount: number, order: number): number => channelCount ** (order + 1);

/** Per possible window: windows of length k first, by code, then the shorter ones that are whole paths. */
interface Table {
  readonly order: number;
  readonly channelCount: number;
  /** Where the codes of windows of each length begin. */
  readonly offsets: readonly number[];
  readonly starts: Float64Array;
  readonly conversions: Float64Array;
  readonly nulls: Float64Array;
  readonly values: Float64Array;
  /** Step from window w to the one that ends with channel c: slot w × channelCount + c. */
  readonly steps: Float64Array;
  readonly totals: WalkTotals;
  readonly unattributed: WalkTotals;
}

/** For `tableSlots` that fit memory, at most 2^31. */
export function countInTable(journeys: Journeys, order: number): WindowChain {
  const table = makeTable(journeys.channelCount, order);
  countRows(journeys, table);
  return chainOf(table);
}

function makeTable(channelCount: number, order: number): Table {
  const offsets = new Array<number>(order + 1).fill(0);
  let size = channelCount ** order;
  for (let length = order - 1; length > 0; length--) {
    offsets[length] = size;
    size += channelCount ** length;
  }
  const column = (): Float64Array => new Float64Array(size);
  return {
    order,
    channelCount,
    offsets,
    starts: column(),
    conversions: column(),
    nulls: column(),
    values: column(),
    steps: new Float64Array(tableSlots(channelCount, order)),
    totals: { conversions: 0, value: 0, nulls: 0 },
    unattributed: { conversions: 0, value: 0, nulls: 0 },
  };
}

/**
 * One loop over all rows and touches, as it is the hot one (4 M touches). A window's code is its channels as digits to the
 * base channelCount, so the slot of a step is the code of k + 1 channels; without its first digit it is the next window.
 */
function countRows(journeys: Journeys, table: Table): void {
  const { starts, channels, conversions, nulls, values } = journeys;
  const { order, channelCount, offsets, steps, totals, unattributed } = table;
  const leading = channelCount ** order;
  for (let j = 0; j < journeys.count; j++) {
    const from = starts[j]!;
    const to = starts[j + 1]!;
    const converted = conversions[j]!;
    const walks = converted + nulls[j]!;
    addRow(from === to ? unattributed : totals, journeys, j);
    if (from === to || walks === 0) continue;
    const length = to - from < order ? to - from : order;
    let code = offsets[length]! | 0;
    let digits = 0;
    for (let t = from; t < from + length; t++) digits = (Math.imul(digits, channelCount) + channels[t]!) | 0;
    code = (code + digits) | 0;
    table.starts[code]! += walks;
    for (let t = from + length; t < to; t++) {
      const slot = (Math.imul(code, channelCount) + channels[t]!) | 0;
      steps[slot]! += walks;
      code = (slot - Math.imul(channels[t - order]!, leading)) | 0;
    }
    if (converted !== 0) {
      table.conversions[code]! += converted;
      table.values[code]! += values[j]!;
    }
    table.nulls[code]! += nulls[j]!;
  }
}

/** Adds what a row brings. A value without a conversion is nobody's and counts nowhere. */
export function addRow(sums: WalkTotals, { conversions, values, nulls }: Journeys, j: number): void {
  sums.nulls += nulls[j]!;
  if (conversions[j] === 0) return;
  sums.conversions += conversions[j]!;
  sums.value += values[j]!;
}

/** The windows that occur, numbered, and the steps between different ones. */
function chainOf(table: Table): WindowChain {
  const { ids, codes } = numberWindows(table);
  const pick = (column: Float64Array): Float64Array => {
    const picked = new Float64Array(codes.length);
    for (let state = 0; state < picked.length; state++) picked[state] = column[codes[state]!]!;
    return picked;
  };
  return {
    order: table.order,
    states: codes.length,
    windows: windowsOf(table, codes),
    starts: pick(table.starts),
    conversions: pick(table.conversions),
    nulls: pick(table.nulls),
    values: pick(table.values),
    ...stepsOf(table, ids, codes),
    totals: table.totals,
    unattributed: table.unattributed,
  };
}

/** A window occurs when a walk begins in it or steps to it. */
function numberWindows({ channelCount, order, starts, steps }: Table): { ids: Int32Array; codes: Int32Array } {
  const full = channelCount ** order;
  const occurs = new Uint8Array(starts.length);
  for (let code = 0; code < starts.length; code++) if (starts[code] !== 0) occurs[code] = 1;
  for (let slot = 0, target = 0; slot < steps.length; slot++, target++) {
    if (target === full) target = 0;
    if (steps[slot] !== 0) occurs[target] = 1;
  }
  const ids = new Int32Array(starts.length).fill(-1);
  const codes = new Int32Array(starts.length);
  let count = 0;
  for (let code = 0; code < occurs.length; code++)
    if (occurs[code] === 1) {
      ids[code] = count;
      codes[count++] = code;
    }
  return { ids, codes: codes.slice(0, count) };
}

function stepsOf({ channelCount, order, steps }: Table, ids: Int32Array, codes: Int32Array) {
  const full = channelCount ** order;
  const tail = full / channelCount;
  const first = new Uint32Array(codes.length + 1);
  const targets = new Uint32Array(steps.length);
  const counts = new Float64Array(steps.length);
  let count = 0;
  for (let state = 0; state < codes.length; state++) {
    const code = codes[state]!;
    const block = (code % tail) * channelCount;
    for (let channel = 0; code < full && channel < channelCount; channel++) {
      const taken = steps[code * channelCount + channel]!;
      if (taken === 0 || block + channel === code) continue;
      targets[count] = ids[block + channel]!;
      counts[count++] = taken;
    }
    first[state + 1] = count;
  }
  return { first, targets: targets.subarray(0, count), counts: counts.subarray(0, count) };
}

function windowsOf({ order, channelCount, offsets }: Table, codes: Int32Array): Uint16Array {
  const windows = new Uint16Array(codes.length * order);
  for (const [state, code] of codes.entries()) {
    const length = lengthOf(code, channelCount, order, offsets);
    let digits = code - offsets[length]!;
    for (let at = order - 1; at >= 0; at--) {
      const short = at < order - length;
      windows[state * order + at] = short ? windows[state * order + order - length]! : digits % channelCount;
      if (!short) digits = Math.floor(digits / channelCount);
    }
  }
  return windows;
}

function lengthOf(code: number, channelCount: number, order: number, offsets: readonly number[]): number {
  if (code < channelCount ** order) return order;
  let length = order - 1;
  while (code >= offsets[length]! + channelCount ** length) length--;
  return length;
}
