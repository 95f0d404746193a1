import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partsOf } from '#features/notices/contract/comments.ts';
import { searchedAt, toSent, toTyped, withMention } from './mentioning.ts';

const mara = { id: '01990000-0000-7000-8000-000000000001', name: 'Mara Klein' };
const short = { id: '01990000-0000-7000-8000-000000000002', name: 'Mara' };

test('somebody is looked for from an @ that begins a word, up to two words', () => {
  assert.deepEqual(searchedAt('Ask @Mar', 8), { from: 4, search: 'Mar' });
  assert.deepEqual(searchedAt('@', 1), { from: 0, search: '' });
  assert.deepEqual(searchedAt('(@Mara Kl', 9), { from: 1, search: 'Mara Kl' });
  assert.equal(searchedAt('mail mara@northwind', 19), null, 'an address mentions nobody');
  assert.equal(searchedAt('@Mara Klein said', 16), null);
  assert.deepEqual(searchedAt('@Mar later', 4), { from: 0, search: 'Mar' }, 'what follows the caret is not asked');
});

test('picking puts the name there, and the caret behind it', () => {
  assert.deepEqual(withMention('Ask @Mar about it', 4, 8, mara), { text: 'Ask @Mara Klein about it', caret: 16 });
});

test('names that were picked are sent as ids, the longer before the one it begins with; others stay words', () => {
  const text = '@Mara Klein and @Mara, not @Marathon or @Nobody';
  assert.equal(toSent(text, [short, mara]), `@[${mara.id}] and @[${short.id}], not @Marathon or @Nobody`);
  assert.equal(toSent('@Mara Klein', []), '@Mara Klein');
  assert.equal(toTyped(toSent(text, [short, mara]), [mara, short]), text);
});

test('a name with signs of regular expressions is a name', () => {
  const odd = { id: mara.id, name: 'Zoë (sales) $1' };
  assert.equal(toSent('@Zoë (sales) $1!', [odd]), `@[${mara.id}]!`);
});

test('a text falls into its parts at the mentions', () => {
  assert.deepEqual(partsOf(`Ask @[${mara.id}]!`), [{ text: 'Ask ' }, { mention: mara.id }, { text: '!' }]);
});
