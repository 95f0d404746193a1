/** Rows of a bucket by journey and time. */

import type { Rows } from './read-desk.ts';

/** Groups the rows of journeys 0 … count − 1 and sorts each by time; rows of the same moment by channel, so that the order of the file changes nothing. */
export function sortRows({ count: rowCount, journeys, keys, contents, starts, sortedKeys, sorted }: Rows, count: number): void {
  starts.fill(0, 0, count + 2);
  for (let row = 0; row < rowCount; row++) {
    const journey = (journeys[row] as number) + 2;
    starts[journey] = (starts[journey] as number) + 1;
  }
  for (let journey = 2; journey < count + 2; journey++) starts[journey] = (starts[journey] as number) + (starts[journey - 1] as number);
  for (let row = 0; row < rowCount; row++) {
    const journey = journeys[row] as number;
    const to = starts[journey + 1] as number;
    starts[journey + 1] = to + 1;
    sortedKeys[to] = keys[row] as number;
    sorted[to] = contents[row] as number;
  }
  for (let journey = 0; journey < count; journey++) sortSpan(sortedKeys, sorted, starts[journey] as number, starts[journey + 1] as number);
}

/** Journeys are mostly short; beyond this many touches putting each into its place one by one takes too long. */
const mostInserted = 48;

function sortSpan(keys: Float64Array, contents: Float64Array, from: number, to: number): void {
  if (to - from > mostInserted) {
    sortLong(keys, contents, from, to);
    return;
  }
  for (let at = from + 1; at < to; at++) {
    const key = keys[at] as number;
    const content = contents[at] as number;
    let before = at - 1;
    for (; before >= from && isAfter(keys[before] as number, contents[before] as number, key, content); before--) {
      keys[before + 1] = keys[before] as number;
      contents[before + 1] = contents[before] as number;
    }
    keys[before + 1] = key;
    contents[before + 1] = content;
  }
}

const isAfter = (key: number, content: number, otherKey: number, otherContent: number): boolean =>
  key > otherKey || (key === otherKey && content > otherContent);

function sortLong(keys: Float64Array, contents: Float64Array, from: number, to: number): void {
  const order = Array.from({ length: to - from }, (_, at) => from + at).sort(
    (one, other) => (keys[one] as number) - (keys[other] as number),
  );
  const [inKeys, inContents] = [order.map((at) => keys[at] as number), order.map((at) => contents[at] as number)];
  keys.set(inKeys, from);
  contents.set(inContents, from);
}
