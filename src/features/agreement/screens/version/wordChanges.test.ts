import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { wordChanges } from './wordChanges.ts';

test('a changed number is all that is marked', () => {
  assert.deepEqual(wordChanges('an attempt within 60 working minutes', 'an attempt within 30 working minutes'), [
    { kind: 'same', text: 'an attempt within' },
    { kind: 'gone', text: '60' },
    { kind: 'new', text: '30' },
    { kind: 'same', text: 'working minutes' },
  ]);
});

test('what is not new is the one text, what is not gone is the other', () => {
  const texts = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 14 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      const pieces = wordChanges(before, after);
      const without = (kind: string): string =>
        pieces
          .filter((each) => each.kind !== kind)
          .map(({ text }) => text)
          .join(' ');
      assert.equal(without('new'), before);
      assert.equal(without('gone'), after);
    }),
  );
});
