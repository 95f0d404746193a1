/** What is wrong stands at its field, in words that name people and parts. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Plan, Rate } from '#engine/payout/plan.ts';
import { maximalPlan, somePeople } from '#tests/support/maximal-plan.ts';
import { problemsOf } from './problems.ts';

const whole = maximalPlan();
const names = new Map([[somePeople.sdr, 'Ben']]);
const commission = whole.components[0] as Rate;
const places = (plan: Plan) => problemsOf(plan, names, null).map(({ at }) => at);
const withRate = (changes: Partial<Rate>): Plan => ({
  ...whole,
  components: [{ ...commission, ...changes }, ...whole.components.slice(1)],
});

test('a plan that can be computed has none', () => assert.deepEqual(problemsOf(whole, names, null), []));

test('each is told at the field it is about', () => {
  assert.deepEqual(places(withRate({ tiers: [commission.tiers[0]!, commission.tiers[0]!] })), ['components.0.tiers.1.from']);
  assert.deepEqual(places(withRate({ measure: { ...commission.measure, split: [{ role: 'owner', sharePercent: '80' }] } })), [
    'components.0.measure.split',
  ]);
  assert.deepEqual(places(withRate({ measure: { ...commission.measure, except: { dealType: [] } } })), [
    'components.0.measure.except.dealType',
  ]);
  assert.deepEqual(places(withRate({ name: ' ' })), ['components.0.name']);
  assert.deepEqual(places({ ...whole, pool: { ...whole.pool!, sides: { marketing: '40', sales: '50' } } }), ['pool.sides']);
  assert.deepEqual(places({ ...whole, period: 'half' }), ['components.0.over', 'pool.fund.by.metric.over']);
});

test('people are told by name, and parts by theirs', () => {
  const payees = whole.payees.map((payee) => (payee.id === somePeople.sdr ? { ...payee, poolWeight: null } : payee));
  assert.deepEqual(problemsOf({ ...whole, payees }, names, null), [
    { at: 'pool.key', part: 'Together', says: 'Ben has no weight; a weight in the pool for every member (0 for no share) would be fine.' },
  ]);
});

test('what only the server can know is told beside; what is mended here is gone at once', () => {
  const wrong = withRate({ tiers: [commission.tiers[0]!, commission.tiers[0]!] });
  const unknown = { at: 'components.0.gates.0.metric.name', what: '“x” is no result of the product', fine: 'one of winRate' };
  const answered = {
    content: wrong,
    problems: [{ at: 'components.0.tiers.1.from', what: 'is not beyond the tier before', fine: '' }, unknown],
  };
  assert.deepEqual(
    problemsOf(whole, names, answered).map(({ at }) => at),
    [unknown.at],
  );
});
