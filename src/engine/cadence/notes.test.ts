import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mergeNotes } from './notes.ts';

const merged = (base: string, mine: string, theirs: string): string => mergeNotes(base, mine, theirs).text;

test('two people who write in different places both find their words', () => {
  assert.equal(merged('a\nb\nc', 'A\nb\nc', 'a\nb\nC'), 'A\nb\nC');
  assert.equal(merged('a\nb', 'a\nb\nmine', 'theirs\na\nb'), 'theirs\na\nb\nmine');
});

test('two who write at the end both stay, theirs first', () => {
  assert.equal(merged('a', 'a\nmine', 'a\ntheirs'), 'a\ntheirs\nmine');
  assert.equal(merged('', 'mine', 'theirs'), 'theirs\nmine');
});

test('a line that both worded anew stands in both wordings; the same words stand once', () => {
  assert.equal(merged('a\nb\nc', 'a\nmine\nc', 'a\ntheirs\nc'), 'a\ntheirs\nmine\nc');
  assert.equal(merged('a\nb', 'a\nthe same', 'a\nthe same'), 'a\nthe same');
});

test('what one took out is out, unless the other was just writing it', () => {
  assert.equal(merged('a\nb\nc', 'a\nc', 'a\nb\nc\nd'), 'a\nc\nd');
  assert.equal(merged('a\nb\nc', 'a\nb, and more\nc', 'a\nc'), 'a\nb, and more\nc');
});

test('one’s own lines are found again, for the cursor to stay where it was', () => {
  const { text, lineOfMine } = mergeNotes('a\nb', 'a\nb\nmine', 'theirs\na\nb');
  assert.deepEqual(
    lineOfMine.map((at) => text.split('\n')[at]),
    ['a', 'b', 'mine'],
  );
});

const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd', '', 'e f'), { maxLength: 8 }).map((lines) => lines.join('\n'));

test('where only one wrote, that is the text; every new line of either is in the merged one', () => {
  fc.assert(
    fc.property(text, text, text, (base, mine, theirs) => {
      assert.equal(merged(base, mine, base), mine);
      assert.equal(merged(base, base, theirs), theirs);
      const result = mergeNotes(base, mine, theirs);
      const lines = result.text.split('\n');
      const before = base.split('\n');
      for (const line of [...mine.split('\n'), ...theirs.split('\n')])
        if (!before.includes(line)) assert.ok(lines.includes(line), `“${line}” is lost`);
      assert.equal(result.lineOfMine.length, mine.split('\n').length);
      for (const at of result.lineOfMine) assert.ok(at >= 0 && at < Math.max(1, lines.length));
    }),
    { numRuns: 2000 },
  );
});
