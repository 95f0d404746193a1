/** Markov attribution against golden values and against an independent solution of the same chain. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { Chance } from '#engine/simulate/chance.ts';
import { channelsOf, journeysOf, path, randomPaths, type Path } from '#tests/support/journeys.ts';
import { markov, type Markov } from './markov.ts';

const close = (actual: number | null, expected: number, tolerance: number, what: string): void =>
  assert.ok(actual !== null && Math.abs(actual - expected) <= tolerance, `${what}: ${actual}, expected ${expected}`);

const orders = [1, 2, 3, 4];

test('golden: G✓ G✓ M✓ G>M✓ G✗', () => {
  const answer = markov(journeysOf([path('G', 2, 200, 1), path('M', 1), path('G>M', 1)]), { order: 1 });
  assert.equal(answer.totals.probability, 0.8);
  assert.equal(answer.states, 2);
  const [g, m] = answer.channels;
  close(g!.removalEffect, 0.75, 1e-12, 'removal effect of G');
  close(m!.removalEffect, 0.5, 1e-12, 'removal effect of M');
  close(g!.share, 0.6, 1e-12, 'share of G');
  close(g!.conversions, 2.4, 1e-12, 'conversions of G');
  close(m!.conversions, 1.6, 1e-12, 'conversions of M');
  assert.deepEqual([g!.value, m!.value], [240n, 160n]);
});

test('golden: three converting paths with repeats', () => {
  const paths = [path('A>B>A>B>B>A', 1), path('A>B>B>A>A', 1), path('A>A', 1)];
  const answer = markov(journeysOf(paths), { order: 1 });
  const [a, b] = answer.channels;
  close(a!.removalEffect, 1, 1e-12, 'removal effect of A');
  close(b!.removalEffect, 0.5, 1e-12, 'removal effect of B');
  close(a!.conversions, 2, 1e-12, 'credit of A');
  close(b!.conversions, 1, 1e-12, 'credit of B');
});

/** The definition, word for word: windows as strings, the whole matrix, elimination with pivots. */
interface Plain {
  readonly states: string[];
  readonly starts: Map<string, number>;
  readonly moves: Map<string, Map<string, number>>;
  readonly ends: Map<string, { conversions: number; value: number; nulls: number }>;
  readonly walks: number;
}

function plainChain(paths: readonly Path[], order: number): Plain {
  const starts = new Map<string, number>();
  const moves = new Map<string, Map<string, number>>();
  const ends = new Map<string, { conversions: number; value: number; nulls: number }>();
  let walks = 0;
  for (const { path: touches, conversions, value, nulls } of paths) {
    const weight = conversions + nulls;
    if (touches.length === 0 || weight === 0) continue;
    walks += weight;
    const windows: string[] = [];
    for (let end = Math.min(order, touches.length); end <= touches.length; end++) {
      const window = touches.slice(Math.max(0, end - order), end).join('>');
      if (windows.at(-1) !== window) windows.push(window);
    }
    for (const window of windows) if (!moves.has(window)) moves.set(window, new Map());
    starts.set(windows[0]!, (starts.get(windows[0]!) ?? 0) + weight);
    for (const [at, window] of windows.slice(1).entries()) {
      const out = moves.get(windows[at]!)!;
      out.set(window, (out.get(window) ?? 0) + weight);
    }
    const end = ends.get(windows.at(-1)!) ?? { conversions: 0, value: 0, nulls: 0 };
    ends.set(windows.at(-1)!, { conversions: end.conversions + conversions, value: end.value + value, nulls: end.nulls + nulls });
  }
  return { states: [...moves.keys()], starts, moves, ends, walks };
}

/** P(conversion) and expected value of a walk with the windows that hold `without` leading to null. */
function solved(chain: Plain, without: string | null): { probability: number; value: number } {
  const held = (state: string): boolean => without !== null && state.split('>').includes(without);
  const kept = chain.states.filter((state) => !held(state));
  const at = new Map(kept.map((state, i) => [state, i]));
  const rows = kept.map((state, i) => {
    const { odds, conversion, value } = leaving(chain, state);
    const row = new Array<number>(kept.length + 2).fill(0);
    row[i] = 1;
    for (const [next, odd] of odds) if (at.has(next)) row[at.get(next)!]! -= odd;
    row[kept.length] = conversion;
    row[kept.length + 1] = value;
    return row;
  });
  eliminate(rows);
  const from = (column: number): number =>
    kept.reduce((sum, state, i) => sum + ((chain.starts.get(state) ?? 0) / chain.walks) * rows[i]![kept.length + column]!, 0);
  return { probability: from(0), value: from(1) };
}

function leaving(chain: Plain, state: string): { odds: [string, number][]; conversion: number; value: number } {
  const end = chain.ends.get(state) ?? { conversions: 0, value: 0, nulls: 0 };
  const moves = [...chain.moves.get(state)!];
  const all = end.conversions + end.nulls + moves.reduce((sum, [, count]) => sum + count, 0);
  return { odds: moves.map(([next, count]) => [next, count / all]), conversion: end.conversions / all, value: end.value / all };
}

function eliminate(rows: number[][]): void {
  for (let i = 0; i < rows.length; i++) {
    let pivot = i;
    for (let r = i + 1; r < rows.length; r++) if (Math.abs(rows[r]![i]!) > Math.abs(rows[pivot]![i]!)) pivot = r;
    [rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!];
    const top = rows[i]!;
    for (const [r, row] of rows.entries()) {
      const factor = row[i]! / top[i]!;
      if (r !== i && factor !== 0) for (let c = i; c < row.length; c++) row[c]! -= factor * top[c]!;
    }
    const divisor = top[i]!;
    for (let c = i; c < top.length; c++) top[c]! /= divisor;
  }
}

/** The same by stepping: walks move one state at a time until none is left. */
function stepped(chain: Plain, without: string): number {
  const held = (state: string): boolean => state.split('>').includes(without);
  let here = new Map([...chain.starts].filter(([state]) => !held(state)).map(([state, count]) => [state, count / chain.walks]));
  let converted = 0;
  for (let step = 0; step < 100_000 && here.size > 0; step++) {
    const next = new Map<string, number>();
    for (const [state, mass] of here) {
      const { odds, conversion } = leaving(chain, state);
      converted += mass * conversion;
      for (const [to, odd] of odds) if (!held(to) && mass * odd > 1e-18) next.set(to, (next.get(to) ?? 0) + mass * odd);
    }
    here = next;
  }
  return converted;
}

function agrees(answer: Markov, paths: readonly Path[], order: number): void {
  const names = channelsOf(paths);
  const chain = plainChain(paths, order);
  const touched = paths.filter((one) => one.path.length > 0);
  const conversions = touched.reduce((sum, one) => sum + one.conversions, 0);
  const value = touched.reduce((sum, one) => sum + one.value, 0);
  assert.equal(answer.states, chain.states.length);
  assert.equal(answer.totals.conversions, conversions);
  assert.equal(answer.totals.value, BigInt(value));
  if (conversions === 0) {
    assert.ok(answer.reason);
    assert.ok(answer.channels.every((channel) => channel.removalEffect === null && channel.share === null && channel.conversions === 0));
    return;
  }
  const whole = solved(chain, null);
  close(answer.totals.probability, whole.probability, 1e-9, 'probability');
  const effects = names.map((name) => 1 - solved(chain, name).probability / whole.probability);
  const sum = effects.reduce((total, effect) => total + effect, 0);
  assert.ok(sum > 1 - 1e-9, `removal effects add up to ${sum}, less than 1`);
  for (const [i, name] of names.entries()) {
    close(answer.channels[i]!.removalEffect, effects[i]!, 1e-9, `removal effect of ${name}, order ${order}`);
    close(answer.channels[i]!.conversions, (effects[i]! / sum) * conversions, 1e-8 * conversions, `conversions of ${name}, order ${order}`);
  }
  assert.equal(answer.reason, null);
  if (value === 0) return assert.ok(answer.valueReason);
  const onValue = names.map((name) => 1 - solved(chain, name).value / whole.value);
  const valueSum = onValue.reduce((total, effect) => total + effect, 0);
  for (const [i, name] of names.entries()) {
    close(answer.channels[i]!.removalEffectOnValue, onValue[i]!, 1e-9, `removal effect on value of ${name}, order ${order}`);
    close(Number(answer.channels[i]!.value), (onValue[i]! / valueSum) * value, 1 + 1e-6, `value of ${name}, order ${order}`);
  }
  assert.equal(
    answer.channels.reduce((total, channel) => total + channel.value!, 0n),
    BigInt(value),
  );
}

for (const order of orders)
  test(`order ${order} agrees with elimination on 400 random sets of paths, some with hundreds of windows`, () => {
    const chance = new Chance(order);
    for (let round = 0; round < 400; round++) {
      const most = round < 300 ? { channels: 5, paths: 12, touches: 9 } : { channels: 6, paths: round - 290, touches: 14 };
      const paths = randomPaths(chance.reseed(1, round), most);
      agrees(markov(journeysOf(paths), { order }), paths, order);
    }
  });

test('elimination agrees with walking step by step', () => {
  const chance = new Chance(77);
  for (let round = 0; round < 60; round++) {
    const paths = randomPaths(chance.reseed(2, round), { channels: 3, paths: 6, touches: 7 });
    for (const order of orders)
      for (const name of channelsOf(paths)) {
        const chain = plainChain(paths, order);
        if (chain.walks > 0) close(stepped(chain, name), solved(chain, name).probability, 1e-12, `without ${name}, order ${order}`);
      }
  }
});

test('rows in another order, split or put together, give the same answer', () => {
  const paths = [path('A>B>C', 3, 500, 4), path('C>A', 1, 70, 1), path('B', 0, 0, 5), path('B>B>A>C>B', 2, 900, 0)];
  const split = paths.flatMap((one) => [
    ...Array.from({ length: one.conversions }, (_, i) => ({ ...one, conversions: 1, value: i === 0 ? one.value : 0, nulls: 0 })),
    ...Array.from({ length: one.nulls }, () => ({ ...one, conversions: 0, value: 0, nulls: 1 })),
  ]);
  for (const order of orders) {
    const whole = markov(journeysOf(paths), { order });
    for (const other of [paths.toReversed(), split, split.toReversed()]) {
      const answer = markov(journeysOf(other), { order });
      for (const [i, channel] of whole.channels.entries()) {
        close(answer.channels[i]!.removalEffect, channel.removalEffect!, 1e-12, `removal effect of ${i}`);
        assert.equal(answer.channels[i]!.value, channel.value);
      }
    }
  }
});

test('a walk that hardly ever ends is solved, too', () => {
  const loop = Array.from({ length: 4000 }, (_, i) => 'ABAC'[i % 4]!);
  const paths: Path[] = [
    { path: loop, conversions: 1, value: 10, nulls: 1 },
    { path: [...loop, 'D', 'B'], conversions: 0, value: 0, nulls: 1 },
    path('D>E>D', 3, 999, 2),
    path('E>A', 1, 5, 1),
  ];
  for (const order of orders) agrees(markov(journeysOf(paths), { order }), paths, order);
});

test('a single channel gets everything', () => {
  for (const order of orders) {
    const answer = markov(journeysOf([path('A>A>A', 2, 301, 3), path('A', 0, 0, 1)]), { order });
    assert.deepEqual(
      answer.channels.map(({ removalEffect, conversions, value }) => ({ removalEffect, conversions, value })),
      [{ removalEffect: 1, conversions: 2, value: 301n }],
    );
  }
});

test('a channel that nobody touched gets nothing', () => {
  const answer = markov(journeysOf([path('A', 1)], ['A', 'B']), { order: 2 });
  assert.equal(answer.channels[1]!.removalEffect, 0);
  assert.equal(answer.channels[1]!.value, 0n);
});

test('journeys without touches are reported apart', () => {
  const answer = markov(journeysOf([path('A', 1, 100, 1), path('', 2, 50, 7)]), { order: 1 });
  assert.deepEqual(answer.unattributed, { conversions: 2, value: 50n, nulls: 7 });
  assert.deepEqual(answer.totals, { conversions: 1, value: 100n, nulls: 1, probability: 0.5 });
});

test('without a conversion there is no effect, and the answer says why', () => {
  const answer = markov(journeysOf([path('A>B', 0, 0, 3)]), { order: 1 });
  assert.equal(answer.reason, 'no journey with a touch converts');
  assert.equal(answer.channels[0]!.removalEffect, null);
  assert.equal(answer.channels[0]!.conversions, 0);
  const empty = markov(journeysOf([path('', 1)], ['A']), { order: 1 });
  assert.equal(empty.reason, 'no journey has a touch');
  assert.equal(empty.totals.probability, null);
});

test('conversions without value share conversions, and say why there is no share of value', () => {
  const answer = markov(journeysOf([path('A>B', 2, 0)]), { order: 1 });
  assert.equal(answer.channels[0]!.conversions, 1);
  assert.equal(answer.valueReason, 'the conversions have no value');
  assert.equal(answer.channels[0]!.removalEffectOnValue, null);
});

test('values may be negative as long as no channel would get a share below nothing', () => {
  const refunds = markov(journeysOf([path('A>B', 1, -300), path('A', 1, -101)]), { order: 1 });
  assert.equal(
    refunds.channels.reduce((sum, channel) => sum + channel.value!, 0n),
    -401n,
  );
  const mixed = markov(journeysOf([path('A', 1, 500), path('B', 1, -100)]), { order: 1 });
  assert.match(mixed.valueReason!, /negative value/);
  assert.deepEqual(
    mixed.channels.map(({ value, conversions }) => ({ value, conversions })),
    [
      { value: null, conversions: 1 },
      { value: null, conversions: 1 },
    ],
  );
});

test('equal effects: the odd unit goes to the earlier channel', () => {
  const values = markov(journeysOf([path('A>B>C', 1, 100), path('C>B>A', 1, 100)]), { order: 2 }).channels.map((one) => one.value);
  assert.deepEqual(values, [67n, 67n, 66n]);
});

test('another order is refused in words', () => {
  for (const order of [0, 5, 1.5, Number.NaN])
    assert.throws(() => markov(journeysOf([path('A', 1)]), { order }), /order is .*; a Markov chain here has order 1, 2, 3 or 4/);
});

const file = join(import.meta.dirname, '../../../../shared/data/channelattribution/PathData.csv');
const skip = existsSync(file) ? false : 'PathData.csv is not here (../shared/data/channelattribution)';

test('PathData: every order shares all conversions and all value', { skip }, () => {
  const rows: Record<string, string>[] = parse(readFileSync(file), { columns: true });
  const paths = rows.map((row) => ({
    path: row['path']!.split(' > '),
    conversions: Number(row['total_conversions']),
    value: Math.round(Number(row['total_conversion_value']) * 1000),
    nulls: Number(row['total_null']),
  }));
  const conversions = paths.reduce((sum, one) => sum + one.conversions, 0);
  const value = paths.reduce((sum, one) => sum + BigInt(one.value), 0n);
  for (const order of orders) {
    const answer = markov(journeysOf(paths), { order });
    assert.equal(answer.totals.conversions, 19_785);
    close(
      answer.channels.reduce((sum, channel) => sum + channel.conversions, 0),
      conversions,
      1e-7,
      'sum of conversions',
    );
    assert.equal(
      answer.channels.reduce((sum, channel) => sum + channel.value!, 0n),
      value,
    );
    if (order <= 2) agrees(answer, paths, order);
  }
});
