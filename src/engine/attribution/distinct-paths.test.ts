/** Equal paths together: nothing may be lost, nothing may be mixed up. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chance } from '#engine/simulate/chance.ts';
import { journeysOf, path, randomPaths } from '#tests/support/journeys.ts';
import { aggregatePaths } from './distinct-paths.ts';
import type { Journeys } from './journeys.ts';
import { markov } from './markov.ts';

const rowsOf = (journeys: Journeys): string[] =>
  Array.from({ length: journeys.count }, (_, row) => {
    const touches = journeys.channels.subarray(journeys.starts[row]!, journeys.starts[row + 1]!);
    return `${[...touches].join('>')}: ${journeys.conversions[row]} ${journeys.values[row]} ${journeys.nulls[row]}`;
  });

test('equal paths become one row, in the order they first appear', () => {
  const journeys = journeysOf([
    path('B>A', 1, 10),
    path('A', 0, 0, 1),
    path('B>A', 2, 5, 3),
    path('', 1, 7),
    path('A', 1, 1),
    path('', 0, 0, 2),
  ]);
  assert.deepEqual(rowsOf(aggregatePaths(journeys)), ['1>0: 3 15 3', '0: 1 1 1', ': 1 7 2']);
});

test('rows of different mean value can be kept apart; journeys that don’t convert then stand with value 0', () => {
  const journeys = journeysOf([
    path('A', 1, 10),
    path('A', 2, 20),
    path('A', 1, 11),
    path('A', 0, 0, 1),
    path('A', 0, 0, 4),
    path('A', 1, 0),
  ]);
  assert.deepEqual(rowsOf(aggregatePaths(journeys, { valuesApart: true })), ['0: 3 30 0', '0: 1 11 0', '0: 1 0 5']);
});

test('runs are cut to the length asked for', () => {
  const journeys = journeysOf([path('A>A>A>B>B', 1, 1), path('A>A>B', 1, 1), path('A>A>A>A>B>B>B', 1, 1)]);
  assert.deepEqual(rowsOf(aggregatePaths(journeys, { longestRun: 2 })), ['0>0>1>1: 2 2 0', '0>0>1: 1 1 0']);
});

test('twelve thousand paths are told apart as their texts are', () => {
  const chance = new Chance(8);
  const paths = Array.from({ length: 400 }, (_, round) =>
    randomPaths(chance.reseed(1, round), { channels: 4, paths: 60, touches: 7 }),
  ).flat();
  const byText = new Map<string, number[]>();
  for (const one of paths) {
    const row = byText.get(one.path.join('>')) ?? [0, 0, 0];
    byText.set(one.path.join('>'), [row[0]! + one.conversions, row[1]! + one.value, row[2]! + one.nulls]);
  }
  const codes: Record<string, string> = { A: '0', B: '1', C: '2', D: '3' };
  const expected = [...byText].map(([text, sums]) => `${text.replaceAll(/[A-D]/g, (name) => codes[name]!)}: ${sums.join(' ')}`);
  assert.deepEqual(rowsOf(aggregatePaths(journeysOf(paths))), expected);
});

test('a chain of order k is the same with runs cut to k, and with values apart', () => {
  const chance = new Chance(9);
  for (let round = 0; round < 100; round++) {
    const journeys = journeysOf(randomPaths(chance.reseed(1, round), { channels: 3, paths: 20, touches: 12 }));
    for (const order of [1, 2, 3, 4]) {
      const whole = markov(journeys, { order });
      const cut = markov(aggregatePaths(journeys, { longestRun: order, valuesApart: round % 2 === 0 }), { order });
      assert.equal(cut.states, whole.states);
      assert.deepEqual(cut.totals, whole.totals);
      for (const [i, channel] of whole.channels.entries()) {
        assert.ok(Math.abs(cut.channels[i]!.conversions - channel.conversions) < 1e-9);
        assert.equal(cut.channels[i]!.value, channel.value);
      }
    }
  }
});
