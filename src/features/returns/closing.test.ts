/** Closing months: in order, once, and nothing gets in afterwards. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { inside } from '#tests/security/world.ts';
import { cost, type LedgerWorld, openLedger, refused, type Told } from '#tests/support/ledger.ts';
import { closePeriod, measuresForClosing } from './actions/close-period.ts';
import { closedMonthProblem } from './actions/hold-open.ts';
import { postAllDue } from './actions/recurring.ts';
import { type EntryGiven, writeEntries } from './actions/write-entries.ts';
import { entriesHash, type SealedEntry, sealedEntries } from './queries/entries-hash.ts';
import { verifyLedger } from './queries/verify-ledger.ts';

let world: LedgerWorld;
before(async () => {
  world = await openLedger();
});
after(() => world.close());

const close = (month: string, by = world.lea) => world.ask(by, 'POST', `/periods/${month}/closing`);
const reopen = (month: string, by = world.lea) => world.ask(by, 'POST', `/periods/${month}/reopening`, { reason: 'A late invoice.' });
const period = (month: string, by = world.lea) => world.get(by, `/periods/${month}`);
const workspaceId = (): WorkspaceId => world.lea.workspaceId as WorkspaceId;
/** An entry as the product's own hands write it. */
const blank: EntryGiven = {
  ...{
    occurredOn: '',
    side: 'marketing',
    category: 'media',
    amount: '100',
    currency: 'EUR',
    campaignId: null,
    accountId: null,
    memberId: null,
  },
  ...{ teamId: null, segment: null, channel: null, people: null, supplier: null, description: null },
};
const strays = async () => (await verifyLedger(world.database, world.lea.workspaceId as WorkspaceId, () => {})).differences;

test('an empty ledger has the present month, open', async () => {
  const { items, firstOpenDay } = await world.get<{ items: Told[]; firstOpenDay: string }>(world.lea, '/periods');
  const month = Temporal.Now.plainDateISO('Europe/Berlin').toString().slice(0, 7);
  assert.deepEqual([items.length, items[0]!.month, items[0]!.state, firstOpenDay], [1, month, 'open', `${month}-01`]);
  refused(await close(month), 409, /is not over/);
  assert.equal(items[0]!.close.may, false);
});

test('months are closed in order, when nothing in them waits for a rate, by who sees all of them', async () => {
  await world.post({ occurredOn: '2025-01-10', amount: '1000' });
  await world.post({ occurredOn: '2025-01-11', side: 'sales', category: 'salaries', people: 6, amount: '60000' });
  await world.post({ occurredOn: '2025-02-11', currency: 'CHF', amount: '500' });
  refused(await close('2025-02'), 409, /Close 2025-01 first/);
  for (const head of [world.mara, world.sam]) refused(await close('2025-01', head), 403, /periods\.close/);
  refused(await close('2025-01', world.max), 403, /periods\.close/);
  assert.equal((await close('2025-01')).statusCode, 204);
  refused(await close('2025-01'), 409, /closed already/);
  const waiting = await period('2025-02');
  assert.deepEqual([waiting.close, waiting.problems.length], [{ may: false, whyNot: '1 entry waits for a rate of CHF.' }, 1]);
  assert.equal((await world.get(world.lea, waiting.problems[0].recordsUrl.replace('/api/v1', ''))).total, 1);
  refused(await close('2025-02'), 409, /rate of CHF\. Record one for 2025-02-11/);
  await world.send(world.lea, 'POST', '/exchange-rates', { currency: 'CHF', onDay: '2025-02-01', rate: '2' });
  assert.equal((await close('2025-02')).statusCode, 204);
  assert.deepEqual(await strays(), []);
});

test('a closed month keeps its totals and hash, and says who closed it', async () => {
  const closed = await period('2025-01');
  assert.deepEqual([closed.state, closed.marketing, closed.sales, closed.total, closed.entries], ['closed', '1000', '60000', '61000', 2]);
  assert.match(closed.hash, /^[0-9a-f]{64}$/);
  assert.deepEqual(
    closed.categories.map(({ side, category, amount }: Record<string, string>) => `${side} ${category} ${amount}`),
    ['marketing media 1000', 'sales salaries 60000'],
  );
  assert.deepEqual([closed.closings.length, closed.closings[0].reopenedAt], [1, null]);
  const seen = await period('2025-01', world.mara);
  assert.match(seen.reopen.whyNot, /a head of leadership or the owner/);
  assert.deepEqual([seen.sales, seen.total, seen.entries, seen.hash, seen.basis.sales], ['0', '1000', 1, null, 'programme']);
  assert.doesNotMatch(JSON.stringify(seen), /salaries|Salaries|60000|61000/);
});

test('the workspace keeps its currency while months are closed in it', async () => {
  refused(await world.ask(world.lea, 'PATCH', '/workspace', { currency: 'CHF' }), 409, /closed in EUR, the first of them/);
});

test('a closed month takes no entry, and says the first day that does', async () => {
  const problem = refused(
    await world.ask(world.lea, 'POST', '/costs', { ...cost, occurredOn: '2025-01-31' }),
    409,
    /2025-01 is closed.*2025-03-01/,
  );
  assert.deepEqual([problem['month'], problem['firstOpenDay']], ['2025-01', '2025-03-01']);
  refused(
    await world.ask(world.lea, 'POST', '/costs/recurring', { ...cost, occurredOn: undefined, every: 'month', startsOn: '2025-02-01' }),
    409,
    /2025-03-01/,
  );
  const key = { name: 'All', content: { applies: {}, onto: 'segment', by: 'leads' }, effectiveFrom: '2025-02' };
  refused(await world.ask(world.lea, 'POST', '/allocation-keys', key), 409, /2025-03-01/);
});

test('what a closed month holds is taken back on the first open day', async () => {
  const { items } = await world.get<{ items: { id: string }[] }>(world.lea, '/costs?start=2025-01-01&end=2025-01-31&side=marketing');
  refused(await world.ask(world.lea, 'POST', `/costs/${items[0]!.id}/reversal`, { reason: 'x', on: '2025-02-01' }), 409, /2025-03-01/);
  const back = await world.send(world.lea, 'POST', `/costs/${items[0]!.id}/reversal`, { reason: 'Cancelled.' });
  assert.equal(back.occurredOn, '2025-03-01');
  assert.equal((await world.get(world.lea, `/costs/${items[0]!.id}`)).reversedById, back.id);
  assert.deepEqual(await strays(), [], 'the closed month is as it was closed');
});

test('a month is opened again for a reason, and closed again', async () => {
  refused(await reopen('2025-03'), 409, /is open/);
  refused(await world.ask(world.lea, 'POST', '/periods/2025-01/reopening', { reason: '' }), 400, /reason/);
  refused(await reopen('2025-01', world.mara), 403, /periods\.close/);
  assert.equal((await reopen('2025-01')).statusCode, 204);
  await world.post({ occurredOn: '2025-01-12', amount: '5' });
  refused(await close('2025-03'), 409, /Close 2025-01 first/);
  assert.equal((await close('2025-01')).statusCode, 204);
  const { closings, marketing } = await period('2025-01');
  assert.deepEqual([closings.length, closings[1].reopenedBecause, marketing], [2, 'A late invoice.', '1005']);
  const { rows } = await world.inside((tx) =>
    sql`SELECT kind, count(*)::int FROM facts WHERE subject_kind = 'period' GROUP BY 1 ORDER BY 1`.execute(tx),
  );
  assert.deepEqual(rows, [
    { kind: 'period.closed', count: 3 },
    { kind: 'period.reopened', count: 1 },
  ]);
});

test('of twenty closings at once one is done', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => close('2025-03')));
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [204, ...Array.from({ length: 19 }, () => 409)]);
  assert.equal((await period('2025-03')).closings.length, 1);
});

/** A transaction that has done its work and stays open until it is let go. */
async function holding(work: (tx: Tx) => Promise<unknown>): Promise<{ letGo(): Promise<void> }> {
  const [done, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const running = world.inside(async (tx) => {
    await work(tx);
    done.resolve();
    await end.promise;
  });
  await Promise.race([done.promise, running]);
  return {
    letGo: async () => {
      end.resolve();
      await running;
    },
  };
}
const waits = async (answer: Promise<unknown>): Promise<boolean> =>
  Promise.race([answer.then(() => false), setTimeout(300).then(() => true)]);

test('a closing waits for who is writing into the month, and counts what they wrote', async () => {
  const entry = { ...blank, occurredOn: '2025-04-03' };
  const writing = await holding((tx) => writeEntries(tx, workspaceId(), 'EUR', [entry], { memberId: null, recurringId: null }));
  const closing = close('2025-04');
  const waited = await waits(closing);
  await writing.letGo();
  assert.ok(waited, 'it closed over an entry that was being written');
  assert.equal((await closing).statusCode, 204);
  assert.deepEqual([(await period('2025-04')).entries, (await strays()).length], [1, 0]);
});

test('who writes into a month that is being closed waits, and is refused', async () => {
  const measures = await measuresForClosing(world.database, workspaceId(), '2025-05');
  const lea = { ...world.lea, workspaceId: workspaceId(), name: 'Lea' };
  const closing = await holding((tx) => closePeriod(tx, lea, '2025-05', measures));
  const posting = world.ask(world.lea, 'POST', '/costs', { ...cost, occurredOn: '2025-05-05' });
  const waited = await waits(posting);
  await closing.letGo();
  assert.ok(waited, 'it was posted while the month was being closed');
  refused(await posting, 409, /2025-05 is closed/);
});

test('posting, taking back and booking race a closing: nothing lands in the closed month, nothing is left unbooked', async () => {
  const months = ['2025-06', '2025-07', '2025-08'];
  await world.send(world.lea, 'POST', '/exchange-rates', { currency: 'NOK', onDay: '2025-08-01', rate: '0.1' });
  for (const [round, month] of months.entries()) {
    const ids = await Promise.all(Array.from({ length: 4 }, () => world.post({ occurredOn: `${month}-02`, amount: '70' })));
    const writes = Array.from({ length: 24 }, (_, at) => () => {
      if (at % 6 === 5) return world.ask(world.lea, 'POST', `/costs/${ids[Math.floor(at / 6)]}/reversal`, { reason: 'Race.' });
      return world.ask(world.lea, 'POST', '/costs', {
        ...cost,
        occurredOn: `${month}-1${at % 6}`,
        amount: '7',
        ...(round === 2 ? { currency: 'NOK' } : {}),
      });
    });
    const racing = writes.map((write) => write());
    racing.splice(8, 0, close(month));
    const answers = await Promise.all(racing);
    assert.ok(
      answers.every(({ statusCode }) => [201, 204, 409, 503].includes(statusCode)),
      answers.map(({ statusCode, body }) => (statusCode > 409 ? body : '')).join(''),
    );
    if (answers[8]!.statusCode !== 204) assert.equal((await close(month)).statusCode, 204);
    const { entries, marketing } = await period(month);
    const inIt = await world.get(world.lea, `/costs?start=${month}-01&end=${month}-30`);
    assert.deepEqual([inIt.total, inIt.sum, inIt.unbooked], [entries, marketing, 0]);
  }
  assert.deepEqual(await strays(), []);
});

test('the database itself keeps writers out who forget to ask, and they are told what would be fine', async () => {
  const entry = { ...blank, occurredOn: '2025-02-03' };
  const written = world.inside((tx) => writeEntries(tx, workspaceId(), 'EUR', [entry], { memberId: null, recurringId: null }));
  await assert.rejects(written, /2025-02 is closed.*The first open day is 2025-09-01/);
  assert.equal(closedMonthProblem(new Error('else'), new Set()), undefined);
  const voiding = world.inside((tx) => sql`UPDATE cost_entries SET voided_by = id WHERE occurred_on = '2025-02-11'`.execute(tx));
  await assert.rejects(voiding, (error) => /what counts in it stays/.test(closedMonthProblem(error, new Set())!.message));
});

test('closing posts what falls due in the month, and the job posts nothing into it', async () => {
  const given = { ...cost, occurredOn: undefined, every: 'month', startsOn: '2025-09-15', supplier: 'Rent', amount: '300' };
  const { id } = await world.send(world.lea, 'POST', '/costs/recurring', given);
  await inside(world, world.lea.workspaceId, `DELETE FROM accord.cost_entries WHERE recurring_id = '${id}'`); // as if the worker had been down
  assert.equal((await close('2025-09')).statusCode, 204);
  assert.equal((await period('2025-09')).marketing, '300');
  const posted = await world.inside((tx) => postAllDue(tx, world.lea.workspaceId as WorkspaceId));
  assert.ok(posted > 0);
  assert.equal((await period('2025-09')).entries, 1);
});

test('the hash is the same in any order of the rows, and another for any other row', async () => {
  const entries = await world.inside((tx) => sealedEntries(tx, workspaceId(), '2025-06'));
  assert.ok(entries.length > 3);
  const { hash } = await period('2025-06');
  for (let turn = 0; turn < 20; turn++) assert.equal(entriesHash(shuffled(entries, turn)), hash);
  const changes: Partial<SealedEntry>[] = [
    { amount: '8' },
    { occurredOn: '2025-06-30' },
    { says: [null, null, null, 'x', null, null] },
    { rate: '2' },
    { custom: { a: 1 } },
  ];
  for (const change of changes) assert.notEqual(entriesHash(entries.with(1, { ...entries[1]!, ...change })), hash, JSON.stringify(change));
  assert.notEqual(entriesHash(entries.slice(1)), hash);
});
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const order = items.map((item, at) => [Math.imul(at + 1, 2_654_435_761 + seed * 40_503) >>> 0, item] as const);
  return order.sort(([a], [b]) => a - b).map(([, item]) => item);
}

test('the check tells a closed month that was tampered with', async () => {
  assert.deepEqual(await strays(), []);
  await inside(world, world.lea.workspaceId, `ALTER TABLE accord.cost_entries DISABLE TRIGGER USER`);
  await inside(world, world.lea.workspaceId, `UPDATE accord.cost_entries SET supplier = 'Somebody else' WHERE occurred_on = '2025-02-11'`);
  await inside(
    world,
    world.lea.workspaceId,
    `UPDATE accord.cost_entries SET amount = amount + 1, booked = booked + 1 WHERE occurred_on = '2025-01-12'`,
  );
  await inside(world, world.lea.workspaceId, `ALTER TABLE accord.cost_entries ENABLE TRIGGER USER`);
  assert.deepEqual(
    (await strays()).map(({ field, what }) => `${field}: ${what}`),
    [
      'totals: 2025-01 is not what it was closed with',
      'hash: 2025-01 is not what it was closed with',
      'hash: 2025-02 is not what it was closed with',
    ],
  );
});
