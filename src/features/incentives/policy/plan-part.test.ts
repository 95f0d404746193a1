import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Payee } from '#engine/payout/plan.ts';
import { type PlanContent, planContentSchema } from '../contract/plan-content.ts';
import { partSigned, planPartOf } from './plan-part.ts';
import { signedHash } from './signed-hash.ts';

const id = (last: string): string => `01990000-0000-7000-8000-00000000000${last}`;
const [sam, sue, mara] = [id('1'), id('2'), id('3')];
const measure = { kinds: ['won'], by: 'amount' };
const only = (payee: string) => ({ sides: [], roles: [], payees: [payee] });

const content = planContentSchema.parse({
  ...{ name: 'Pay', currency: 'EUR', period: 'quarter', clawback: { withinDays: 90 } },
  payees: [
    { id: sam, side: 'sales', role: 'ae', target: '1000001', quotas: { won: '5000001' } },
    { id: sue, side: 'sales', role: 'ae', target: '2000002', quotas: { won: '6000002' } },
    { id: mara, side: 'marketing', role: 'marketer', target: '3000003', poolWeight: '2' },
  ],
  components: [
    { kind: 'rate', id: 'commission', name: 'Commission', for: { sides: ['sales'] }, measure, tiers: [{ from: '0', percent: '10' }] },
    { kind: 'rate', id: 'extra', name: 'Extra', for: only(sue), measure, tiers: [{ from: '0', percent: '3' }] },
    {
      kind: 'bonus',
      id: 'bonus',
      name: 'Bonus',
      for: { sides: ['marketing'] },
      target: { amount: '44444' },
      metric: { from: 'result', name: 'winRate' },
      curve: [{ at: '0', pays: '100' }],
    },
  ],
  terms: [{ kind: 'draw', id: 'draw', name: 'Draw', for: only(sam), amount: '55555', recoverable: true }],
  pool: { name: 'Pool', members: {}, fund: { base: '66666' }, opens: {}, key: { by: 'weight' } },
});

const hash = (given: PlanContent, signsAs: 'payee' | 'marketing' | 'sales' | 'sponsor', memberId = sam): string =>
  signedHash({ planId: id('9'), number: 1, effectiveFrom: '2026-04-01', content: given }, signsAs, memberId);
const changed = (payee: string, change: Partial<Payee>): PlanContent => ({
  ...content,
  payees: content.payees.map((each) => (each.id === payee ? { ...each, ...change } : each)),
});

test('a payee signs what decides their own pay: their figures, their components, their terms and the pool; nobody else’s', () => {
  const part = planPartOf(content, partSigned('payee', sam));
  assert.deepEqual(part.payees, [content.payees[0]]);
  assert.deepEqual(
    part.components.map((each) => each.id),
    ['commission'],
  );
  assert.deepEqual(
    part.terms.map((each) => each.id),
    ['draw'],
  );
  assert.equal(part.pool?.name, 'Pool');
  assert.doesNotMatch(JSON.stringify(part), /2000002|6000002|3000003|44444/);
});

test('a head signs for their side: its figures, the other side by name only; the sponsor everything', () => {
  const ofSales = planPartOf(content, partSigned('sales', ''));
  assert.deepEqual(
    ofSales.components.map((each) => each.id),
    ['commission', 'extra'],
  );
  assert.match(JSON.stringify(ofSales), /1000001.*2000002/);
  assert.doesNotMatch(JSON.stringify(ofSales), /3000003|44444/);
  assert.equal(ofSales.payees.length, 3);
  const ofMarketing = planPartOf(content, partSigned('marketing', ''));
  assert.doesNotMatch(JSON.stringify(ofMarketing), /1000001|2000002|"10"|55555/);
  assert.equal(planPartOf(content, partSigned('sponsor', '')), content);
});

test('every part reads as a plan', () => {
  for (const part of [partSigned('payee', sam), partSigned('payee', mara), partSigned('sales', ''), partSigned('marketing', '')])
    assert.deepEqual(planContentSchema.parse(planPartOf(content, part)), planPartOf(content, part));
});

test('the hash of a payee changes with what concerns them and with nothing else', () => {
  const own = hash(content, 'payee', sam);
  const others: PlanContent[] = [changed(sue, { target: '9' }), changed(mara, { target: '7' }), changed(sue, { quotas: { won: '1' } })];
  for (const other of others) {
    assert.equal(hash(other, 'payee', sam), own);
    assert.notEqual(hash(other, 'sponsor'), hash(content, 'sponsor'));
  }
  const changes: Partial<Payee>[] = [
    ...[{ target: '9' }, { quotas: { won: '9' } }, { quotas: {} }, { startedOn: '2026-05-01' }, { endedOn: '2026-05-01' }],
    ...[{ ramp: ['50'] }, { poolWeight: '3' }],
  ];
  for (const change of changes) assert.notEqual(hash(changed(sam, change), 'payee', sam), own, JSON.stringify(change));
  assert.notEqual(hash(changed(mara, { poolWeight: '7' }), 'payee', sam), own, 'another’s weight is less of the pool for oneself');
  const [commission, extra, bonus] = content.components;
  const poorer = { ...content, components: [{ ...commission!, floor: '1' }, extra!, bonus!] };
  assert.notEqual(hash(poorer, 'payee', sam), own);
  assert.notEqual(hash({ ...content, clawback: null }, 'payee', sam), own);
  assert.notEqual(hash({ ...content, pool: null }, 'payee', sam), own);
  assert.equal(hash({ ...content, components: [commission!, { ...extra!, floor: '1' }, bonus!] }, 'payee', sam), own);
});

test('two who sign the same plan sign different things, and the order of keys doesn’t matter', () => {
  assert.notEqual(hash(content, 'payee', sam), hash(content, 'payee', sue));
  assert.notEqual(hash(content, 'sales'), hash(content, 'sponsor'));
  const turned = Object.fromEntries(Object.entries(content).reverse()) as unknown as PlanContent;
  assert.equal(hash(turned, 'sponsor'), hash(content, 'sponsor'));
});
