import assert from 'node:assert/strict';
import { test } from 'node:test';
import { journeysOfPaths, journeysOfPlain } from './make-journeys.ts';
import { convertingRows, countedBetween, countedTouches, cutJourneys, onlyConverting, selectCodes } from './select.ts';

const touch = (channel: string, at: number) => ({ channel, at });
const { journeys } = journeysOfPlain([
  { touches: [touch('A', 100), touch('B', 200), touch('C', 300), touch('D', 301)], convertedAt: 300, value: 50, leadAt: 250, dealAt: 301 },
  { touches: [touch('A', 100), touch('B', 900)], convertedAt: null, value: 0, leadAt: 150 },
  { touches: [], convertedAt: 500, value: 7 },
  { touches: [touch('B', 600)], convertedAt: 500, value: 9, leadAt: 600 },
]);

test('a touch at the conversion counts, one a second later doesn’t; exactly as old as the window counts', () => {
  assert.deepEqual(countedBetween([100, 200, 300, 301], 0, 4, 300, null), { from: 0, to: 3 });
  assert.deepEqual(countedBetween([100, 200, 300, 301], 0, 4, 300, 100), { from: 1, to: 3 });
  assert.deepEqual(countedBetween([100, 200, 300, 301], 0, 4, 300, 99), { from: 2, to: 3 });
  assert.deepEqual(countedBetween([100, 200, 300, 301], 0, 4, 300, 0), { from: 2, to: 3 });
  assert.deepEqual(countedBetween([100, 200], 0, 2, 99, null), { from: 0, to: 0 });
});

test('late touches go, a milestone on one falls to the last that is left, and journeys that lose all stay', () => {
  const cut = cutJourneys(journeys, { lookBackSeconds: null });
  assert.deepEqual([...cut.starts], [0, 3, 5, 5, 5]);
  assert.deepEqual([...cut.times!.touches], [100, 200, 300, 100, 900]);
  assert.deepEqual([...cut.milestones!.lead], [1, 0, -1, -1]);
  assert.deepEqual([...cut.milestones!.deal], [2, -1, -1, -1]);
  assert.deepEqual([...cut.values], [50, 0, 7, 9]);
});

test('a look-back window moves the milestones; without a conversion it ends at the last touch', () => {
  const cut = cutJourneys(journeys, { lookBackSeconds: 100 });
  assert.deepEqual([...cut.times!.touches], [200, 300, 900]);
  assert.deepEqual([...cut.milestones!.lead], [0, -1, -1, -1]);
  assert.deepEqual(
    [...selectCodes(Uint32Array.of(10, 11, 12, 13, 14, 15, 16), countedTouches(journeys, { lookBackSeconds: 100 }))],
    [11, 12, 15],
  );
});

test('only converting journeys, with what belongs to them', () => {
  const converting = onlyConverting(journeys);
  assert.deepEqual([...convertingRows(journeys).rows], [0, 2, 3]);
  assert.deepEqual([...converting.starts], [0, 4, 4, 5]);
  assert.deepEqual([...converting.values], [50, 7, 9]);
  assert.deepEqual([...converting.times!.conversions], [300, 500, 500]);
  assert.deepEqual([...converting.channels], [1, 2, 3, 4, 2]);
  assert.deepEqual([...converting.milestones!.lead], [1, -1, 0]);
  assert.equal(onlyConverting(converting), converting);
});

test('paths have no times to cut by; a window is a number from 0', () => {
  const paths = journeysOfPaths([{ path: 'A > B', conversions: 1, value: 1, nulls: 0 }]).journeys;
  assert.throws(() => cutJourneys(paths, { lookBackSeconds: 60 }), /needs the time of each touch/);
  assert.deepEqual(cutJourneys(paths, { lookBackSeconds: null }), paths);
  assert.throws(() => cutJourneys(journeys, { lookBackSeconds: -1 }), /a look-back window of -1 seconds/);
  assert.throws(() => cutJourneys(journeys, { lookBackSeconds: Number.NaN }), RangeError);
});
