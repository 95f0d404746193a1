import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { groupVisits, type PageView } from './visits.ts';

const view = (id: string, minute: number, more: Partial<PageView> = {}): PageView => ({
  id,
  at: minute * 60_000,
  entry: false,
  source: null,
  medium: null,
  campaign: null,
  clickId: null,
  ...more,
});
const ids = (visits: PageView[][]): string[][] => visits.map((visit) => visit.map(({ id }) => id));
const google = { entry: true, source: 'google', medium: 'cpc', clickId: '1' };
const direct = { entry: true, source: '(direct)', medium: '(none)' };

test('pages within 30 minutes are one visit, a later one begins another', () => {
  const { visits } = groupVisits([view('c', 31), view('a', 0, google), view('b', 30), view('d', 62)]);
  assert.deepEqual(ids(visits), [['a', 'b', 'c'], ['d']]);
});

test('another campaign begins a visit at once; loading the page again or coming back directly does not', () => {
  const views = [view('a', 0, google), view('b', 1, google), view('c', 2, direct), view('d', 3, { ...google, clickId: '2' }), view('e', 4)];
  assert.deepEqual(ids(groupVisits(views).visits), [
    ['a', 'b', 'c'],
    ['d', 'e'],
  ]);
});

test('a visit that is going on is continued', () => {
  const after = { ...google, campaign: null, lastAt: 10 * 60_000 };
  assert.deepEqual(ids([groupVisits([view('a', 20), view('b', 30, google)], after).continuing]), [['a', 'b']]);
  assert.deepEqual(ids(groupVisits([view('a', 41)], after).visits), [['a']]);
});

test('every view is in exactly one visit, whatever the order they come in', () => {
  const anyView = fc.record({
    minute: fc.integer({ min: 0, max: 300 }),
    entry: fc.boolean(),
    source: fc.constantFrom('google', 'bing', '(direct)', null),
  });
  fc.assert(
    fc.property(fc.array(anyView, { maxLength: 40 }), fc.integer(), (given, seed) => {
      const views = given.map(({ minute, entry, source }, at) =>
        view(String(at).padStart(3, '0'), minute, { entry, source: entry ? source : null }),
      );
      const mixed = views.toSorted((one, other) => ((Number(one.id) * 7919 + seed) % 97) - ((Number(other.id) * 7919 + seed) % 97));
      const { visits, continuing } = groupVisits(mixed);
      assert.deepEqual(groupVisits(views).visits, visits);
      assert.deepEqual(continuing, []);
      assert.deepEqual(
        visits
          .flat()
          .map(({ id }) => id)
          .toSorted(),
        views.map(({ id }) => id),
      );
    }),
  );
});
