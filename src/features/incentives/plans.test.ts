/** The life of a plan of pay through the API. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { refused } from '#tests/support/ledger.ts';
import { commission, firstOfMonth, measure, openPaid, type PaidWorld, signAll, signedPlan } from '#tests/support/paid-people.ts';
import type { Person } from '#tests/security/world.ts';

let world: PaidWorld;
before(async () => {
  world = await openPaid();
});
after(() => world.close());

const draft = async (by: Person, content: unknown): Promise<{ id: string; planId: string }> =>
  world.send(by, 'POST', '/incentive-plans', { content });
const propose = (by: Person, id: string, effectiveFrom: string) =>
  world.ask(by, 'POST', `/incentive-plan-versions/${id}/proposal`, { effectiveFrom });
const version = (by: Person, id: string) => world.get(by, `/incentive-plan-versions/${id}`);

test('a head drafts for the own side, the sponsor for both; nobody for whom they don’t see', async () => {
  const { lea, sam, mara, sue, max, vic } = world;
  const { id } = await draft(sam, commission([sue]));
  const seen = await version(sam, id);
  assert.equal(seen.status, 'draft');
  assert.equal(seen.part, 'side');
  assert.equal(seen.content.components[0].marginal, true, 'what was left out stands with its default');
  refused(await world.ask(sam, 'POST', '/incentive-plans', { content: commission([sue, max]) }), 403, /sees the pay of all/);
  refused(await world.ask(mara, 'POST', '/incentive-plans', { content: commission([sue]) }), 403, /sees the pay of all/);
  refused(await world.ask(sue, 'POST', '/incentive-plans', { content: commission([sue]) }), 403, /./);
  refused(await world.ask(lea, 'POST', '/incentive-plans', { content: commission([vic]) }), 400, /payees/);
  const wrongSide = { ...commission([sue]), payees: [{ id: sue.memberId, side: 'marketing' }] };
  refused(await world.ask(lea, 'POST', '/incentive-plans', { content: wrongSide }), 400, /Sue is in sales/);
  await draft(lea, commission([sue, max]));
  for (const person of [sue, mara, max, vic])
    assert.equal((await world.ask(person, 'GET', `/incentive-plan-versions/${id}`)).statusCode, 403, person.side);
});

test('what can’t be computed, or counts what the product has not, is not proposed', async () => {
  const { sam, sue } = world;
  const cases: [Record<string, unknown>, RegExp][] = [
    [{ components: [{ ...commission([sue]).components[0], for: { roles: ['sdr'] } }] }, /picks nobody/],
    [{ components: [{ ...commission([sue]).components[0], measure: measure('invoiced', 'amount') }] }, /nothing the product has/],
    [{ components: [{ ...commission([sue]).components[0], measure: measure('meeting', 'amount') }] }, /asks for money where none stands/],
    [
      { components: [{ ...commission([sue]).components[0], measure: measure('won', 'amount', 'helper') }] },
      /nobody is credited as “helper” there/,
    ],
    [{ components: [{ ...commission([sue]).components[0], kind: 'overlay' }] }, /no record names them/],
    [
      { components: [{ ...commission([sue]).components[0], gates: [{ metric: { from: 'result', name: 'happiness' }, value: '5' }] }] },
      /no result of the product/,
    ],
    [
      { components: [{ ...commission([sue]).components[0], gates: [{ metric: { from: 'clauses', side: 'sales' }, value: '5' }] }] },
      /owes nothing yet/,
    ],
  ];
  for (const [change, says] of cases) {
    const { id } = await draft(sam, commission([sue], change));
    assert.ok((await version(sam, id)).problems.length > 0);
    refused(await propose(sam, id, firstOfMonth(1)), 400, says);
  }
});

test('it counts from the first day of a period, never far back', async () => {
  const { sam, sue } = world;
  const { id } = await draft(sam, commission([sue]));
  refused(await propose(sam, id, firstOfMonth(1).replace(/01$/, '02')), 400, /first day of a month/);
  refused(await propose(sam, id, firstOfMonth(-2)), 400, /at the earliest/);
  const quarterly = await draft(sam, commission([sue], { period: 'quarter' }));
  const inQuarter = Temporal.PlainDate.from(firstOfMonth(1));
  const noQuarter = inQuarter.month % 3 === 1 ? inQuarter.add({ months: 1 }) : inQuarter;
  refused(await propose(sam, quarterly.id, noQuarter.toString()), 400, /first day of a quarter/);
});

test('payees, both heads and the sponsor sign what each read; with the last of the heads it counts', async () => {
  const { lea, sam, mara, sue, tom } = world;
  const { id, planId } = await draft(sam, commission([sue, tom]));
  assert.equal((await propose(sam, id, firstOfMonth(-1))).statusCode, 201);
  refused(await world.ask(sam, 'PATCH', `/incentive-plan-versions/${id}`, { content: commission([sue]) }), 409, /Only a draft/);
  const own = await version(sue, id);
  assert.equal(own.part, 'own');
  assert.equal(own.awaitsMe, true);
  assert.deepEqual(
    own.people.map((each: { id: string }) => each.id),
    [sue.memberId],
  );
  assert.deepEqual(
    own.signing.ways.map((each: { signsAs: string }) => each.signsAs),
    ['payee'],
  );
  const toms = (await version(tom, id)).signing.ways[0].contentHash;
  refused(await world.ask(sue, 'POST', `/incentive-plan-versions/${id}/signatures`, { contentHash: toms }), 409, /not what you read/);
  assert.equal((await world.ask(mara, 'GET', `/incentive-plan-versions/${id}`)).statusCode, 403, 'it pays nobody of hers and has no pool');
  await signAll(world, id, [sue, sam]);
  assert.equal((await version(sam, id)).status, 'proposed');
  assert.deepEqual((await version(sam, id)).missing, ['sponsor']);
  await signAll(world, id, [lea]);
  const signed = await version(lea, id);
  assert.deepEqual(
    [signed.status, signed.inForceFrom, signed.inForce, signed.payees],
    ['signed', firstOfMonth(-1), true, { marketing: 0, sales: 2, signed: 1 }],
  );
  assert.equal(signed.signOffs.find((each: { payee: { id: string } }) => each.payee.id === tom.memberId).signedAt, null);
  refused(await world.ask(lea, 'DELETE', `/incentive-plan-versions/${id}`), 409, /replaced by a next version/);
  assert.deepEqual(
    (await world.get(tom, '/incentive-plans?which=awaitsMe')).items.map((each: { id: string }) => each.id),
    [planId],
  );
  await signAll(world, id, [tom]);
  assert.equal((await version(lea, id)).payees.signed, 2);
  assert.deepEqual((await world.get(tom, '/incentive-plans?which=awaitsMe')).items, []);
});

test('what was signed is changed by a next version, from a period that has not begun', async () => {
  const { lea, sam, sue } = world;
  const first = await signedPlan(world, commission([sue]), [sue, sam, lea]);
  const better = commission([sue], { components: [{ ...commission([sue]).components[0], tiers: [{ from: '0', percent: '12' }] }] });
  const next = await world.send<{ id: string }>(sam, 'POST', `/incentive-plans/${first.planId}/versions`, { content: better });
  refused(await world.ask(sam, 'POST', `/incentive-plans/${first.planId}/versions`, { content: better }), 409, /Version 2 is still open/);
  const today = Temporal.Now.plainDateISO('Europe/Berlin').day;
  if (today > 1) refused(await propose(sam, next.id, firstOfMonth(0)), 400, /never changed backwards/);
  assert.equal((await propose(sam, next.id, firstOfMonth(1))).statusCode, 201);
  const shown = await version(sue, next.id);
  assert.equal(shown.diff.against, 1);
  assert.match(shown.diff.added.join(' '), /12 %/);
  assert.match(shown.diff.removed.join(' '), /10 %/);
  await signAll(world, next.id, [sam, lea]);
  const versions = (await world.get(lea, `/incentive-plans/${first.planId}`)).versions;
  assert.deepEqual(
    versions.map((each: { number: number; inForce: boolean }) => [each.number, each.inForce]),
    [
      [2, false],
      [1, true],
    ],
  );
  const other = commission([sue], { period: 'quarter' });
  refused(await world.ask(sam, 'POST', `/incentive-plans/${first.planId}/versions`, { content: other }), 400, /keeps its currency/);
});

test('a later version that is signed too late counts from the first period after that, and no earlier', async () => {
  const { lea, sam, sue } = world;
  const first = await signedPlan(world, commission([sue]), [sam, lea]);
  const next = await world.send<{ id: string }>(sam, 'POST', `/incentive-plans/${first.planId}/versions`, { content: commission([sue]) });
  await propose(sam, next.id, firstOfMonth(1));
  // As if it had been proposed long ago, and the hashes with it.
  const { signedHash } = await import('./policy/signed-hash.ts');
  const stored = (await version(lea, next.id)).content;
  const effectiveFrom = firstOfMonth(-3);
  const hash = signedHash({ planId: first.planId, number: 2, effectiveFrom, content: stored }, 'sponsor', '');
  await asOwner(`ALTER TABLE accord.incentive_plan_versions DISABLE TRIGGER keep_proposed`);
  await asOwner(
    `UPDATE accord.incentive_plan_versions SET effective_from = '${effectiveFrom}', content_hash = '${hash}' WHERE id = '${next.id}'`,
  );
  await asOwner(`ALTER TABLE accord.incentive_plan_versions ENABLE TRIGGER keep_proposed`);
  await signAll(world, next.id, [sam, lea]);
  const today = Temporal.Now.plainDateISO('Europe/Berlin');
  assert.equal((await version(lea, next.id)).inForceFrom, today.day === 1 ? firstOfMonth(0) : firstOfMonth(1));
});

async function asOwner(text: string): Promise<void> {
  const { inside } = await import('#tests/security/world.ts');
  await inside(world, world.workspaceId, text);
}

test('a signed version stays as it is in the database, whoever writes', async () => {
  const { lea, sam, sue } = world;
  const { id } = await signedPlan(world, commission([sue]), [sam, lea]);
  await assert.rejects(asOwner(`UPDATE accord.incentive_plan_versions SET content = '{}' WHERE id = '${id}'`), /is signed/);
});

test('comments: a payee’s on their own part is read by who sees their pay, a head’s by all', async () => {
  const { lea, sam, mara, sue, tom, tina } = world;
  const { id } = await draft(lea, commission([sue, tom]));
  await propose(lea, id, firstOfMonth(1));
  const say = (by: Person, text: string, more = {}) => world.ask(by, 'POST', `/incentive-plan-versions/${id}/comments`, { text, ...more });
  await say(sue, 'My quota is too high.');
  await say(sam, 'It begins next month.');
  await say(sam, 'We will look at it, Sue.', { aboutMemberId: sue.memberId });
  const read = async (by: Person) => (await version(by, id)).comments.map((each: { text: string }) => each.text);
  const all = ['My quota is too high.', 'It begins next month.', 'We will look at it, Sue.'];
  for (const person of [sue, sam, lea, tina]) assert.deepEqual(await read(person), all);
  assert.deepEqual(await read(tom), ['It begins next month.']);
  refused(await say(tom, 'And Sue’s?', { aboutMemberId: sue.memberId }), 403, /own part/);
  refused(await say(mara, 'Hm.'), 403, /./);
});

test('a pool wants both heads, who see the other side by name only', async () => {
  const { lea, sam, mara, sue, max } = world;
  const pool = { name: 'Pool', members: {}, fund: { base: '7777701' }, opens: {}, key: { by: 'equal' } };
  const quotas = (person: Person, quota: string) => ({ id: person.memberId, side: person.side, quotas: { won: quota } });
  const content = commission([], { payees: [quotas(sue, '7777702'), quotas(max, '7777703')], pool });
  const { id } = await draft(lea, content);
  await propose(lea, id, firstOfMonth(1));
  for (const [head, own, other] of [
    [sam, '7777702', '7777703'],
    [mara, '7777703', '7777702'],
  ] as const) {
    const text = (await world.ask(head, 'GET', `/incentive-plan-versions/${id}`)).body;
    assert.ok(text.includes('7777701') && text.includes(own) && !text.includes(other));
    assert.ok(text.includes('2 people share it'));
  }
  await signAll(world, id, [lea, sam]);
  assert.deepEqual((await version(lea, id)).missing, ['marketing']);
  await signAll(world, id, [mara]);
  assert.equal((await version(lea, id)).status, 'signed');
});

test('a plan ends with a period; a draft is withdrawn and stays readable', async () => {
  const { lea, sam, sue } = world;
  const { planId } = await signedPlan(world, commission([sue]), [sam, lea]);
  refused(await world.ask(sam, 'POST', `/incentive-plans/${planId}/ending`, { from: firstOfMonth(-1) }), 400, /ends with a period/);
  const ended = await world.send(sam, 'POST', `/incentive-plans/${planId}/ending`, { from: firstOfMonth(1) });
  assert.equal(ended.endedFrom, firstOfMonth(1));
  assert.match(ended.can.makeNext, /ends on/);
  refused(await world.ask(sam, 'POST', `/incentive-plans/${planId}/ending`, { from: firstOfMonth(1) }), 409, /already/);
  const { id } = await draft(sam, commission([sue]));
  assert.equal((await world.ask(sam, 'DELETE', `/incentive-plan-versions/${id}`)).statusCode, 204);
  assert.equal((await version(sam, id)).status, 'withdrawn');
});

test('warnings: the engine’s, and what the company’s records add', async () => {
  const { lea, sue, max } = world;
  const nobody = await world.send(lea, 'POST', '/members', { name: 'Nils', side: 'sales' });
  const content = commission([sue, max], {
    clawback: null,
    payees: [
      { id: sue.memberId, side: 'sales', quotas: { won: '900000000' } },
      { id: nobody.id, side: 'sales' },
      { id: max.memberId, side: 'marketing' },
    ],
    components: [{ ...commission([]).components[0], for: { payees: [sue.memberId] }, tiersBy: 'attainment', quota: 'won' }],
  });
  await world.record('deal', {
    name: 'Small',
    status: 'won',
    amount: '100000',
    currency: 'EUR',
    ownerId: sue.memberId,
    closedAt: `${firstOfMonth(-1)}T10:00:00Z`,
  });
  const { warnings, problems } = await world.send(lea, 'POST', '/incentive-plan-versions/checks', { content });
  assert.deepEqual(problems, []);
  const codes = warnings.map((each: { code: string }) => each.code);
  for (const code of ['neverReached', 'noLogin', 'noPool', 'noClawback', 'nothingToEarn'])
    assert.ok(codes.includes(code), `${code} in ${codes}`);
  assert.deepEqual(warnings.find((each: { code: string }) => each.code === 'noLogin').payees, [nobody.id]);
  content.payees[0].quotas.won = '50000';
  const reached = await world.send(lea, 'POST', '/incentive-plan-versions/checks', { content });
  assert.ok(!reached.warnings.some((each: { code: string }) => each.code === 'neverReached'));
});

test('templates are filled from the own past, and each can be drafted as it is', async () => {
  const { lea, mara, max, sue } = world;
  const campaignId = await world.record('campaign', { name: 'Spring', ownerId: max.memberId });
  const at = `${Temporal.Now.plainDateISO('Europe/Berlin').with({ day: 15 }).subtract({ months: 4 }).toString()}T10:00:00Z`;
  for (const name of ['Ada', 'Bo'])
    await world.record('lead', {
      name,
      campaignId,
      ownerId: sue.memberId,
      qualifierId: sue.memberId,
      openedAt: at,
      mqlAt: at,
      salAt: at,
      sqlAt: at,
      dealAt: at,
      value: '100000',
      currency: 'EUR',
    });
  await world.record('deal', {
    name: 'Big',
    status: 'won',
    amount: '8000000',
    currency: 'EUR',
    ownerId: sue.memberId,
    campaignId,
    closedAt: at,
  });
  const { items } = await world.get(lea, '/incentive-plans/templates');
  assert.deepEqual(
    items.map((each: { key: string }) => each.key),
    ['ae-commission', 'sdr-quality', 'marketer-value', 'joint-pool', 'spif'],
  );
  for (const { key, content, numbers } of items) {
    assert.ok(content, `${key} has nobody`);
    assert.ok(numbers.length > 0);
    const { id } = await draft(lea, content);
    assert.deepEqual((await version(lea, id)).problems, [], key);
  }
  const quota = items[0].content.payees.find((each: { id: string }) => each.id === sue.memberId).quotas.won;
  assert.equal(quota, '2000000', '8,000,000 in four quarters, two figures of it');
  assert.deepEqual(
    (await world.get(mara, '/incentive-plans/templates')).items.map((each: { key: string }) => each.key),
    ['marketer-value'],
  );
});
