import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Refused } from '../values/outcome.ts';
import { listPaths, parsePath, readPath, textAt } from './json-path.ts';

const body = {
  contact: { email: 'a@b.example', 'first name': 'Ada' },
  fields: [
    { name: 'company', value: 'Acme' },
    { name: 'size]x', value: 12 },
  ],
  tags: ['a', 'b'],
};
const at = (path: string): unknown => {
  const steps = parsePath(path);
  assert.ok(!(steps instanceof Refused), steps instanceof Refused ? steps.reason : '');
  return readPath(body, steps);
};

test('a path leads by name, place, or what an element says of itself', () => {
  assert.equal(at('contact.email'), 'a@b.example');
  assert.equal(at('$.contact.email'), 'a@b.example');
  assert.equal(at('contact["first name"]'), 'Ada');
  assert.equal(at('fields[0].value'), 'Acme');
  assert.equal(at('fields[name=company].value'), 'Acme');
  assert.equal(at(String.raw`fields[name=size\]x].value`), 12);
  assert.equal(textAt(at('tags')), 'a, b');
  for (const nothing of [
    'contact.phone',
    'fields[9].value',
    'fields[name=none].value',
    'contact[0]',
    'tags.length',
    'contact.constructor',
    '__proto__.x',
  ])
    assert.equal(at(nothing), undefined, nothing);
});

test('anything outside the grammar is refused with its place', () => {
  for (const path of [
    '',
    '$',
    'a..b',
    '.a',
    'a.',
    'a[',
    'a[x]',
    'a[*]',
    'a[?(@.b)]',
    'a b',
    'a(1)',
    "a['b']",
    'a.b;c',
    'a'.repeat(201),
    'a.b.c.d.e.f.g.h.i.j.k.l.m',
  ])
    assert.ok(parsePath(path) instanceof Refused, path);
});

test('every path listed of a sample leads to its value', () => {
  assert.deepEqual(listPaths(body)[1], { path: 'contact["first name"]', value: 'Ada' });
  assert.deepEqual(listPaths({ $: { ' ': 1 }, $a: 2 }), [
    { path: '["$"][" "]', value: '1' },
    { path: '["$a"]', value: '2' },
  ]);
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (text) => {
      const sample: unknown = JSON.parse(text);
      for (const { path, value } of listPaths(sample)) {
        const steps = parsePath(path);
        if (steps instanceof Refused) continue; // a name or depth that no path reaches
        const read = textAt(readPath(sample, steps));
        if (!path.includes('=')) assert.equal(read?.slice(0, 200), value, path);
      }
    }),
  );
});
