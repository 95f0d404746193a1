import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { journeysOfPaths, journeysOfPlain } from './make-journeys.ts';
import type { RuleModel } from './models.ts';
import { tallyRules } from './tally.ts';

test('paths become columns, a channel its code', () => {
  const { journeys, channels } = journeysOfPaths([
    { path: 'A > B > A', conversions: 2, value: 300, nulls: 5 },
    { path: '  ', conversions: 1, value: 9, nulls: 0 },
    { path: 'C>B', conversions: 0, value: 0, nulls: 4 },
  ]);
  assert.deepEqual(channels.texts, [null, 'A', 'B', 'C']);
  assert.equal(journeys.channelCount, 4);
  assert.deepEqual([...journeys.starts], [0, 3, 3, 5]);
  assert.deepEqual([...journeys.channels], [1, 2, 1, 3, 2]);
  assert.deepEqual([...journeys.conversions], [2, 1, 0]);
  assert.deepEqual([...journeys.nulls], [5, 0, 4]);
  assert.equal(journeys.times, null);
  assert.equal(journeys.milestones, null);
});

test('touches are put in order; a milestone is the last touch at or before its moment', () => {
  const { journeys, channels } = journeysOfPlain([
    {
      touches: [
        { channel: 'Email', at: 30 },
        { channel: 'Search', at: 10 },
        { channel: null, at: 20 },
      ],
      convertedAt: 40,
      value: 5,
      leadAt: 20,
      dealAt: 9,
    },
    { touches: [{ channel: 'Email', at: 1 }], convertedAt: null, value: 0 },
  ]);
  assert.deepEqual(
    [...journeys.channels].map((code) => channels.texts[code]),
    ['Search', null, 'Email', 'Email'],
  );
  assert.deepEqual([...journeys.milestones!.lead], [1, -1]);
  assert.deepEqual([...journeys.milestones!.deal], [-1, -1]);
  assert.deepEqual([...journeys.nulls], [0, 1]);
  assert.deepEqual([...journeys.times!.conversions], [40, 0]);
});

test('what can’t be is refused, with its row', () => {
  const path = (text: string, conversions = 1, nulls = 0) => [
    { path: 'A', conversions: 1, value: 0, nulls: 0 },
    { path: text, conversions, value: 0, nulls },
  ];
  assert.throws(() => journeysOfPaths(path('A > > B')), /row 2: the path “A > > B” has a blank step; write it like A > B > C/);
  assert.throws(() => journeysOfPaths(path('A', -1)), /row 2: -1 conversions can’t be/);
  assert.throws(() => journeysOfPaths(path('A', 1, Number.NaN)), /row 2: NaN nulls can’t be/);
  assert.throws(() => journeysOfPlain([{ touches: [{ channel: 'A', at: 1.5 }], convertedAt: 2, value: 0 }]), /journey 1: 1.5 is no time/);
  assert.throws(() => journeysOfPlain([{ touches: [], convertedAt: 2 ** 32, value: 0 }]), /journey 1: 4294967296 is no time/);
  const many = Array.from({ length: 65_536 }, (_, i) => ({ path: `c${i}`, conversions: 1, value: 0, nulls: 0 }));
  assert.throws(() => journeysOfPaths(many), /more than 65,535 channels/);
});

const pathData = '../shared/data/channelattribution/PathData.csv';

test('PathData: first and last touch as counted independently', { skip: existsSync(pathData) ? false : `${pathData} is not here` }, () => {
  const rows = readFileSync(pathData, 'utf8').trim().split(/\r?\n/).slice(1);
  const { journeys, channels } = journeysOfPaths(
    rows.map((line) => {
      const [path, conversions, value, nulls] = line.split(',');
      // Values have up to 17 decimals: whole millionths
      return { path: path!, conversions: Number(conversions), value: Math.round(Number(value) * 1_000_000), nulls: Number(nulls) };
    }),
  );
  const tallies = tallyRules(journeys, ['first', 'last'], journeys.channels, journeys.channelCount, { halfLifeSeconds: 1 });
  const top = (model: RuleModel): [string | null | undefined, number][] =>
    [...tallies.models.get(model)!.conversions!]
      .map((count, code): [string | null | undefined, number] => [channels.texts[code], count])
      .toSorted((a, b) => b[1] - a[1])
      .slice(0, 3);
  assert.deepEqual(top('first'), [
    ['alpha', 6_308],
    ['iota', 4_606],
    ['eta', 3_164],
  ]);
  assert.deepEqual(top('last'), [
    ['alpha', 8_447],
    ['eta', 4_167],
    ['iota', 3_355],
  ]);
  assert.deepEqual(tallies.unattributed, { conversions: 0, value: 0 });
  assert.equal(tallies.total.conversions, 19_785);
  assert.equal(
    journeys.nulls.reduce((sum, each) => sum + each, 0),
    68_602,
  );
  assert.equal((tallies.total.value / 1_000_000).toFixed(2), '74802.97');
  assert.equal(channels.texts.length - 1, 12);
});
