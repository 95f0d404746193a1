import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partHref, queryOf, scopeIn } from './scope.ts';

test('Nonsense in the address is read as the default, and a split the view does not know as its own', () => {
  const scope = scopeIn({ part: 'nonsense', by: 'shoe size', lag: '-3', window: '99999', target: '12.5', basis: 'luck', every: 'week' });
  assert.equal(scope.part, 'all');
  assert.equal(scope.by, 'segment');
  assert.deepEqual([scope.lag, scope.windowDays, scope.target, scope.basis, scope.every], [null, null, null, null, 'month']);
  assert.equal(scopeIn({ part: 'next', by: 'month' }).by, 'channel');
});

test('Each view asks only what the server takes of it', () => {
  const search = { start: '2026-01-01', end: '2026-03-31', by: 'channel', lag: 'cycle', allocated: 'true', target: '500', amount: '700' };
  assert.deepEqual(Object.keys(queryOf(scopeIn({ ...search, part: 'next' }))), ['start', 'end', 'by', 'amount']);
  assert.deepEqual(Object.keys(queryOf(scopeIn({ ...search, part: 'margin' }))), ['start', 'end', 'revenue']);
  assert.equal(queryOf(scopeIn(search))['lagDays'], 'cycle');
  assert.equal(queryOf(scopeIn(search))['amount'], undefined);
});

test('Another view keeps the period, and a split that was chosen where it knows it', () => {
  const scope = scopeIn({ start: '2026-01-01', end: '2026-03-31', by: 'owner' });
  assert.equal(partHref(scope, 'changes'), '/returns/figures?start=2026-01-01&end=2026-03-31&part=changes&by=owner');
  assert.equal(partHref(scope, 'next'), '/returns/figures?start=2026-01-01&end=2026-03-31&part=next');
  assert.equal(partHref(scopeIn({}), 'next'), '/returns/figures?part=next');
});
