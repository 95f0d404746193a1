import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fewestAbout, whyNotShown } from './batch.ts';

const today = '2026-03-10';
const shows = (days: string[], about = fewestAbout) => whyNotShown({ days, today, about }) === null;

test('three show on the day they came, two the day after, none never', () => {
  assert.deepEqual([shows([today, today, today]), shows([today, today]), shows(['2026-03-09']), shows([])], [true, false, true, false]);
});

test('nothing shows until enough people were about since the first came, however many wait', () => {
  assert.deepEqual([shows(['2026-03-02', today, today, today], fewestAbout - 1), shows(['2026-03-02'], fewestAbout)], [false, true]);
});
