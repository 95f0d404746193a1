import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson } from './canonical.ts';

test('keys stand in order at every depth, lists stay as they are', () => {
  assert.equal(canonicalJson({ b: [{ d: 1, c: 2 }, 'x'], a: null, left: undefined }), '{"a":null,"b":[{"c":2,"d":1},"x"]}');
});

test('two spellings of one letter are one text, in keys as in values', () => {
  assert.equal(canonicalJson({ 'cafe\u0301': 'Zu\u0308rich' }), canonicalJson({ caf\u00e9: 'Z\u00fcrich' }));
});

test('numbers are written as JavaScript writes them, minus zero as zero', () => {
  assert.equal(canonicalJson([1e21, 0.1, 100, -0, 1.5e-7]), '[1e+21,0.1,100,0,1.5e-7]');
});

test('what JSON can’t carry is refused instead of lost', () => {
  for (const value of [10n, Number.NaN, Infinity, () => 1, [undefined]]) assert.throws(() => canonicalJson(value), TypeError);
});

test('property: the order of keys never matters, and what was read back from it is written the same', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const text = canonicalJson(value);
      assert.equal(canonicalJson(turned(value)), text);
      assert.equal(canonicalJson(JSON.parse(text)), text);
    }),
  );
});

/** The same value with the keys of every object the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, each]) => [key, turned(each)] as const);
  return Object.fromEntries(members.reverse());
}
