import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  awaited,
  type Case,
  type JudgingSide,
  type Judges,
  judgingSides,
  rulingOf,
  type Verdict,
  verdicts,
  whyNotJudge,
} from './judging.ts';
import { leadCan } from './states.ts';

const judges: Judges = { marketing: ['mara', 'milo'], sales: ['sam', 'sue'] };
const contested: Case = {
  toJudge: true,
  ruling: null,
  rejectedBy: 'sam',
  answeredBy: 'mara',
  marketerId: 'mara',
  ownerId: 'sam',
  verdicts: [],
};
const said = (...given: [JudgingSide, Verdict][]): Case => ({
  ...contested,
  verdicts: given.map(([side, verdict]) => ({ side, verdict })),
});
const milo = { memberId: 'milo', side: 'marketing' } as const;
const sue = { memberId: 'sue', side: 'sales' } as const;
const lea = { memberId: 'lea', side: 'leadership' } as const;

test('one from each side judges; when they agree it is decided', () => {
  assert.deepEqual(awaited(contested, judges), ['marketing', 'sales']);
  assert.equal(whyNotJudge(contested, milo, judges), null);
  assert.deepEqual(awaited(said(['marketing', 'upheld']), judges), ['sales']);
  assert.equal(rulingOf(said(['marketing', 'upheld'])), null);
  assert.equal(rulingOf(said(['marketing', 'upheld'], ['sales', 'upheld'])), 'upheld');
  assert.equal(rulingOf(said(['marketing', 'overturned'], ['sales', 'overturned'])), 'overturned');
});

test('where they differ leadership decides, and not before', () => {
  assert.match(whyNotJudge(contested, lea, judges)!, /only where the two sides differ/);
  const differ = said(['marketing', 'overturned'], ['sales', 'upheld']);
  assert.equal(rulingOf(differ), null);
  assert.deepEqual(awaited(differ, judges), ['leadership']);
  assert.equal(whyNotJudge(differ, lea, judges), null);
  assert.equal(rulingOf(said(['marketing', 'overturned'], ['sales', 'upheld'], ['leadership', 'overturned'])), 'overturned');
});

test('nobody who is involved judges, and no side twice', () => {
  assert.equal(
    whyNotJudge(contested, { memberId: 'sam', side: 'sales' }, judges),
    'You rejected this lead. Somebody who is not involved judges.',
  );
  assert.match(whyNotJudge(contested, { memberId: 'mara', side: 'marketing' }, judges)!, /^You answered this rejection/);
  assert.match(
    whyNotJudge({ ...contested, answeredBy: 'lea' }, { memberId: 'mara', side: 'marketing' }, judges)!,
    /came to you to be answered/,
  );
  assert.match(whyNotJudge({ ...contested, rejectedBy: 'tom' }, { memberId: 'sam', side: 'sales' }, judges)!, /lead is yours/);
  assert.equal(whyNotJudge(said(['sales', 'upheld']), sue, judges), 'Sales has judged already.');
  assert.equal(whyNotJudge({ ...contested, ruling: 'upheld' }, sue, judges), `${leadCan.rule.otherwise} It was judged already: upheld.`);
  assert.equal(whyNotJudge({ ...contested, toJudge: false }, sue, judges), leadCan.rule.otherwise);
});

test('a side in which all are involved is judged for by leadership', () => {
  const small: Judges = { marketing: ['mara'], sales: ['sam', 'sue'] };
  assert.deepEqual(awaited(contested, small), ['sales']);
  assert.match(whyNotJudge(contested, lea, small)!, /only where/);
  assert.deepEqual(awaited(said(['sales', 'upheld']), small), ['leadership']);
  assert.deepEqual(awaited(contested, { marketing: ['mara'], sales: ['sam'] }), ['leadership']);
});

test('a case to judge always awaits somebody until it is decided, and who is awaited can judge', () => {
  const people = ['mara', 'milo', 'sam', 'sue', 'lea', 'tom'];
  const anyCase = fc.record({
    toJudge: fc.constant(true),
    ruling: fc.constant(null),
    rejectedBy: fc.constantFrom(...people),
    answeredBy: fc.option(fc.constantFrom(...people)),
    marketerId: fc.option(fc.constantFrom(...people)),
    ownerId: fc.option(fc.constantFrom(...people)),
    verdicts: fc.uniqueArray(fc.record({ side: fc.constantFrom(...judgingSides), verdict: fc.constantFrom(...verdicts) }), {
      selector: ({ side }) => side,
    }),
  });
  const anyJudges = fc.record({ marketing: fc.subarray(['mara', 'milo']), sales: fc.subarray(['sam', 'sue']) });
  fc.assert(
    fc.property(anyCase, anyJudges, (given, able) => {
      if (rulingOf(given) !== null) return;
      const sides = awaited(given, able);
      assert.ok(sides.length > 0);
      for (const side of ['marketing', 'sales'] as const)
        if (sides.includes(side)) assert.ok(able[side].some((memberId) => whyNotJudge(given, { memberId, side }, able) === null));
      if (sides.includes('leadership')) assert.equal(whyNotJudge(given, { memberId: 'somebody else', side: 'leadership' }, able), null);
    }),
  );
});
