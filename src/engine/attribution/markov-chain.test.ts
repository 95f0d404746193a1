/** The two ways to count a chain, and what a count must hold. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chance } from '#engine/simulate/chance.ts';
import { journeysOf, manyJourneys, path, randomPaths } from '#tests/support/journeys.ts';
import type { WindowChain } from './markov-chain.ts';
import { countByHash } from './markov-count-hash.ts';
import { countInTable } from './markov-count-table.ts';

/** A chain without its numbering: each state with its window, sorted. */
function plainly(chain: WindowChain): string[] {
  const name = (s: number): string =>
    `${[...chain.windows.subarray(s * chain.order, (s + 1) * chain.order)]}${short(chain, s) ? ' short' : ''}`;
  return Array.from({ length: chain.states }, (_, s) => {
    const steps = Array.from(
      chain.targets.subarray(chain.first[s]!, chain.first[s + 1]!),
      (to, at) => `${name(to)}×${chain.counts[chain.first[s]! + at]}`,
    );
    return `${name(s)}: ${chain.starts[s]} ${chain.conversions[s]} ${chain.values[s]} ${chain.nulls[s]} ${steps.sort()}`;
  }).sort();
}

/** Windows of short paths are padded like full ones; they are left by nobody but those who end there, as nobody steps to them. */
const short = (chain: WindowChain, s: number): boolean =>
  chain.first[s] === chain.first[s + 1] && !chain.targets.includes(s) && chain.starts[s] === chain.conversions[s]! + chain.nulls[s]!;

test('table and hash count the same chain', () => {
  const chance = new Chance(11);
  for (let round = 0; round < 200; round++) {
    const journeys = journeysOf(randomPaths(chance.reseed(1, round), { channels: 5, paths: 30, touches: 9 }));
    for (const order of [1, 2, 3, 4]) {
      const [inTable, byHash] = [countInTable(journeys, order), countByHash(journeys, order)];
      assert.equal(inTable.states, byHash.states);
      assert.deepEqual(plainly(inTable), plainly(byHash));
      assert.deepEqual(inTable.totals, byHash.totals);
      assert.deepEqual(inTable.unattributed, byHash.unattributed);
    }
  }
});

test('a value without a conversion counts nowhere, in either way', () => {
  const journeys = journeysOf([path('A>B', 1, 100, 1), path('A>B', 0, 77, 1), path('', 0, 77, 1)]);
  for (const chain of [countInTable(journeys, 2), countByHash(journeys, 2)]) {
    assert.deepEqual([...chain.values], [100]);
    assert.deepEqual(chain.totals, { conversions: 1, value: 100, nulls: 2 });
    assert.deepEqual(chain.unattributed, { conversions: 0, value: 0, nulls: 1 });
  }
});

test('a hash that grows many times loses nothing', () => {
  const journeys = manyJourneys(20_000, 40, new Chance(4).reseed(1, 1));
  const [inTable, byHash] = [countInTable(journeys, 3), countByHash(journeys, 3)];
  assert.ok(byHash.states > 5000);
  assert.equal(inTable.states, byHash.states);
  assert.equal(inTable.counts.length, byHash.counts.length);
  assert.equal(
    inTable.counts.reduce((sum, count) => sum + count, 0),
    byHash.counts.reduce((sum, count) => sum + count, 0),
  );
});

test('what comes to a state leaves it again', () => {
  const journeys = manyJourneys(5000, 6, new Chance(5).reseed(1, 1));
  for (const order of [1, 2, 3, 4])
    for (const chain of [countInTable(journeys, order), countByHash(journeys, order)]) {
      const balance = chain.starts.map((walks, s) => walks - chain.conversions[s]! - chain.nulls[s]!);
      for (let s = 0; s < chain.states; s++)
        for (let t = chain.first[s]!; t < chain.first[s + 1]!; t++) {
          balance[s]! -= chain.counts[t]!;
          balance[chain.targets[t]!]! += chain.counts[t]!;
        }
      assert.ok(balance.every((walks) => walks === 0));
    }
});

test('the highest channel codes are told apart', () => {
  const { conversions, ...paths } = journeysOf([path('A>B>A', 1), path('B>A>B', 1)]);
  const journeys = { ...paths, conversions, channels: paths.channels.map((code) => 65_535 - code), channelCount: 65_536 };
  const chain = countByHash(journeys, 4);
  assert.deepEqual(
    [...chain.windows].map((code) => 65_535 - code),
    [0, 0, 1, 0, 1, 1, 0, 1],
  );
});
