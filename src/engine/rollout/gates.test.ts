import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Evidence } from './evidence.ts';
import { firstAfternoon, gateOf, gatesOf, nextStep } from './gates.ts';
import { drawHalves } from './halves.ts';
import { stepNames } from './steps.ts';

const nothing: Evidence = {
  sponsor: { charters: 0, signed: false },
  diagnosis: { told: [], closesOn: null },
  data: { leads: 0, decided: 0, days: 0, baseline: null },
  language: { inForce: [], proposed: [], drafted: 0 },
  goals: { inForce: 0, ownedByBoth: 0, proposed: 0 },
  agreement: { owing: [], proposed: 0 },
  handoff: { routing: false, passed: 0, decided: 0 },
  pilot: { planned: false, begun: false, told: false, whyNot: null },
  rhythm: { weekly: false, due: 0, held: 0 },
  criticism: { gave: [], due: 0, inTime: 0 },
  campaigns: { launched: 0, accepted: 0, acted: 0 },
  pay: { signed: 0, collective: 0, shadowMonths: 0 },
  return: { costs: [], margin: false, closed: 0 },
  renewal: { versions: 0, days: 0, goalsAgain: false },
};

const all: Evidence = {
  sponsor: { charters: 1, signed: true },
  diagnosis: { told: ['marketing', 'sales'], closesOn: null },
  data: { leads: 500, decided: 80, days: 400, baseline: true },
  language: { inForce: ['mql', 'attempt', 'sql'], proposed: [], drafted: 0 },
  goals: { inForce: 1, ownedByBoth: 4, proposed: 0 },
  agreement: { owing: ['marketing', 'sales'], proposed: 0 },
  handoff: { routing: true, passed: 100, decided: 80 },
  pilot: { planned: true, begun: true, told: true, whyNot: null },
  rhythm: { weekly: true, due: 4, held: 3 },
  criticism: { gave: ['marketing', 'sales'], due: 5, inTime: 4 },
  campaigns: { launched: 1, accepted: 2, acted: 1 },
  pay: { signed: 1, collective: 1, shadowMonths: 3 },
  return: { costs: ['marketing', 'sales'], margin: true, closed: 1 },
  renewal: { versions: 2, days: 90, goalsAgain: true },
};

test('with nothing on record every gate is open, with everything every gate is met', () => {
  assert.deepEqual([...new Set(gatesOf(nothing).map(({ state }) => state))], ['open']);
  assert.deepEqual(
    gatesOf(all).filter(({ state }) => state !== 'through'),
    [],
  );
  assert.deepEqual([nextStep(gatesOf(nothing)), nextStep(gatesOf(all))], ['sponsor', null]);
});

test('each step has its own evidence: taking it away loses that gate and no other', () => {
  for (const step of stepNames) {
    const states = gatesOf({ ...all, [step]: nothing[step] });
    assert.deepEqual(
      states.filter(({ state }) => state !== 'through').map((gate) => gate.step),
      [step],
    );
    assert.equal(nextStep(states), step);
  }
});

test('a gate is a hair’s breadth away, or met', () => {
  const handoff = (passed: number, decided: number) => gateOf('handoff', { ...all, handoff: { routing: true, passed, decided } }).state;
  assert.deepEqual([handoff(10, 8), handoff(10, 7), handoff(9, 9)], ['through', 'begun', 'begun']);
  const rhythm = (due: number, held: number) => gateOf('rhythm', { ...all, rhythm: { weekly: true, due, held } });
  assert.deepEqual([rhythm(4, 3).state, rhythm(4, 2).state, rhythm(3, 3).state], ['through', 'begun', 'begun']);
  assert.equal(rhythm(4, 2).sentence, '1 of 2: Only 2 of the last 4 weekly meetings were held; 3 are the gate.');
  const pay = gateOf('pay', { ...all, pay: { signed: 1, collective: 1, shadowMonths: 2 } });
  assert.equal(pay.needs[0]?.says, 'A plan that pays people of both sides ran 2 months as a shadow; a quarter is the gate.');
  assert.equal(gateOf('sponsor', { ...nothing, sponsor: { charters: 1, signed: false } }).state, 'begun');
});

test('the first afternoon counts a diagnosis that asks, and a definition that is proposed', () => {
  const done = firstAfternoon({
    ...nothing,
    diagnosis: { told: [], closesOn: '2026-03-01' },
    language: { inForce: [], proposed: ['mql'], drafted: 0 },
  });
  assert.deepEqual(done, { charter: false, diagnosis: true, import: false, baseline: false, definition: true });
  assert.ok(Object.values(firstAfternoon(all)).every(Boolean));
});

test('halves hold everybody once, differ by one at most, and are drawn the same again', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 40 }), fc.nat(), (keys, seed) => {
      const { pilot, comparison } = drawHalves(keys, seed);
      assert.deepEqual([...pilot, ...comparison].toSorted(), keys.toSorted());
      assert.ok(comparison.length - pilot.length === keys.length % 2);
      assert.deepEqual(drawHalves(keys.toReversed(), seed), { pilot, comparison });
    }),
  );
  const counted = new Map<string, number>();
  for (let seed = 0; seed < 2000; seed++)
    for (const key of drawHalves(['a', 'b', 'c', 'd'], seed).pilot) counted.set(key, (counted.get(key) ?? 0) + 1);
  for (const [key, count] of counted) assert.ok(Math.abs(count - 1000) < 100, `${key} is in the pilot ${count} of 2,000 times`);
});
