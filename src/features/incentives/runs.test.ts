import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { verifyPayouts } from '#features/incentives/queries/verify.ts';
import type { WorkspaceId } from '#platform/db/database.ts';
import { commission, computedRun, lockedRun, pastGuards, planFor, signedPlan, wonDeal } from '#tests/support/incentives.ts';
import { type LedgerWorld, openLedger, refused, type Told } from '#tests/support/ledger.ts';

let world: LedgerWorld;
before(async () => (world = await openLedger()));
after(() => world.close());

const lineTexts = ({ lines }: Told): [string, string, string][] => lines.map(({ kind, amount, says }: Told) => [kind, amount, says]);
const statementOf = (runId: string, person: { memberId: string }, as = world.lea): Promise<Told> =>
  world.get(as, `/payout-runs/${runId}/statements/${person.memberId}`);

let august: Told;
let dealId: string;

test('a period is run in its turn, when it is over and a plan pays it, and twenty who start it at once start one run', async () => {
  refused(
    await world.ask(world.lea, 'POST', '/payout-runs', { kind: 'regular', periodKind: 'month', periodStart: '2026-08-01' }),
    409,
    /No plan/,
  );
  await signedPlan(world, planFor(world), '2026-08-01');
  dealId = await wonDeal(world, '2026-08-10', '1000000');
  refused(
    await world.ask(world.lea, 'POST', '/payout-runs', { kind: 'regular', periodKind: 'month', periodStart: '2026-09-01' }),
    409,
    /August 2026/,
  );
  refused(
    await world.ask(world.lea, 'POST', '/payout-runs', { kind: 'regular', periodKind: 'month', periodStart: '2026-08-02' }),
    400,
    /2026-08-01/,
  );
  refused(
    await world.ask(world.sam, 'POST', '/payout-runs', { kind: 'regular', periodKind: 'month', periodStart: '2026-08-01' }),
    403,
    /leadership/,
  );
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      world.ask(world.lea, 'POST', '/payout-runs', { kind: 'regular', periodKind: 'month', periodStart: '2026-08-01' }),
    ),
  );
  assert.deepEqual([...new Set(answers.map(({ statusCode }) => statusCode))], [201]);
  assert.equal(new Set(answers.map((answer) => answer.json().ids[0])).size, 1);
  const { items } = await world.get<Told>(world.lea, '/payout-runs');
  assert.equal(items.length, 1);
});

test('computed twice it is the same to the byte, and each line opens to the deal, the rule and the version', async () => {
  const once = await computedRun(world, '2026-08-01');
  const twice = await computedRun(world, '2026-08-01');
  assert.equal(once.attempt, 1);
  assert.equal(twice.attempt, 2);
  assert.equal(once.linesHash, twice.linesHash);
  assert.deepEqual(twice.sums, [{ currency: 'EUR', amount: '100000' }]);
  const statement = await statementOf(twice.id, world.sue);
  assert.deepEqual(lineTexts(statement), [['rate', '100000', '10 % of €10,000']]);
  assert.equal(statement.lines[0].opens[0].id, dealId);
  assert.equal(statement.lines[0].plan.number, 1);
});

test('it is approved by two others on the lines they read, each for what they see, and locked only then', async () => {
  const run = await computedRun(world, '2026-08-01');
  const approve = (person: typeof world.lea, linesHash = run.linesHash) =>
    world.ask(person, 'POST', `/payout-runs/${run.id}/approvals`, { linesHash });
  refused(await approve(world.lea), 409, /doesn’t approve/);
  refused(await approve(world.sue), 403, /./);
  refused(await approve(world.sam, 'a'.repeat(64)), 409, /not the lines you read/);
  refused(await world.ask(world.lea, 'POST', `/payout-runs/${run.id}/lock`), 409, /Two people/);
  assert.equal((await approve(world.sam)).statusCode, 200);
  refused(await approve(world.sam), 409, /have approved/);
  // It pays nobody of marketing: Mara has nothing to approve, so somebody of leadership does.
  refused(await approve(world.mara), 409, /nobody of marketing/);
});

test('a pool for both sides lets both heads approve; locked, nothing of it changes, and the ledger has the commissions', async () => {
  const { ids } = await world.send<{ ids: string[] }>(world.lea, 'POST', '/payout-runs', {
    kind: 'regular',
    periodKind: 'month',
    periodStart: '2026-08-01',
  });
  await world.send(world.lea, 'POST', `/payout-runs/${ids[0]}/discard`, { reason: 'The pool was missing.' });
  const condition = (value: string) => ({ metric: { from: 'result', name: 'wonValue' }, is: 'atLeast', value });
  const fund = { base: '90000', by: null, share: null };
  const pool = (opens: object) => ({ id: 'pool', name: 'Joint pool', fund, opens, key: { by: 'weight', byDays: false } });
  await signedPlan(
    world,
    planFor(world, { name: 'Pool', components: [], pool: pool({ marketing: [condition('1000000')], sales: [condition('500000')] }) }),
    '2026-08-01',
  );
  august = await lockedRun(world, '2026-08-01');
  assert.equal(august.status, 'locked');
  assert.equal(august.pools[0].state, 'open');
  assert.deepEqual(
    august.pools[0].gates.map(({ says, value, needed, holds }: Told) => [says, value, needed, holds]),
    [
      ['Won value', '€10,000', 'at least €10,000', true],
      ['Won value', '€10,000', 'at least €5,000', true],
    ],
  );
  const [max, sue] = [await statementOf(august.id, world.max), await statementOf(august.id, world.sue)];
  assert.deepEqual([max.sums, sue.sums], [[{ currency: 'EUR', amount: '30000' }], [{ currency: 'EUR', amount: '160000' }]]);
  const { items } = await world.get<Told>(world.lea, '/costs?category=commissions');
  assert.deepEqual(items.map(({ side, amount, occurredOn }: Told) => [side, amount, occurredOn]).toSorted(), [
    ['marketing', '30000', '2026-08-31'],
    ['sales', '160000', '2026-08-31'],
  ]);
  refused(await world.ask(world.lea, 'POST', `/payout-runs/${august.id}/computation`), 409, /locked/);
  refused(await world.ask(world.lea, 'POST', `/payout-runs/${august.id}/discard`, { reason: 'x' }), 409, /stays/);
  await assert.rejects(
    world.inside((tx) => sql`UPDATE statement_lines SET amount = 1 WHERE run_id = ${august.id}::uuid`.execute(tx)),
    /permission denied/,
  );
  await assert.rejects(
    world.inside((tx) =>
      sql`INSERT INTO payout_approvals (workspace_id, id, run_id, attempt, lines_hash, member_id, scope)
        SELECT workspace_id, ${'00000000-0000-7000-8000-000000000001'}::uuid, id, attempt, lines_hash, ${world.lea.memberId}::uuid, 'all' FROM payout_runs WHERE id = ${august.id}::uuid`.execute(
        tx,
      ),
    ),
    /locked/,
  );
});

test('what is recorded late is a correction in the next run, what is undone is taken back there, and locked lines stay', async () => {
  const before = await statementOf(august.id, world.sue);
  await wonDeal(world, '2026-08-20', '200000');
  await world.send(world.lea, 'PATCH', `/deals/${dealId}`, { sets: { amount: '900000' } });
  const check = await world.get<Told>(world.lea, `/payout-runs/${august.id}/check`);
  assert.equal(check.equal, true);
  assert.ok(check.changedFacts.length >= 2, JSON.stringify(check.changedFacts));
  await wonDeal(world, '2026-09-10', '500000');
  const september = await lockedRun(world, '2026-09-01');
  const sue = await statementOf(september.id, world.sue);
  const own = sue.lines.filter(({ isCorrection }: Told) => !isCorrection);
  assert.deepEqual(
    own.map(({ kind, amount }: Told) => [kind, amount]),
    [
      ['rate', '50000'],
      ['pool', '0'], // 5,000 won: marketing's gate asks for 10,000
    ],
  );
  // 10 % of 9,000 and of 2,000 less the 1,000 that were posted. The pool's gates still hold: its share stays.
  assert.deepEqual(
    sue.lines.filter(({ isCorrection }: Told) => isCorrection).map(({ kind, amount, periodStart }: Told) => [kind, amount, periodStart]),
    [['correction', '10000', '2026-08-01']],
  );
  assert.deepEqual(await statementOf(august.id, world.sue), before);
});

test('who has not signed is not paid, and is paid by the run after they have', async () => {
  const made = await signedPlan(
    world,
    planFor(world, {
      name: 'SPIF',
      payees: [{ id: world.sue.memberId, side: 'sales' }],
      components: [commission({ id: 'extra', name: 'Extra', tiers: [{ from: '0', percent: '1' }] })],
    }),
    '2026-10-01',
    { without: [world.sue.memberId] },
  );
  await wonDeal(world, '2026-10-10', '100000');
  const run = await computedRun(world, '2026-10-01');
  assert.deepEqual(
    run.plans.find(({ planId }: Told) => planId === made.planId).notSigned.map(({ name }: Told) => name),
    ['Sue'],
  );
  assert.equal(
    (await statementOf(run.id, world.sue)).lines.some(({ component }: Told) => component === 'extra'),
    false,
  );
  const { signing } = await world.get<Told>(world.sue, `/incentive-plan-versions/${made.id}`);
  await world.send(world.sue, 'POST', `/incentive-plan-versions/${made.id}/signatures`, {
    signsAs: 'payee',
    contentHash: signing.ways[0].contentHash,
  });
  const again = await computedRun(world, '2026-10-01');
  assert.deepEqual(
    (await statementOf(again.id, world.sue)).lines.filter(({ component }: Told) => component === 'extra').map(({ amount }: Told) => amount),
    ['1000'],
  );
});

test('a shadow run shows what a draft would have paid and is never approved, locked or exported', async () => {
  const draft = await world.send<Told>(world.lea, 'POST', '/incentive-plans', {
    content: planFor(world, { name: 'Bolder', components: [commission({ tiers: [{ from: '0', percent: '20' }] })] }),
  });
  const { ids } = await world.send<Told>(world.lea, 'POST', '/payout-runs', {
    kind: 'shadow',
    versionId: draft.id,
    periodStart: '2026-08-01',
    lastPeriodStart: '2026-09-01',
  });
  assert.equal(ids.length, 2);
  const run = await world.send<Told>(world.lea, 'POST', `/payout-runs/${ids[0]}/computation`);
  assert.equal(run.payable, false);
  assert.deepEqual(run.sums, [{ currency: 'EUR', amount: '220000' }]);
  assert.match(run.can.approve, /shadow/i);
  refused(await world.ask(world.sam, 'POST', `/payout-runs/${ids[0]}/approvals`, { linesHash: run.linesHash }), 409, /shadow/i);
  refused(await world.ask(world.lea, 'POST', `/payout-runs/${ids[0]}/lock`), 409, /never paid/);
  refused(await world.ask(world.lea, 'GET', `/payout-runs/${ids[0]}/payroll`), 409, /never paid/);
  refused(await world.ask(world.sue, 'GET', `/payout-runs/${ids[0]}/statements/${world.sue.memberId}`), 404, /./);
});

test('a dispute is answered by somebody else, taken to the sponsor, and corrected by a line of the next run', async () => {
  const { lines } = await statementOf(august.id, world.sue, world.sue);
  const lineId = lines[0].id;
  refused(await world.ask(world.sam, 'POST', '/disputes', { lineId, reason: 'Not mine.' }), 403, /Whom it pays/);
  refused(await world.ask(world.max, 'POST', '/disputes', { lineId, reason: 'Not mine.' }), 404, /./);
  const raised = await world.send<Told>(world.sue, 'POST', '/disputes', { lineId, reason: 'The second deal is missing.' });
  refused(await world.ask(world.sue, 'POST', '/disputes', { lineId, reason: 'Again.' }), 409, /already/);
  refused(
    await world.ask(world.sue, 'POST', `/disputes/${raised.id}/answer`, { outcome: 'explained', answer: 'Fine.' }),
    403,
    /Somebody else/,
  );
  refused(await world.ask(world.max, 'GET', `/disputes/${raised.id}`), 403, /./);
  await world.send(world.sam, 'POST', `/disputes/${raised.id}/answer`, { outcome: 'explained', answer: 'It came later: see September.' });
  await world.send(world.sue, 'POST', `/disputes/${raised.id}/escalation`, { reason: 'It still lacks 12 euros.' });
  refused(await world.ask(world.sam, 'POST', `/disputes/${raised.id}/answer`, { outcome: 'explained', answer: 'No.' }), 403, /sponsor/);
  const decided = await world.send<Told>(world.lea, 'POST', `/disputes/${raised.id}/answer`, {
    outcome: 'corrected',
    answer: 'True.',
    amount: '1200',
  });
  assert.deepEqual(
    decided.history.map(({ says }: Told) => says),
    ['doubted the line', 'explained it', 'took it to the sponsor', 'agreed to a correction'],
  );
  const october = await lockedRun(world, '2026-10-01');
  const corrected = (await statementOf(october.id, world.sue)).lines.filter(({ kind }: Told) => kind === 'dispute');
  assert.deepEqual(
    corrected.map(({ amount }: Told) => amount),
    ['1200'],
  );
  assert.equal((await world.get<Told>(world.lea, `/payout-runs/${october.id}/check`)).equal, true);
});

test('payroll gets what was locked, and a name that a spreadsheet would run is harmless there', async () => {
  await world.inside((tx) => sql`UPDATE members SET name = '=cmd()' WHERE id = ${world.sue.memberId}::uuid`.execute(tx));
  const answer = await world.ask(world.lea, 'GET', `/payout-runs/${august.id}/payroll/export`);
  assert.equal(answer.statusCode, 200);
  assert.match(answer.body, /'=cmd\(\)/);
  assert.match(answer.body, /1600\.00/);
  const own = await world.get<Told>(world.sam, `/payout-runs/${august.id}/payroll`);
  assert.deepEqual(
    own.rows.map(({ side }: Told) => side),
    ['sales'],
  );
  refused(await world.ask(world.sue, 'GET', `/payout-runs/${august.id}/payroll`), 403, /Heads and auditors/);
  await world.inside((tx) => sql`UPDATE members SET name = 'Sue' WHERE id = ${world.sue.memberId}::uuid`.execute(tx));
});

test('the check finds nothing to complain of, and a line that was touched past the guards', async () => {
  const verify = () => verifyPayouts(world.database, world.lea.workspaceId as WorkspaceId, () => {});
  assert.deepEqual((await verify()).differences, []);
  const touch = (by: number) => (client: { query(text: string, values: unknown[]): Promise<unknown> }) =>
    client
      .query("UPDATE accord.statement_lines SET amount = amount + $2 WHERE run_id = $1 AND kind = 'rate'", [august.id, by])
      .then(() => {});
  await pastGuards(world, 'statement_lines', touch(1));
  const found = (await verify()).differences.map(({ what }) => what);
  await pastGuards(world, 'statement_lines', touch(-1));
  assert.ok(found.includes('is not what was computed'), JSON.stringify(found));
  assert.ok(
    found.some((what) => what.includes('went into the ledger')),
    JSON.stringify(found),
  );
});

test('an estimate tells the running period so far, and what a deal would change', async () => {
  const { id } = await world.send<Told>(world.lea, 'POST', '/deals', {
    name: 'Open',
    status: 'open',
    amount: '300000',
    currency: 'EUR',
    openedAt: '2026-11-01T09:00:00Z',
    ownerId: world.sue.memberId,
  });
  const estimate = await world.get<Told>(world.sue, '/incentives/estimate?on=2026-10-15');
  assert.ok(estimate.plans.length >= 2);
  const asked = { dealId: id, closesOn: '2026-10-20' };
  const supposed = await world.send<Told>(world.sue, 'POST', '/incentives/what-if/deal', asked);
  const commissions = supposed.plans.find(({ name }: Told) => name === 'Plan');
  assert.equal(commissions.difference, '30000');
  refused(await world.ask(world.max, 'POST', '/incentives/what-if/deal', { ...asked, memberId: world.sue.memberId }), 403, /your own/);
});
