import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { inOrder, type Stake, stakeTable, urgencyOf, type Waiting } from './order.ts';

const now = Date.parse('2026-03-02T09:00:00Z');
const stakes = Object.keys(stakeTable) as Stake[];
const item = (key: string, stake: Stake, dueAt: string | null): Waiting => ({ key, stake, dueAt });

test('overdue goes before due today before later, whatever hangs on it', () => {
  const order = inOrder(
    [
      item('sign', 'agreement', null),
      item('guess', 'reading', '2026-03-01T12:00:00Z'),
      item('lead', 'customer', '2026-03-02T11:00:00Z'),
      item('pay', 'pay', '2026-03-05T12:00:00Z'),
    ],
    now,
  );
  assert.deepEqual(
    order.map(({ key }) => key),
    ['guess', 'lead', 'sign', 'pay'],
  );
});

test('of what is equally pressing goes first on what the most hangs, then what is due first', () => {
  const order = inOrder(
    [
      item('answer', 'colleague', '2026-03-02T10:00:00Z'),
      item('second lead', 'customer', '2026-03-02T15:00:00Z'),
      item('first lead', 'customer', '2026-03-02T14:00:00Z'),
    ],
    now,
  );
  assert.deepEqual(
    order.map(({ key }) => key),
    ['first lead', 'second lead', 'answer'],
  );
});

test('a day ahead is today, a moment more is later, and what has no clock is never pressing', () => {
  assert.equal(urgencyOf({ dueAt: '2026-03-03T09:00:00Z' }, now), 'today');
  assert.equal(urgencyOf({ dueAt: '2026-03-03T09:00:01Z' }, now), 'later');
  assert.equal(urgencyOf({ dueAt: '2026-03-02T08:59:59Z' }, now), 'overdue');
  assert.equal(urgencyOf({ dueAt: null }, now), 'later');
});

test('the order does not depend on the order of asking, and loses nothing', () => {
  const waiting = fc.record({
    key: fc.uuid(),
    stake: fc.constantFrom(...stakes),
    dueAt: fc.option(fc.integer({ min: -5, max: 5 }).map((days) => new Date(now + days * 43_200_000).toISOString())),
  });
  fc.assert(
    fc.property(fc.uniqueArray(waiting, { selector: ({ key }) => key }), (items) => {
      const keys = inOrder(items, now).map(({ key }) => key);
      assert.deepEqual(
        inOrder(items.toReversed(), now).map(({ key }) => key),
        keys,
      );
      assert.deepEqual([...keys].sort(), items.map(({ key }) => key).sort());
    }),
  );
});
