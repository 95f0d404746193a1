import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rate } from '#tests/support/paid.ts';
import { canonicalText } from './json.ts';
import { readEvidence } from './read-evidence.ts';
import { readPlan } from './read-plan.ts';

const plan = (given: object = {}) => ({ name: 'Plan', currency: 'EUR', period: 'month', payees: [{ id: 'ada', side: 'sales' }], ...given });
const placesOf = (given: unknown): string[] => {
  const read = readPlan(given);
  return 'problems' in read ? read.problems.map(({ at }) => at) : [];
};

test('a plan that says less and one that spells it out are the same to the byte', () => {
  const read = readPlan(plan({ components: [rate({ tiers: [{ from: '00', percent: '010.50' }] })] }));
  assert.ok('value' in read);
  assert.deepEqual(readPlan(JSON.parse(JSON.stringify(read.value))), read);
  assert.equal(canonicalText(readPlan(JSON.parse(canonicalText(read.value)))), canonicalText(read));
  const [component] = read.value.components;
  assert.ok(component?.kind === 'rate');
  assert.deepEqual(component.tiers, [{ from: '0', percent: '10.5', each: null }]);
});

test('every wrong place is told at once: where, what is there, what would be fine', () => {
  const wrong = plan({
    currency: 'XXX',
    period: 'week',
    payees: [{ id: '', side: 'finance', target: 1000 }],
    components: [rate({ tiers: [{ from: '-1', percent: '10.12345' }] }), { kind: 'tip' }, rate({ cap: { amount: '-5', per: 'week' } })],
    bonus: true,
  });
  assert.deepEqual(placesOf(wrong).toSorted(), [
    'bonus',
    'components.0.tiers.0.from',
    'components.0.tiers.0.percent',
    'components.1.kind',
    'components.2.cap.amount',
    'components.2.cap.per',
    'currency',
    'payees.0.id',
    'payees.0.side',
    'payees.0.target',
    'period',
  ]);
  const read = readPlan(plan({ currency: 'XXX' }));
  assert.ok('problems' in read);
  assert.deepEqual(read.problems, [{ at: 'currency', what: '“XXX” is not what is asked for', fine: 'a currency of ISO 4217 such as EUR' }]);
});

test('what is no plan at all is refused, whatever it is', () => {
  for (const given of [null, undefined, 5, 'plan', [], {}, { __proto__: null }, { constructor: 1 }, Object.create(plan())])
    assert.ok(placesOf(given).length > 0);
});

test('names keep to NFC and to one line', () => {
  assert.deepEqual(placesOf(plan({ name: 'a\nb' })), ['name']);
  assert.deepEqual(placesOf(plan({ name: 'a\u0000' })), ['name']);
  assert.deepEqual(placesOf(plan({ name: '\ud800' })), ['name']);
  const read = readPlan(plan({ name: ' Ame\u0301lie ' }));
  assert.ok('value' in read);
  assert.equal(read.value.name, 'Amélie');
});

test('a fact without a moment happened as its day began, and amounts are decimal texts', () => {
  const read = readEvidence({ facts: [{ id: 'd', kind: 'won', on: '2026-01-10', amount: '-0012', credits: [{ payee: 'ada' }] }] });
  assert.ok('value' in read);
  const [fact] = read.value.facts;
  assert.deepEqual(
    [fact?.occurredAt, fact?.recordedAt, fact?.amount, fact?.count],
    ['2026-01-10T00:00:00Z', '2026-01-10T00:00:00Z', -12n, 1],
  );
});

test('facts are refused by place', () => {
  const read = readEvidence({
    facts: [{ id: 'd', kind: 'sold', on: '2026-02-30', amount: 12, occurredAt: '2026-01-01', count: -1 }],
    results: [{ id: 'r', name: 'x', period: '2026-13', value: '1e3' }],
  });
  assert.ok('problems' in read);
  assert.deepEqual(
    read.problems.map(({ at }) => at),
    ['facts.0.kind', 'facts.0.on', 'facts.0.occurredAt', 'facts.0.amount', 'facts.0.count', 'results.0.period', 'results.0.value'],
  );
});
