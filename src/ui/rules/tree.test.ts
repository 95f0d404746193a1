import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Rule } from '#engine/rules/rule.ts';
import {
  asGroup,
  changedAt,
  countConditions,
  depthOf,
  keyOf,
  movedAt,
  ofGroup,
  pathOfMember,
  removedAt,
  ruleAt,
  unwrappedAt,
  wrappedAt,
  type Place,
} from './tree.ts';

const origin = (value: string): Rule => ({ of: 'lead', field: 'origin', is: 'eq', value });
const [a, b, c] = [origin('a'), origin('b'), origin('c')];

describe('A rule as it is edited', () => {
  test('none of several is the negation of any, none of one is the negation of it', () => {
    assert.deepEqual(ofGroup({ kind: 'none', members: [a, b] }), { not: { any: [a, b] } });
    assert.deepEqual(ofGroup({ kind: 'none', members: [a] }), { not: a });
    assert.deepEqual(asGroup({ not: { any: [a, b] } }), { kind: 'none', members: [a, b] });
  });

  test('an "any" alone within "none" stays a group of its own', () => {
    const rule = ofGroup({ kind: 'none', members: [{ any: [a, b] }] });
    assert.deepEqual(asGroup(rule)?.members, [{ any: [a, b] }]);
  });

  test('taking the last condition of a group takes the group; of the rule, leaves one that always holds', () => {
    assert.deepEqual(removedAt({ all: [a, { any: [b] }] }, [1, 0]), { all: [a] });
    assert.deepEqual(removedAt({ any: [a] }, [0]), { all: [] });
  });

  test('moving goes past conditions, into groups and out of them', () => {
    assert.deepEqual(movedAt({ all: [a, b] }, [0], 'down'), { all: [b, a] });
    assert.deepEqual(movedAt({ all: [a, { any: [b] }] }, [0], 'down'), { all: [{ any: [a, b] }] });
    assert.deepEqual(movedAt({ all: [{ any: [a, b] }, c] }, [0, 1], 'down'), { all: [{ any: [a] }, b, c] });
    assert.deepEqual(movedAt({ all: [{ any: [a] }, c] }, [0, 0], 'up'), { all: [a, c] });
    assert.equal(movedAt({ all: [a, b] }, [0], 'up'), null);
  });

  test('what was wrapped and is unwrapped is as before', () => {
    const rule: Rule = { all: [a, b] };
    assert.deepEqual(unwrappedAt(wrappedAt(rule, [1], 'any'), [1]), rule);
  });

  test('an edited condition keeps its key, a wrapper gets its own', () => {
    const rule: Rule = { all: [origin('x')] };
    const key = keyOf(ruleAt(rule, [0])!);
    const edited = changedAt(rule, [0], () => origin('y'))!;
    assert.equal(keyOf(ruleAt(edited, [0])!), key);
    assert.equal(keyOf(edited), keyOf(rule));
    const wrapped = wrappedAt(edited, [0], 'any');
    assert.notEqual(keyOf(ruleAt(wrapped, [0])!), key);
    assert.equal(keyOf(ruleAt(wrapped, [0, 0])!), key);
  });

  test('a place is named as refusals name it', () => {
    assert.equal(pathOfMember({ all: [a, b] }, '', 1), 'all.1');
    assert.equal(pathOfMember({ not: { any: [a, b] } }, 'all.1', 0), 'all.1.not.any.0');
    assert.equal(pathOfMember({ not: a }, 'all.1', 0), 'all.1.not');
  });
});

const { tree: rules } = fc.letrec<{ tree: Rule; leaf: Rule }>((tie) => ({
  leaf: fc.nat(9).map((n) => origin(String(n))),
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    fc
      .record({
        kind: fc.constantFrom('all' as const, 'any' as const, 'none' as const),
        members: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }),
      })
      .map(ofGroup),
  ),
}));

function placesOf(rule: Rule, at: Place = []): Place[] {
  return (asGroup(rule)?.members ?? []).flatMap((member, index) => [[...at, index], ...placesOf(member, [...at, index])]);
}
const leaves = (rule: Rule): string[] => (asGroup(rule)?.members.flatMap(leaves) ?? [JSON.stringify(rule)]).toSorted();

test('However conditions are moved, none is lost and none is doubled', () => {
  fc.assert(
    fc.property(rules, fc.array(fc.tuple(fc.nat(), fc.boolean()), { maxLength: 12 }), (start, moves) => {
      let rule = start;
      for (const [pick, up] of moves) {
        const places = placesOf(rule);
        const place = places[pick % Math.max(1, places.length)];
        if (place) rule = movedAt(rule, place, up ? 'up' : 'down') ?? rule;
      }
      assert.deepEqual(leaves(rule), leaves(start));
      assert.equal(countConditions(rule), countConditions(start));
      assert.ok(depthOf(rule) >= 1);
    }),
  );
});
