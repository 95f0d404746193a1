import assert from 'node:assert/strict';
import { test } from 'node:test';
import { movedTo, placeAt } from './order.ts';

test('one item moves and the others keep their order', () => {
  assert.deepEqual(movedTo(['a', 'b', 'c', 'd'], 'a', 2), ['b', 'c', 'a', 'd']);
  assert.deepEqual(movedTo(['a', 'b', 'c', 'd'], 'd', 0), ['d', 'a', 'b', 'c']);
  assert.deepEqual(movedTo(['a', 'b', 'c'], 'b', -4), ['b', 'a', 'c'], 'not above the first');
  assert.deepEqual(movedTo(['a', 'b', 'c'], 'b', 99), ['a', 'c', 'b'], 'not below the last');
});

test('what is held over a row goes above it until past its middle', () => {
  const rows = [
    { top: 0, bottom: 40 },
    { top: 40, bottom: 140 },
  ];
  assert.equal(placeAt(-10, rows), 0);
  assert.equal(placeAt(30, rows), 1);
  assert.equal(placeAt(89, rows), 1);
  assert.equal(placeAt(91, rows), 2);
});
