import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { leastPeople, shownGroups } from './shown-groups.ts';

const of = (text: string): Set<string> => new Set(text);
const shown = (all: string, groups: readonly string[], seen = ''): string[] =>
  shownGroups(
    of(all),
    groups.map((people) => ({ people: of(people) })),
    of(seen),
  ).groups.map(({ people }) => [...people].join(''));

test('teams of three are shown, smaller ones are not', () => {
  assert.deepEqual(shown('abcdefgh', ['abc', 'de']), ['abc']);
});

test('where the rest would be one or two, the smallest team isn’t shown either', () => {
  assert.deepEqual(shown('abcdefgh', ['abcd', 'efg']), ['abcd']);
  assert.deepEqual(shown('abcd', ['abc']), []);
});

test('two teams that differ by one are not shown both', () => {
  assert.deepEqual(shown('abcdefgh', ['abcd', 'abcde']), ['abcde']);
});

test('of one’s own people everything is shown; oneself doesn’t make two others three', () => {
  assert.deepEqual(shown('abcde', ['ab', 'cde'], 'abcde'), ['ab', 'cde']);
  assert.deepEqual(shown('abcdef', ['abc', 'def'], 'a'), []);
  assert.equal(shownGroups(of('ab'), [], of('')).whole, false);
  assert.equal(shownGroups(of('ab'), [], of('ab')).whole, true);
});

test('no sum or difference of two sums is about one or two unseen people', () => {
  const people = fc.uniqueArray(fc.constantFrom(...'abcdefghij'));
  fc.assert(
    fc.property(people, fc.array(people, { maxLength: 5 }), people, (everybody, teams, known) => {
      const all = new Set(everybody);
      const seen = new Set(known);
      const groups = teams.map((team) => ({ people: new Set(team.filter((person) => all.has(person))) }));
      const answer = shownGroups(all, groups, seen);
      const sums = [...answer.groups.map((group) => group.people), ...(answer.whole ? [all, answer.rest] : [])];
      const unseen = (set: ReadonlySet<string>): number => [...set].filter((person) => !seen.has(person)).length;
      const fine = (count: number): boolean => count === 0 || count >= leastPeople;
      for (const one of sums) {
        assert.ok(fine(unseen(one)));
        for (const other of sums) assert.ok(fine(unseen(one.difference(other))) || !isSubset(other, one));
      }
    }),
  );
});
const isSubset = (inner: ReadonlySet<string>, outer: ReadonlySet<string>): boolean => [...inner].every((person) => outer.has(person));
