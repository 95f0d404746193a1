/** Journeys out of one bucket's records: touches found by their journey, put in order of time, divided by conversions. */

import { type Desk, type Grouping, makeRoom, type Walks } from './read-desk.ts';
import { findJourneys } from './read-ids.ts';
import { sortRows } from './read-order.ts';

/** The walks of all journeys in a bucket; the same for the same files, whoever asks and when. */
export function groupBucket(desk: Desk, grouping: Grouping, bucket: number): Walks {
  makeRoom(desk, grouping, bucket);
  findJourneys(desk, desk.conversions, grouping.conversions, bucket, grouping.rankOf, grouping.places, Infinity);
  const converting = desk.journeys;
  findJourneys(desk, desk.touches, grouping.touches, bucket, grouping.rankOf, null, grouping.withNulls ? Infinity : converting);
  const held = grouping.withNulls ? desk.journeys : converting;
  sortRows(desk.conversions, converting);
  sortRows(desk.touches, held);
  const nulls = divide(desk, converting, held, grouping);
  return takeWalks(desk, nulls + desk.journeys - held);
}

function divide(desk: Desk, converting: number, held: number, grouping: Grouping): number {
  const { touches, conversions } = desk;
  desk.walkCount = 0;
  desk.touchCount = 0;
  let nulls = 0;
  for (let journey = 0; journey < held; journey++) {
    let touch = touches.starts[journey] as number;
    const last = touches.starts[journey + 1] as number;
    if (journey < converting) {
      const end = conversions.starts[journey + 1] as number;
      for (let at = conversions.starts[journey] as number; at < end; ) {
        const key = conversions.sortedKeys[at] as number;
        const first = at;
        while (at < end && conversions.sortedKeys[at] === key) at++;
        const from = touch;
        while (touch < last && (touches.sortedKeys[touch] as number) <= key) touch++;
        putWalk(desk, grouping, from, touch, first, at);
      }
    }
    if (touch === last) continue;
    nulls++;
    if (grouping.withNulls) putWalk(desk, grouping, touch, last, 0, 0);
  }
  return nulls;
}

/** Touches `from` up to `to` and conversions `first` up to `end` as one walk; without conversions it is a null. */
function putWalk(desk: Desk, grouping: Grouping, from: number, to: number, first: number, end: number): void {
  const { touches, conversions, walks } = desk;
  const key = (end > first ? conversions.sortedKeys[first] : touches.sortedKeys[to - 1]) as number;
  let value = 0;
  for (let at = first; at < end; at++) value += conversions.sorted[at] as number;
  let begin = from;
  if (grouping.lookBackSeconds !== null) {
    const earliest = key - grouping.lookBackSeconds * 1024;
    while (begin < to && (touches.sortedKeys[begin] as number) < earliest) begin++;
  }
  const walk = desk.walkCount++;
  walks.lengths[walk] = to - begin;
  walks.conversions[walk] = end - first;
  walks.values[walk] = value;
  walks.convertedAt[walk] = end > first ? Math.floor(key / 1024) : 0;
  for (let at = begin; at < to; at++) {
    const touch = desk.touchCount++;
    walks.channels[touch] = grouping.placeOfRank[touches.sorted[at] as number] as number;
    walks.seconds[touch] = Math.floor((touches.sortedKeys[at] as number) / 1024);
  }
}

/** The walks on the desk, in memory of their own. */
function takeWalks({ walks, walkCount, touchCount }: Desk, nulls: number): Walks {
  return {
    channels: walks.channels.slice(0, touchCount),
    seconds: walks.seconds.slice(0, touchCount),
    lengths: walks.lengths.slice(0, walkCount),
    conversions: walks.conversions.slice(0, walkCount),
    values: walks.values.slice(0, walkCount),
    convertedAt: walks.convertedAt.slice(0, walkCount),
    nulls,
  };
}
