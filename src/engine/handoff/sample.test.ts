import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fractionOf, isDrawn } from './sample.ts';

/** Ids as the product makes them: in the order of time, the last 74 bits by chance, here by counting. */
const idAt = (at: number): string =>
  `0197a0c0-${(at % 65_536).toString(16).padStart(4, '0')}-7abc-8def-${(at * 2_654_435_761).toString(16).padStart(12, '0').slice(-12)}`;
const ids = Array.from({ length: 20_000 }, (_, at) => idAt(at));

test('the share that was agreed is drawn, in every workspace', () => {
  for (const seed of ['0197a0c0-0000-7000-8000-000000000001', '0197a0c0-0000-7000-8000-000000000002', ''])
    for (const percent of [1, 10, 25, 50, 90]) {
      const drawn = ids.filter((id) => isDrawn(id, seed, percent)).length;
      const expected = (ids.length * percent) / 100;
      const deviation = Math.sqrt(expected * (1 - percent / 100));
      assert.ok(Math.abs(drawn - expected) < 4 * deviation, `${percent} % of ${ids.length}: ${drawn} drawn`);
    }
});

test('no part of the scale is preferred', () => {
  const tenths = Array.from({ length: 10 }, () => 0);
  for (const id of ids) tenths[Math.floor(fractionOf(`seed ${id}`) * 10)]!++;
  const expected = ids.length / 10;
  const chiSquare = tenths.reduce((sum, found) => sum + (found - expected) ** 2 / expected, 0);
  assert.ok(chiSquare < 27.9, `chi-square ${chiSquare.toFixed(1)} of nine degrees of freedom: ${tenths.join(', ')}`); // one in a thousand
});

test('the same rejection is always drawn or never; 0 % draws none, 100 % all; a larger share holds the smaller', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.string(), fc.double({ min: 0, max: 100, noNaN: true }), (id, seed, percent) => {
      const drawn = isDrawn(id, seed, percent);
      assert.equal(isDrawn(id, seed, percent), drawn);
      assert.equal(isDrawn(id, seed, 0), false);
      assert.equal(isDrawn(id, seed, 100), true);
      if (drawn) assert.ok(isDrawn(id, seed, percent + 5));
    }),
  );
});

test('two workspaces draw independently of each other', () => {
  const both = ids.filter((id) => isDrawn(id, 'one', 50) && isDrawn(id, 'other', 50)).length;
  assert.ok(Math.abs(both - ids.length / 4) < 4 * Math.sqrt(ids.length * 0.25 * 0.75), `${both} of ${ids.length}`);
});
