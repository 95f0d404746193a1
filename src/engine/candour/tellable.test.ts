import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { blunt } from './blunt.ts';
import { guessCells } from './guess-cells.ts';
import { outside, tellable } from './tellable.ts';

const range = (from: number, until: number): number[] => Array.from({ length: until - from }, (_, at) => from + at);

test('four are not told, five are', () => {
  assert.deepEqual(tellable(4, [range(0, 4)]).told, [false]);
  assert.deepEqual(tellable(5, [range(0, 5)]).told, [true]);
});

test('a group is not told where what is left of the group around it is too small', () => {
  const everybody = range(0, 9);
  assert.deepEqual(tellable(9, [everybody, range(0, 5)]).told, [true, false], 'four others could be subtracted');
  assert.deepEqual(tellable(10, [range(0, 10), range(0, 5)]).told, [true, true]);
});

test('of three parts one alone is never left out: two are, so that neither can be subtracted', () => {
  const parts = [range(0, 20), range(20, 28), range(28, 31)];
  assert.deepEqual(tellable(31, [range(0, 31), ...parts]).told, [true, true, false, false]);
});

test('two that overlap are both told only if what they share and what they don’t are large enough', () => {
  assert.deepEqual(tellable(12, [range(0, 6), range(1, 12)]).told, [true, false], 'five are shared, one is not');
  assert.deepEqual(tellable(15, [range(0, 10), range(5, 15)]).told, [true, true]);
});

test('one that can be put together from others adds nothing and is told', () => {
  assert.deepEqual(tellable(20, [range(0, 20), range(0, 10), range(10, 20)]).told, [true, true, true]);
});

const companies = fc.integer({ min: 0, max: 60 }).chain((people) =>
  fc.record({
    people: fc.constant(people),
    groups: fc.array(fc.subarray(range(0, people)), { maxLength: 14 }),
    fewest: fc.integer({ min: 3, max: 7 }),
  }),
);

test('whatever is told, people in the same told groups are at least so many', () => {
  fc.assert(
    fc.property(companies, ({ people, groups, fewest }) => {
      const { told, atomOf } = tellable(people, groups, fewest);
      const shown = groups.filter((_, at) => told[at]);
      const signatures = range(0, people).map((person) => shown.map((group) => (group.includes(person) ? 1 : 0)).join(''));
      for (const [signature, alike] of Map.groupBy(range(0, people), (person) => signatures[person]!)) {
        if (!signature.includes('1')) assert.ok(alike.every((person) => atomOf[person] === outside));
        else assert.ok(alike.length >= fewest && new Set(alike.map((person) => atomOf[person])).size === 1);
      }
    }),
  );
});

test('where all of an atom gave the same end of the scale, one is counted a step off it; elsewhere nothing changes', () => {
  const scores = [5, 5, 5, 5, 5, 1, 1, 1, 1, 1, 5, 5];
  const atoms = [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, outside, outside];
  assert.deepEqual(blunt(scores, atoms, { lowest: 1, highest: 5 }), [4, 5, 5, 5, 5, 2, 1, 1, 1, 1, 5, 5]);
  const mixed = [5, 5, 5, 5, 4];
  assert.deepEqual(blunt(mixed, [1, 1, 1, 1, 1], { lowest: 1, highest: 5 }), mixed);
});

test('guesses: median and widened range of sides of five and more, the rest too few', () => {
  const guesses = [10, 20, 30, 41, 52].map((value) => ({ side: 'marketing', value }));
  const sales = [1, 2, 3, 4, 5, 6].map((value) => ({ side: 'sales', value }));
  const cells = guessCells([...guesses, ...sales], 5);
  assert.deepEqual(
    cells.find(({ side }) => side === 'marketing'),
    { side: 'marketing', guesses: 5, median: 30, low: 10, high: 55 },
  );
  assert.equal(cells.find(({ side }) => side === 'sales')!.median, 3.5);
  assert.deepEqual(
    guessCells(guesses.slice(1), 5).map(({ guesses: count }) => count),
    [null, null],
  );
});

test('where everybody guessed the same, the range does not say so', () => {
  const [cell] = guessCells(
    range(0, 6).map(() => ({ side: 'sales', value: 40 })),
    5,
  );
  assert.deepEqual([cell!.low, cell!.high], [40, 45]);
});
