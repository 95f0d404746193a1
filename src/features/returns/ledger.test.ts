/** Posting and taking back, currencies and rates, recurring costs: through the API. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { WorkspaceId } from '#platform/db/database.ts';
import { inside, openStranger, type Person } from '#tests/security/world.ts';
import { cost, type LedgerWorld, openLedger, refused, type Told } from '#tests/support/ledger.ts';
import { recurringCosts } from './actions/recurring.ts';
import { categoriesOf, costCategories, costSides } from './contract/ledger.ts';
import { verifyLedger } from './queries/verify-ledger.ts';

let world: LedgerWorld;
/** Owns another workspace, in US dollars. */
let oscar: Person;
before(async () => {
  world = await openLedger();
});
after(() => world.close());

const strays = async () => (await verifyLedger(world.database, world.lea.workspaceId as WorkspaceId, () => {})).differences;
const today = (): string => Temporal.Now.plainDateISO('Europe/Berlin').toString();
const days = (day: string, more: object): string =>
  Temporal.PlainDate.from(day)
    .add(more as { days: number })
    .toString();

test('an entry is read back as it was posted, booked at 1 in the workspace’s own currency', async () => {
  const { lea, mara } = world;
  const campaign = await world.send(mara, 'POST', '/campaigns', { name: 'Spring fair' });
  const id = await world.post(
    { campaignId: campaign.id, supplier: 'Messe AG', memberId: mara.memberId, channel: 'events', segment: 'SMB' },
    mara,
  );
  const entry = await world.get(mara, `/costs/${id}`);
  assert.deepEqual(
    [entry.amount, entry.currency, entry.booked, entry.bookedCurrency, entry.rate, entry.rateOn, entry.campaign.name, entry.member.name],
    ['100000', 'EUR', '100000', 'EUR', '1', null, 'Spring fair', 'Mara'],
  );
  assert.deepEqual([entry.supplier, entry.channel, entry.segment, entry.recordedBy.name], ['Messe AG', 'events', 'SMB', 'Mara']);
  assert.deepEqual(entry.reverse, { may: true, whyNot: null });
  const facts = await world.inside((tx) => sql`SELECT kind, member_id AS "memberId" FROM facts WHERE subject_id = ${id}`.execute(tx));
  assert.deepEqual(facts.rows, [{ kind: 'cost.posted', memberId: mara.memberId }]);
  assert.equal((await world.get(lea, `/costs?campaignId=${campaign.id}`)).sum, '100000');
});

test('a side takes its own categories and no others', async () => {
  for (const side of costSides)
    for (const category of costCategories) {
      const answer = await world.ask(world.lea, 'POST', '/costs', { ...cost, occurredOn: '2025-01-01', side, category, amount: '1' });
      assert.equal(answer.statusCode, categoriesOf[side].includes(category) ? 201 : 400, `${side} ${category}: ${answer.body}`);
    }
});

test('what can’t be an entry is refused, and the refusal says what would be fine', async () => {
  const post = (given: Record<string, unknown>) => world.ask(world.lea, 'POST', '/costs', { ...cost, ...given });
  refused(await post({ amount: '0' }), 400, /nothing is none/);
  refused(await post({ amount: 12 }), 400, /amount/);
  refused(await post({ amount: '12.50' }), 400, /minor units/);
  refused(await post({ amount: '9'.repeat(16) }), 400, /amount/);
  refused(await post({ currency: 'XYZ' }), 400, /ISO 4217/);
  refused(await post({ occurredOn: '2026-02-30' }), 400, /2026-03-31/);
  refused(await post({ occurredOn: '2206-01-01' }), 400, /a year from now/);
  refused(await post({ side: 'sales', category: 'media' }), 400, /sales has no category “media”; it has salaries, commissions/);
  refused(await post({ people: 3 }), 400, /salaries and commissions/);
  refused(await post({ campaignID: null }), 400, /campaignID/);
  refused(await post({ campaignId: world.lea.memberId }), 404, /campaign/);
  refused(await world.ask(world.max, 'POST', '/costs', cost), 403, /costs\.post/);
});

test('another workspace’s ids look like none', async () => {
  const id = await world.post();
  oscar = await openStranger(world, world.lea);
  refused(await world.ask(oscar, 'GET', `/costs/${id}`), 404, /no such entry/);
  refused(await world.ask(oscar, 'POST', `/costs/${id}/reversal`, { reason: 'Mine now.' }), 404, /no such entry/);
  assert.equal((await world.get(oscar, '/costs')).total, 0);
});

test('the same request sent twice posts once', async () => {
  const send = () =>
    world.ask(world.lea, 'POST', '/costs', { ...cost, description: 'only once' }, { 'idempotency-key': 'once-and-only-once' });
  const [one, other] = [await send(), await send()];
  assert.equal(one.json().id, other.json().id);
  assert.equal((await world.get(world.lea, '/costs?q=only%20ONCE')).total, 1);
});

// ── reversals ───────────────────────────────────────────────────────────────

test('a reversal negates the entry on its own day and both point at each other', async () => {
  const id = await world.post({ amount: '4711', supplier: 'Twice GmbH', occurredOn: '2026-01-20' });
  const reversal = await world.send(world.mara, 'POST', `/costs/${id}/reversal`, { reason: 'Invoiced twice.' });
  const [entry, back] = [await world.get(world.lea, `/costs/${id}`), await world.get(world.lea, `/costs/${reversal.id}`)];
  assert.deepEqual([entry.reversedById, back.reversesId, back.amount, back.booked], [back.id, entry.id, '-4711', '-4711']);
  assert.deepEqual(
    [back.occurredOn, back.supplier, back.reason, back.recordedBy.name],
    ['2026-01-20', 'Twice GmbH', 'Invoiced twice.', 'Mara'],
  );
  const list = await world.get(world.lea, '/costs?supplier=twice');
  assert.deepEqual([list.total, list.sum], [2, '0']);
  assert.equal((await world.get(world.lea, '/costs?supplier=twice&state=live')).total, 0);
  refused(await world.ask(world.lea, 'POST', `/costs/${id}/reversal`, { reason: 'Again.' }), 409, /taken back already/);
  refused(await world.ask(world.lea, 'POST', `/costs/${back.id}/reversal`, { reason: 'Undo.' }), 409, /post what is right as a new entry/);
  assert.deepEqual(back.reverse.may, false);
});

test('of many reversals at once one is done, the others are told', async () => {
  const id = await world.post({ amount: '999', supplier: 'Race Ltd' });
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => world.ask(world.lea, 'POST', `/costs/${id}/reversal`, { reason: 'Mine.' })),
  );
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [201, 409, 409, 409, 409, 409, 409, 409]);
  assert.deepEqual(
    [(await world.get(world.lea, '/costs?supplier=race')).total, (await world.get(world.lea, '/costs?supplier=race')).sum],
    [2, '0'],
  );
});

test('a reversal is of the asked day, never before the entry', async () => {
  const id = await world.post({ occurredOn: '2026-02-10' });
  refused(await world.ask(world.lea, 'POST', `/costs/${id}/reversal`, { reason: 'x', on: '2026-02-09' }), 400, /2026-02-10/);
  assert.equal((await world.send(world.lea, 'POST', `/costs/${id}/reversal`, { reason: 'x', on: '2026-03-01' })).occurredOn, '2026-03-01');
});

// ── currencies ──────────────────────────────────────────────────────────────

test('an entry in another currency waits for a rate, is booked by the one in force on its day, and keeps it', async () => {
  const { lea, get, send } = world;
  const early = await world.post({ currency: 'CHF', amount: '10001', occurredOn: '2025-06-30', supplier: 'Alp' });
  const late = await world.post({ currency: 'CHF', amount: '10001', occurredOn: '2025-07-10', supplier: 'Alp' });
  const yen = await world.post({ currency: 'JPY', amount: '5000', occurredOn: '2025-07-10', supplier: 'Alp' });
  assert.deepEqual([(await get(lea, `/costs/${late}`)).booked, (await get(lea, '/costs?supplier=alp')).unbooked], [null, 3]);
  const { wanted } = await get(lea, '/exchange-rates');
  assert.deepEqual(wanted, [
    { currency: 'CHF', entries: 2, firstOn: '2025-06-30' },
    { currency: 'JPY', entries: 1, firstOn: '2025-07-10' },
  ]);
  assert.equal((await send(lea, 'POST', '/exchange-rates', { currency: 'CHF', onDay: '2025-07-01', rate: '1.0500' })).booked, 1);
  assert.deepEqual(await booking(late), ['10501', '1.05', '2025-07-01']); // 10501.05, to the nearest
  assert.deepEqual(await booking(early), [null, null, null]);
  assert.equal(
    (await send(lea, 'POST', '/exchange-rates', { currency: 'CHF', onDay: '2025-06-01', rate: '1.0700', source: 'ECB' })).booked,
    1,
  );
  assert.deepEqual(await booking(early), ['10701', '1.07', '2025-06-01']);
  assert.deepEqual(await booking(late), ['10501', '1.05', '2025-07-01']);
  await send(lea, 'POST', '/exchange-rates', { currency: 'JPY', onDay: '2025-01-01', rate: '0.0061' });
  assert.deepEqual(await booking(yen), ['3050', '0.0061', '2025-01-01']); // yen have no minor unit, cents do
  await send(lea, 'POST', '/exchange-rates', { currency: 'CHF', onDay: '2025-07-01', rate: '1.0400' });
  assert.deepEqual(await booking(late), ['10501', '1.05', '2025-07-01']);
  assert.deepEqual(await booking(await world.post({ currency: 'CHF', amount: '10000', occurredOn: '2025-07-20' })), [
    '10400',
    '1.04',
    '2025-07-01',
  ]);
  const { items } = await get<{ items: { onDay: string; rate: string; counts: boolean }[] }>(lea, '/exchange-rates?currency=CHF');
  assert.deepEqual(
    items.map(({ onDay, rate, counts }) => `${onDay} ${rate} ${counts}`),
    ['2025-07-01 1.04 true', '2025-07-01 1.05 false', '2025-06-01 1.07 true'],
  );
  assert.deepEqual(await strays(), []);
});
const booking = async (id: string) => {
  const { booked, rate, rateOn } = await world.get(world.lea, `/costs/${id}`);
  return [booked, rate, rateOn];
};

test('a reversal takes the rate of what it takes back, whatever the rate of its own day', async () => {
  const { lea, send } = world;
  await send(lea, 'POST', '/exchange-rates', { currency: 'GBP', onDay: '2025-01-01', rate: '1.2' });
  await send(lea, 'POST', '/exchange-rates', { currency: 'GBP', onDay: '2025-02-01', rate: '1.3' });
  const id = await world.post({ currency: 'GBP', amount: '1000', occurredOn: '2025-01-10' });
  const back = await send(lea, 'POST', `/costs/${id}/reversal`, { reason: 'Cancelled.', on: '2025-02-10' });
  assert.deepEqual([back.booked, ...(await booking(back.id))], ['-1200', '-1200', '1.2', '2025-01-01']);
  const waits = await world.post({ currency: 'SEK', amount: '1005', occurredOn: '2025-01-10' });
  const waitsToo = await send(lea, 'POST', `/costs/${waits}/reversal`, { reason: 'Cancelled.', on: '2025-02-10' });
  await send(lea, 'POST', '/exchange-rates', { currency: 'SEK', onDay: '2025-02-01', rate: '0.1' });
  assert.deepEqual(await booking(waitsToo.id), [null, null, null], 'the rate of its own day is not what it waits for');
  await send(lea, 'POST', '/exchange-rates', { currency: 'SEK', onDay: '2025-01-01', rate: '0.09' });
  assert.deepEqual([(await booking(waits))[0], (await booking(waitsToo.id))[0]], ['90', '-90']);
});

test('a rate recorded while entries are posted misses none of them', async () => {
  const { lea, send } = world;
  const posts = Array.from({ length: 6 }, () =>
    world.post({ currency: 'PLN', amount: '100', occurredOn: '2025-03-03', supplier: 'Warsaw' }),
  );
  await Promise.all([...posts, send(lea, 'POST', '/exchange-rates', { currency: 'PLN', onDay: '2025-03-01', rate: '0.25' })]);
  assert.deepEqual(
    [(await world.get(lea, '/costs?supplier=warsaw')).unbooked, (await world.get(lea, '/costs?supplier=warsaw')).sum],
    [0, '150'],
  );
});

test('the own currency has no other rate than 1, and a rate is above nothing', async () => {
  const rate = (given: object) =>
    world.ask(world.lea, 'POST', '/exchange-rates', { currency: 'USD', onDay: '2025-01-01', rate: '1', ...given });
  refused(await rate({ currency: 'EUR' }), 400, /always 1/);
  for (const strange of ['0', '0.00', '-1', '1e3', '01', '1.']) refused(await rate({ rate: strange }), 400, /rate/);
  refused(await world.ask(world.max, 'POST', '/exchange-rates', { currency: 'USD', onDay: '2025-01-01', rate: '1' }), 403, /costs\.plan/);
});

// ── recurring ───────────────────────────────────────────────────────────────

test('a recurring cost posts what is due at once, then as days come, and nothing twice', async () => {
  const { lea, get, send } = world;
  const startsOn = '2025-08-31';
  const given = { ...cost, occurredOn: undefined, every: 'month', startsOn, category: 'tools', amount: '4900', supplier: 'Tool Inc' };
  const made = await send(lea, 'POST', '/costs/recurring', given);
  const list = await get<{ items: { occurredOn: string; recurringId: string }[]; total: number }>(
    lea,
    '/costs?supplier=tool%20inc&sort=occurredOn&limit=200',
  );
  assert.deepEqual(
    list.items.slice(0, 7).map(({ occurredOn }) => occurredOn),
    ['2025-08-31', '2025-09-30', '2025-10-31', '2025-11-30', '2025-12-31', '2026-01-31', '2026-02-28'],
  );
  assert.deepEqual([made.posted, list.items[0]!.recurringId], [list.total, made.id]);
  await send(lea, 'POST', `/costs/${(list.items[0] as unknown as { id: string }).id}/reversal`, { reason: 'Not that month.' });
  await Promise.all([recurringCosts(world.database), recurringCosts(world.database)]);
  assert.equal((await get(lea, '/costs?supplier=tool%20inc')).total, list.total + 1);
  const [shown] = (await get<{ items: Told[] }>(lea, '/costs/recurring')).items;
  assert.deepEqual([shown!.posted, shown!.lastOn, shown!.endedAt], [list.total, list.items.at(-1)!.occurredOn, null]);
  assert.equal((await get(lea, shown!.recordsUrl.replace('/api/v1', ''))).total, shown!.posted, 'the number opens into as many entries');
  assert.ok(shown!.nextOn > today() && shown!.nextOn <= days(today(), { days: 31 }), shown!.nextOn);
  await send(lea, 'POST', `/costs/recurring/${made.id}/end`);
  refused(await world.ask(lea, 'POST', `/costs/recurring/${made.id}/end`), 409, /ended already/);
  assert.equal((await get<{ items: Told[] }>(lea, '/costs/recurring')).items[0]!.nextOn, null);
});

test('a recurring cost ends with its last day', async () => {
  const given = { ...cost, occurredOn: undefined, every: 'quarter', startsOn: '2025-01-15', endsOn: '2025-07-15', supplier: 'Quarterly' };
  assert.equal((await world.send(world.lea, 'POST', '/costs/recurring', given)).posted, 3);
  const { items } = await world.get<{ items: Told[] }>(world.lea, '/costs/recurring');
  assert.equal(items.find((each) => each.supplier === 'Quarterly')!.nextOn, null);
  refused(await world.ask(world.lea, 'POST', '/costs/recurring', { ...given, endsOn: '2024-12-31' }), 400, /ends before it starts/);
});

// ── lists ───────────────────────────────────────────────────────────────────

test('pages of any order hold every entry once, and the sum is that of all', async () => {
  const whole = await world.get<{ items: { id: string; booked: string | null }[]; total: number; sum: string }>(
    world.lea,
    '/costs?limit=200',
  );
  const ids = new Set(whole.items.map(({ id }) => id));
  assert.equal(ids.size, whole.total);
  assert.equal(whole.sum, String(whole.items.reduce((sum, { booked }) => sum + BigInt(booked ?? 0), 0n)));
  for (const sort of ['occurredOn', '-occurredOn', 'recordedAt', '-recordedAt', 'booked', '-booked']) {
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: { id: string }[]; next: string | null } = await world.get(
        world.lea,
        `/costs?limit=7&sort=${sort}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      );
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    }
    assert.equal(seen.length, whole.total, sort);
    assert.deepEqual(new Set(seen), ids, sort);
  }
  refused(await world.ask(world.lea, 'GET', '/costs?cursor=made~up~cursor'), 400, /start again without/);
  refused(await world.ask(world.lea, 'GET', '/costs?colour=red'), 400, /colour/);
  refused(await world.ask(world.lea, 'GET', '/costs?by=campaign&group=7'), 400, /JSON/);
});

test('an export holds what the list holds, in major units, and no cell is a formula', async () => {
  await world.post({ supplier: '=cmd|calc', amount: '-1200050', description: 'credit note', occurredOn: '2026-04-01' });
  const { body } = await world.ask(world.max, 'GET', '/costs.csv?start=2026-04-01&end=2026-04-01');
  const [head, line, ...more] = body.trim().split('\r\n');
  assert.match(head!, /Day,Side,Category,Amount,Currency,Booked/);
  assert.match(line!, /^2026-04-01,marketing,Media,-12000\.50,EUR,-12000\.50,EUR,1,.*'=cmd\|calc,credit note/);
  assert.deepEqual(more, []);
});

test('in a workspace that takes another currency, what was booked waits for a rate into that', async () => {
  const { send, get } = world;
  const given = { ...cost, currency: 'EUR', supplier: 'Moved' };
  await send(oscar, 'POST', '/exchange-rates', { currency: 'EUR', onDay: '2025-01-01', rate: '1.1' });
  const id = (await send<{ id: string }>(oscar, 'POST', '/costs', given)).id;
  assert.deepEqual([(await get(oscar, `/costs/${id}`)).booked, (await get(oscar, '/costs/summary')).currency], ['110000', 'USD']);
  await send(oscar, 'PATCH', '/workspace', { currency: 'EUR' });
  assert.deepEqual([(await get(oscar, `/costs/${id}`)).booked, (await get(oscar, '/costs/summary')).total.total], [null, '0']);
  await recurringCosts(world.database);
  assert.deepEqual([(await get(oscar, `/costs/${id}`)).booked, (await get(oscar, '/costs/summary')).total.total], ['100000', '100000']);
});

test('the check finds nothing to complain of, and every kind of damage', async () => {
  assert.deepEqual(await strays(), []);
  const [reversed] = (await world.get(world.lea, '/costs?supplier=twice&sort=occurredOn')).items as { id: string }[];
  const plain = await world.post({ supplier: 'Plain' });
  const damage = (text: string) => inside(world, world.lea.workspaceId, text);
  await damage(`UPDATE accord.cost_entries SET booked = booked + 1 WHERE id = '${plain}'`);
  await damage(`UPDATE accord.cost_entries SET reversed_by = NULL WHERE id = '${reversed!.id}'`);
  assert.deepEqual((await strays()).map(({ field, what }) => `${field} ${what}`).sort(), [
    'booked is not its amount at the rate beside it',
    'reversesId does not take back what it names',
  ]);
});
