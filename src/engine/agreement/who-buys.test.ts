import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupsThatBuy } from './who-buys.ts';

const group = (name: string, leads: number, won: number) => ({ name, leads, won });

test('who clearly buys less often is left out, who is a little below the mean by chance is not', () => {
  const groups = [group('Energy', 400, 60), group('Software', 400, 52), group('Hotels', 400, 12), group('Retail', 400, 8)];
  assert.deepEqual(groupsThatBuy(groups), ['Energy', 'Software']);
});

test('where nobody stands out, where nobody bought, and where there is nobody, nothing is told', () => {
  assert.deepEqual(groupsThatBuy([group('Energy', 400, 40), group('Software', 400, 44)]), []);
  assert.deepEqual(groupsThatBuy([group('Energy', 400, 0), group('Software', 400, 0)]), []);
  assert.deepEqual(groupsThatBuy([]), []);
});

test('a group too small to tell is neither in nor counted', () => {
  assert.deepEqual(groupsThatBuy([group('Energy', 400, 60), group('Hotels', 400, 8), group('Space', 3, 3)]), ['Energy']);
});
