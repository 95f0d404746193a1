/**
 * Nobody sees pay they may not: every figure of everybody's pay is a number that stands nowhere else, and everybody asks
 * every address of incentives that there is, with every id there is.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { listRoutes } from '#platform/http/server.ts';
import { addressOf, exampleRequest, idSlots, withValue } from '#tests/security/asking.ts';
import { inside, type Person } from '#tests/security/world.ts';
import { firstOfMonth, measure, openPaid, type PaidWorld, signAll } from '#tests/support/paid-people.ts';

let world: PaidWorld;
let versionId: string;
let planId: string;

/** One number a person, in their quota, target and weight; in comments and evidence about them as text. */
const canary = { sue: '7770001', tom: '7770002', sam: '7770003', max: '7770004', mara: '7770005' } as const;
type Paid = keyof typeof canary;
const paid = Object.keys(canary) as Paid[];
/** Rates of components for one side only. */
const ofSales = '37.7701';
const ofMarketing = '37.7702';

before(async () => {
  world = await openPaid();
  const payees = paid.map((name) => ({
    ...{
      id: world[name].memberId,
      side: world[name].side,
      role: 'rep',
      target: canary[name],
      quotas: { won: canary[name] },
      poolWeight: '1',
    },
  }));
  const of = (side: string, percent: string) => ({
    ...{
      kind: 'rate',
      id: `rate-${side}`,
      name: 'Rate',
      for: { sides: [side] },
      measure: measure('won', 'amount'),
      tiers: [{ from: '0', percent }],
    },
  });
  const mbo = {
    kind: 'mbo',
    id: 'mbo',
    name: 'Goals',
    target: { percentOfTarget: '10' },
    objectives: [{ id: 'one', name: 'One', weightPercent: '100' }],
  };
  const content = {
    ...{
      name: 'Everybody',
      currency: 'EUR',
      period: 'month',
      payees,
      components: [of('sales', ofSales), of('marketing', ofMarketing), mbo],
    },
    pool: { name: 'Pool', members: {}, fund: { base: '5550000' }, opens: {}, key: { by: 'target' } },
  };
  const made = await world.send<{ id: string; planId: string }>(world.lea, 'POST', '/incentive-plans', { content });
  [versionId, planId] = [made.id, made.planId];
  await world.send(world.lea, 'POST', `/incentive-plan-versions/${versionId}/proposal`, { effectiveFrom: firstOfMonth(-1) });
  for (const name of paid)
    await world.send(world.lea, 'POST', `/incentive-plan-versions/${versionId}/comments`, {
      text: `About ${canary[name]}`,
      aboutMemberId: world[name].memberId,
    });
  await signAll(world, versionId, [world.sam, world.mara, world.lea, world.sue]);
  for (const name of ['sue', 'tom', 'max'] as const)
    await world.send(world.lea, 'POST', '/mbo-results', {
      ...{ planId, component: 'mbo', objective: 'one', memberId: world[name].memberId, periodStart: firstOfMonth(-1), resultPercent: '50' },
      evidence: `Seen ${canary[name]}`,
    });
});
after(() => world.close());

/** Every address of incentives that is only read, with every id of ours where it could fit: alone, and one filter at a time. */
async function everyAnswer(person: Person): Promise<string> {
  const [people, records] = [paid.map((name) => world[name].memberId), [versionId, planId, ...(await runIds())]];
  const texts: string[] = [];
  for (const route of listRoutes(world.server).filter(({ method, path }) => method === 'GET' && isOurs(path))) {
    const request = exampleRequest(route);
    const bare = { ...request, query: {} };
    const asked = new Set([addressOf(route, bare)]);
    for (const slot of idSlots(request)) {
      const key = String(slot.at[0]);
      const ids = /member|payee/i.test(key) ? people : records;
      const from = slot.part === 'query' ? { ...request, query: { [key]: request.query[key] } } : bare;
      for (const id of ids) asked.add(addressOf(route, withValue(from, slot, id)));
    }
    for (const address of asked) texts.push(`${address} ${(await world.ask(person, 'GET', address)).body}`);
  }
  return texts.join('\n');
}
const isOurs = (path: string): boolean => /^\/(incentive|payout|statement|mbo|dispute)/.test(path);
const runIds = async (): Promise<string[]> =>
  (await inside<{ id: string }>(world, world.workspaceId, 'SELECT id FROM accord.payout_runs')).map(({ id }) => id);

const sees: Readonly<Record<string, readonly Paid[]>> = {
  lea: paid,
  sam: ['sue', 'tom', 'sam'],
  mara: ['max', 'mara'],
  sue: ['sue'],
  tom: ['tom'],
  max: ['max'],
  // Manages the team of Sue and Tom, and is no head.
  tina: ['sue', 'tom'],
  vic: [],
};

for (const [name, whose] of Object.entries(sees))
  test(`${name} sees the pay of ${whose.join(', ') || 'nobody'} and of nobody else, wherever they ask`, async () => {
    const text = await everyAnswer(world[name as 'lea']);
    const seen = paid.filter((each) => text.includes(canary[each]));
    assert.deepEqual(seen, whose);
    const bySide = {
      sales: whose.some((each) => world[each].side === 'sales'),
      marketing: whose.some((each) => world[each].side === 'marketing'),
    };
    assert.deepEqual({ sales: text.includes(ofSales), marketing: text.includes(ofMarketing) }, bySide);
  });

test('an auditor sees all and changes nothing, from the grant until it is revoked', async () => {
  const { vic, lea, sam } = world;
  const body = { memberId: vic.memberId, reason: 'The yearly audit.' };
  assert.equal((await world.ask(sam, 'POST', '/incentives/auditors', body)).statusCode, 403);
  const { id } = await world.send<{ id: string }>(lea, 'POST', '/incentives/auditors', body);
  assert.equal((await world.ask(lea, 'POST', '/incentives/auditors', body)).statusCode, 409);
  const text = await everyAnswer(vic);
  assert.deepEqual(
    paid.filter((each) => text.includes(canary[each])),
    paid,
  );
  assert.match(
    (await world.ask(vic, 'POST', `/incentive-plan-versions/${versionId}/comments`, { text: 'Hm.' })).body,
    /auditors only read/,
  );
  assert.equal((await world.get(vic, `/incentive-plan-versions/${versionId}`)).can.comment, 'Auditors only read.');
  assert.deepEqual(
    (await world.get(sam, '/incentives/auditors')).items.map((each: { member: { name: string } }) => each.member.name),
    ['Vic'],
  );
  assert.equal((await world.ask(lea, 'DELETE', `/incentives/auditors/${id}`)).statusCode, 204);
  assert.equal((await world.ask(lea, 'DELETE', `/incentives/auditors/${id}`)).statusCode, 409);
  const afterwards = await everyAnswer(vic);
  assert.deepEqual(
    paid.filter((each) => afterwards.includes(canary[each])),
    [],
  );
});

test('a head who makes a team of the other side’s people sees no pay by it', async () => {
  const { mara, tom } = world;
  await world.send(mara, 'POST', '/teams', { name: 'Sly', side: 'sales', managerId: mara.memberId, members: [tom.memberId] });
  assert.ok(!(await everyAnswer(mara)).includes(canary.tom));
});

test('who looked is a fact, once a viewer and hour, told to whom it was about', async () => {
  const { sue, tom, sam } = world;
  await world.get(sam, `/incentive-plan-versions/${versionId}`);
  await world.get(sam, `/incentive-plan-versions/${versionId}`);
  const told = await world.get(sue, '/incentives/looks');
  const viewers: string[] = told.items.map((each: { viewer: { name: string } }) => each.viewer.name);
  assert.deepEqual(new Set(viewers), new Set(['Lea', 'Sam', 'Tina', 'Vic']));
  assert.equal(
    told.items.filter((each: { viewer: { name: string }; hour: string }) => each.viewer.name === 'Sam' && each.hour === told.items[0].hour)
      .length <= 1,
    true,
  );
  const facts = await inside<{ count: number }>(
    world,
    world.workspaceId,
    `SELECT count(*)::int AS count FROM accord.facts WHERE kind = 'statement.viewed' AND subject_id = '${sue.memberId}'`,
  );
  assert.equal(facts[0]?.count, viewers.length);
  assert.ok(!viewers.includes('Sue'), 'one’s own pay is no look');
  assert.equal((await world.ask(tom, 'GET', `/incentives/looks?payeeId=${sue.memberId}`)).statusCode, 403);
  assert.ok((await world.get(sam, `/incentives/looks?payeeId=${sue.memberId}`)).items.length > 0);
});
