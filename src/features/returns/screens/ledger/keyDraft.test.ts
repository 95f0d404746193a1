import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blankKey, contentOfKey, evenShares, gapsOfKey, leftOfHundred, weightsText } from './keyDraft.ts';

const key = { ...blankKey('2026-03'), name: 'Salaries' };
const shares = (...weights: string[]) => weights.map((weight, at) => ({ target: `t${at}`, weight }));

test('even shares sum to a hundred to the last decimal', () => {
  const even = evenShares(shares('', '', ''));
  assert.deepEqual(
    even.map(({ weight }) => weight),
    ['33.3334', '33.3333', '33.3333'],
  );
  assert.equal(leftOfHundred(even), '0');
  assert.deepEqual(evenShares([]), []);
});

test('what is left of a hundred is said, and what is too much', () => {
  assert.equal(leftOfHundred(shares('60', '25')), '15');
  assert.equal(leftOfHundred(shares('60', '45.5')), '-5.5');
  assert.equal(weightsText(shares('37.5', '2.25')), '39.75');
});

test('fixed shares that do not sum to a hundred are a gap, as is a target named twice', () => {
  const fixed = { ...key, by: 'fixed' as const };
  assert.match(gapsOfKey({ ...fixed, shares: shares('60', '25') })['shares'] ?? '', /100/);
  assert.deepEqual(gapsOfKey({ ...fixed, shares: shares('60', '40') }), {});
  const twice = [
    { target: 'a', weight: '50' },
    { target: 'a', weight: '50' },
  ];
  assert.ok(gapsOfKey({ ...fixed, shares: twice })['shares']);
});

test('a key by leads states no weights, whatever was typed before', () => {
  assert.deepEqual(contentOfKey({ ...key, shares: shares('60') }).shares, []);
  assert.deepEqual(gapsOfKey({ ...key, shares: shares('60') }), {});
});

test('costs of a team are not spread onto teams, and a key has a name', () => {
  const gaps = gapsOfKey({ ...key, name: ' ', onto: 'team', teamId: '0190d8a2-0000-7000-8000-000000000001' });
  assert.match(gaps['name'] ?? '', /name/);
  assert.match(gaps['teamId'] ?? '', /team/);
});

test('rows left empty are left out; a row with a weight and no target is a gap', () => {
  const fixed = { ...key, by: 'fixed' as const };
  assert.deepEqual(gapsOfKey({ ...fixed, shares: [...shares('100'), { target: '', weight: '' }] }), {});
  assert.ok(gapsOfKey({ ...fixed, shares: [...shares('60'), { target: '', weight: '40' }] })['shares']);
});
