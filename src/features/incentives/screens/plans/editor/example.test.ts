/** Worked examples beside the fields: counted by the engine, in the words of a statement. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Overlay, Plan, Rate } from '#engine/payout/plan.ts';
import { maximalPlan } from '#tests/support/maximal-plan.ts';
import { creditToTry, drawExample, gateExample, holdbackExample, kickerExample, rampExample, splitExample, workedRate } from './example.ts';

const plan: Plan = maximalPlan();
const [commission, sqls, team] = plan.components as [Rate, Rate, Overlay];

test('a threshold, tiers within the quota and a window: step by step, as a run would count it', () => {
  assert.deepEqual(workedRate(plan, { ...commission, floor: null }, '36000000'), {
    steps: [
      '6 % of €90,000 up to 80 % of quota: €5,400',
      '10 % of €60,000 beyond 80 % of quota, up to 100 % of quota: €6,000',
      '15.5 % of €60,000 beyond 100 % of quota: €9,300',
      'Nothing yet for €150,000: pay begins at 50 % of quota, €150,000: €0',
    ],
    total: '€20,700',
  });
  assert.equal(workedRate(plan, { ...commission, floor: null }, '14999999')?.total, '€0');
});

test('a threshold that counts from the first, and a tier that counts for all', () => {
  assert.deepEqual(workedRate(plan, { ...sqls, cap: null }, '4')?.steps, ['Nothing yet for 4: pay begins at 5: €0']);
  assert.deepEqual(workedRate(plan, { ...sqls, cap: null }, '5')?.steps, ['€50 for each of all 5: €250']);
  assert.deepEqual(workedRate(plan, { ...sqls, cap: null }, '15')?.steps, ['€80 for each of all 15 for reaching 12: €1,200']);
  assert.equal(workedRate(plan, sqls, '40')?.total, '€1,500', 'the cap cuts it');
});

test('an overlay is shown on the credit of others; conditions are taken as kept', () => {
  assert.equal(workedRate(plan, team, '20000000')?.total, '€2,500');
});

test('the example reaches every tier', () => {
  assert.equal(creditToTry(plan, commission), '36000000');
  assert.equal(creditToTry(plan, sqls), '18');
  assert.equal(creditToTry(plan, { ...team, tiers: [team.tiers[0]!] }), '10000000');
});

test('while the part can’t be computed there is no example', () => {
  assert.equal(workedRate(plan, { ...sqls, tiers: [] }, '5'), null);
  assert.equal(workedRate(plan, { ...commission, quota: null }, '5'), null);
  assert.equal(workedRate(plan, commission, 'many'), null);
});

test('golden: sentences with money', () => {
  assert.equal(gateExample('50', 'EUR'), 'While it isn’t kept, €500 of €1,000 earned is paid.');
  assert.equal(kickerExample('110', 'EUR'), 'While it is reached, €1,000 earned becomes €1,100.');
  assert.equal(holdbackExample('10', 'EUR'), 'Of €1,000 earned, €900 is paid at once and €100 waits.');
  assert.equal(
    drawExample('120000', true, 'EUR'),
    'Who earned €480 is paid €1,200: €720 is advanced, and comes back out of later earnings beyond the draw.',
  );
  assert.equal(
    splitExample(commission.measure.split, 'amount', 'EUR', { owner: 'who owns it', qualifier: 'the SDR' }),
    'Of €10,000: €8,000 to who owns it, €2,000 to the SDR. Where nobody has a role, the first takes its share.',
  );
  assert.equal(
    rampExample(['25', '50'], '30000000', (quota) => `€${Number(quota) / 100}`),
    'The quota is €75000 in month 1, €150000 in month 2, then €300000.',
  );
  assert.equal(rampExample(['25'], null, String), 'The quota is 25 % in month 1, then all of it.');
});
