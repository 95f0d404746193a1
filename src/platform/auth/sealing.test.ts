import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeSealing } from './sealing.ts';

test('what was sealed opens here, about the same, unchanged, and nowhere else', () => {
  const sealing = makeSealing(() => 'a secret of this installation, long');
  const sealed = sealing.seal('grüße', 'hook 1');
  assert.ok(!sealed.includes('gr'));
  assert.notDeepEqual(sealing.seal('grüße', 'hook 1'), sealed);
  assert.equal(sealing.open(sealed, 'hook 1'), 'grüße');
  assert.throws(() => sealing.open(sealed, 'hook 2'));
  assert.throws(() => makeSealing(() => 'another').open(sealed, 'hook 1'));
  const changed = Buffer.from(sealed);
  changed[14]! ^= 1;
  assert.throws(() => sealing.open(changed, 'hook 1'));
});

test('a signature of one kind does not pass for another', () => {
  const { sign } = makeSealing(() => 'a secret of this installation, long');
  assert.equal(sign('x', 'form'), sign('x', 'form'));
  assert.notEqual(sign('x', 'form'), sign('x', 'hook'));
});
