import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import type { Rule } from '#engine/rules/rule.ts';
import type { WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { join, openWorld, type Person, setUpLea, type World } from '#tests/security/world.ts';
import type { BackTest } from './contract.ts';
import type { Vocabulary } from './contract/vocabulary.ts';

let world: World;
let [lea, mara, sam, vera]: Person[] = [];
before(async () => {
  world = await openWorld();
  lea = await setUpLea(world);
  mara = await join(world, lea, 'Mara', 'marketing', 'manager');
  sam = await join(world, lea, 'Sam', 'sales', 'manager');
  vera = await join(world, lea, 'Vera', 'sales', 'viewer');
  await bringIn();
});
after(() => world.close());

const workspace = () => lea!.workspaceId as WorkspaceId;
const inside: World['database']['inWorkspace'] = (id, work) => world.database.inWorkspace(id, work);

type Row = Record<string, unknown>;
async function insert(table: string, rows: readonly Row[]): Promise<void> {
  const names = new Set(['workspace_id', 'id', ...rows.flatMap((row) => Object.keys(row))]);
  const columns = sql.join([...names].map((column) => sql.ref(column)));
  await inside(workspace(), async (tx) => {
    if (table === 'touches') await sql`SELECT accord.ensure_month('touches', '2026-03-01')`.execute(tx);
    await sql`INSERT INTO ${sql.table(table)} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${sql.raw(`accord.${table}`)},
      ${JSON.stringify(rows.map((row) => ({ workspace_id: workspace(), id: newId(), ...row })))}::jsonb)`.execute(tx);
  });
}

const [smbWon, smbLost, midWon, midWonLate, midOpen] = Array.from({ length: 5 }, () => newId());

/** Five leads of March 2026 that became MQL, one that never did, and three that don't count. */
async function bringIn(): Promise<void> {
  const lead = (more: Row) => ({ custom: {}, opened_at: '2026-03-02T09:00:00Z', mql_at: '2026-03-03T09:00:00Z', ...more });
  const won = { won_at: '2026-04-01T09:00:00Z', value: '100000', currency: 'EUR' };
  await insert('leads', [
    lead({ id: smbWon, name: 'Ada', segment: 'SMB', ...won }),
    lead({ id: smbLost, name: 'Bob', segment: 'SMB' }),
    lead({ id: midWon, name: 'Cleo', segment: 'Mid-Market', ...won }),
    lead({ id: midWonLate, name: 'Dan', segment: 'Mid-Market', ...won, value: '50000', currency: 'USD' }),
    lead({ id: midOpen, name: 'Eve', segment: 'Mid-Market', mql_at: null, opened_at: '2026-03-31T21:59:59Z' }),
    lead({ name: 'Fay', segment: null }),
    lead({ name: 'Gus', segment: 'SMB', opened_at: '2026-03-31T22:00:00Z' }), // April in Berlin
    lead({ name: 'Hal', segment: 'SMB', archived_at: '2026-03-05T09:00:00Z' }),
    lead({ name: 'Ida', segment: 'SMB', opened_at: null }),
  ]);
  const touch = (more: Row) => ({ occurred_at: '2026-03-04T09:00:00Z', side: 'sales', kind: 'call', ...more });
  await insert('touches', [
    touch({ lead_id: smbWon }),
    touch({ lead_id: smbLost, kind: 'meeting' }),
    touch({ lead_id: smbLost, kind: 'email' }),
    touch({ lead_id: smbLost, kind: 'email', automated: true }),
    touch({ lead_id: smbLost, kind: 'email', direction: 'in' }),
    touch({ lead_id: midWon, kind: 'email' }),
  ]);
}

let versions = 100;
/** Numbered on from the last, unless said. */
async function addVersion(term: string, rule: Rule, status = 'draft', number = ++versions): Promise<string> {
  const id = newId();
  await insert('definition_versions', [
    {
      id,
      term,
      number,
      status,
      text: 'A lead to pass.',
      rule,
      examples: [],
      made_at: '2026-01-01T00:00:00Z',
      ...(status === 'signed' && { effective_from: '2026-01-01', signed_at: '2026-01-01T00:00:00Z' }),
    },
  ]);
  return id;
}

const midMarket: Rule = { all: [{ of: 'lead', field: 'segment', is: 'in', value: ['Mid-Market', 'Enterprise'] }] };
const march = { start: '2026-03-01', end: '2026-03-31' };

async function run(versionId: string, asked: object = march, person = mara): Promise<BackTest> {
  const answer = await world.ask(person, 'POST', `/definitions/${versionId}/back-tests`, asked);
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json();
}

describe('A back-test', () => {
  test('without a version in force compares with what the source calls MQL', async () => {
    const found = await run(await addVersion('mql', midMarket));
    assert.equal(found.against, null);
    assert.deepEqual(found.total, {
      leads: 6,
      passedNow: 5,
      passedThen: 3,
      both: 2,
      added: 1,
      dropped: 3,
      customersKept: 2,
      customersLost: 1,
      customersGained: 0,
      valueKept: '100000',
      valueLost: '100000',
      // Dropped: a call (9), a meeting (30) and a mail (6). Added: one at the mean of (9 + 36 + 6) ÷ 5 leads.
      repMinutesSaved: 45 - 10,
      closeRateNow: 0.6,
      closeRateThen: 2 / 3,
    });
    assert.deepEqual(
      found.rows.map(({ label, leads, dropped, customersLost }) => [label, leads, dropped, customersLost]),
      [
        ['Mid-Market', 3, 0, 0],
        ['SMB', 2, 2, 1],
        ['(blank)', 1, 1, 0],
      ],
    );
    const notes = found.notes.join('\n');
    for (const said of [
      'the source states MQL',
      '1 leads state no day of opening',
      '1 won leads state their value in another currency',
      'call 9',
      '30 days after',
    ])
      assert.ok(notes.includes(said), `${said} in ${notes}`);
    assert.equal(found.member?.name, 'Mara');
  });

  test('is kept with its version, and every number opens into its leads', async () => {
    const versionId = await addVersion('icp', midMarket);
    const found = await run(versionId, { ...march, by: 'month' });
    const kept = (await world.ask(sam, 'GET', `/definitions/${versionId}/back-tests`)).json();
    assert.deepEqual(kept, { items: [found], next: null, total: 1 });
    for (const which of [
      'leads',
      'passedNow',
      'passedThen',
      'both',
      'added',
      'dropped',
      'customersKept',
      'customersLost',
      'customersGained',
    ] as const) {
      const page = await world.ask(sam, 'GET', `/definitions/${versionId}/back-tests/records?backTest=${found.id}&which=${which}`);
      assert.equal(page.statusCode, 200, page.body);
      assert.equal(page.json().total, found.total[which], which);
      assert.equal(page.json().items.length, found.total[which], which);
    }
  });

  test('opens a group a page at a time, newest first', async () => {
    const versionId = await addVersion('icp', midMarket);
    const path = `/definitions/${versionId}/back-tests/records?start=2026-03-01&end=2026-03-31&by=segment&group=${encodeURIComponent('"Mid-Market"')}&which=passedThen&limit=2`;
    const first = (await world.ask(sam, 'GET', path)).json();
    assert.deepEqual([first.items.map(({ name }: Row) => name)[0], first.total], ['Eve', 3]);
    const second = (await world.ask(sam, 'GET', `${path}&cursor=${encodeURIComponent(first.next)}`)).json();
    assert.deepEqual([...first.items, ...second.items].map(({ name }: Row) => name).toSorted(), ['Cleo', 'Dan', 'Eve']);
    assert.equal(second.next, null);
    for (const wrong of ['cursor=x', 'group=x'])
      assert.equal(
        (await world.ask(sam, 'GET', `/definitions/${versionId}/back-tests/records?which=both&${wrong}`)).statusCode,
        400,
        wrong,
      );
  });

  test('compares with the version in force, and that one with the one before it', async () => {
    const first = await addVersion('sourced', { all: [] }, 'signed', 1);
    const proposed = await addVersion('sourced', midMarket, 'proposed', 2);
    const found = await run(proposed);
    assert.deepEqual(found.against, { id: first, number: 1 });
    assert.deepEqual([found.total.passedNow, found.total.passedThen, found.total.dropped, found.total.added], [6, 3, 3, 0]);
    assert.ok(found.notes.some((note) => note.includes('every lead')));
    assert.equal((await run(first)).against, null);
  });

  test('of what a lead becomes judges it as it stands', async () => {
    const found = await run(await addVersion('customer', { stage: 'won', is: 'reached' }));
    assert.deepEqual([found.total.passedNow, found.total.passedThen], [3, 3]);
    assert.ok(found.notes.includes('Each lead is judged as it stands now.'));
  });

  test('warns of a field that only won leads have', async () => {
    const leads = Array.from({ length: 60 }, (_, at) => ({
      custom: {},
      opened_at: '2025-06-01T09:00:00Z',
      mql_at: '2025-06-01T09:00:00Z',
      ...(at < 25 ? { won_at: '2025-07-01T09:00:00Z', country: 'DE', city: 'Ulm' } : { city: 'Ulm' }),
    }));
    await insert('leads', leads);
    const rule: Rule = {
      all: [
        { of: 'lead', field: 'country', is: 'eq', value: 'DE' },
        { of: 'lead', field: 'city', is: 'notBlank' },
      ],
    };
    const found = await run(await addVersion('mql', rule), { start: '2025-06-01', end: '2025-06-30' });
    const warnings = found.notes.filter((note) => note.includes('flatters'));
    assert.equal(warnings.length, 1);
    assert.match(warnings[0]!, /“Country” is stated of 100 % of won leads and of 0 % of the others/);
  });

  test('is refused where it can’t be', async () => {
    const attempt = await addVersion('attempt', { of: 'touch', field: 'kind', is: 'eq', value: 'call' });
    assert.equal((await world.ask(mara, 'POST', `/definitions/${attempt}/back-tests`, {})).statusCode, 409);
    const versionId = await addVersion('mql', midMarket);
    assert.equal(
      (await world.ask(mara, 'POST', `/definitions/${versionId}/back-tests`, { start: '2026-03-02', end: '2026-03-01' })).statusCode,
      400,
    );
    assert.equal((await world.ask(mara, 'POST', `/definitions/${newId()}/back-tests`, {})).statusCode, 404);
    assert.equal((await world.ask(vera, 'POST', `/definitions/${versionId}/back-tests`, {})).statusCode, 403);
    assert.equal(
      (await world.ask(vera, 'GET', `/definitions/${versionId}/back-tests/records?which=both&backTest=${newId()}`)).statusCode,
      404,
    );
    assert.equal((await world.ask(vera, 'GET', `/definitions/${versionId}/back-tests/records?which=leads&group=null`)).statusCode, 200);
  });
});

describe('A trial', () => {
  test('tells clause by clause what was found of a lead', async () => {
    const rule: Rule = {
      all: [
        ...(midMarket as { all: Rule[] }).all,
        { touches: { where: [{ of: 'touch', field: 'kind', is: 'eq', value: 'email' }], withinDays: null }, is: 'gte', value: 2 },
      ],
    };
    const answer = await world.ask(vera, 'POST', '/definitions/trials', { rule, leadId: midWon });
    assert.deepEqual(answer.json(), {
      lead: { id: midWon, name: 'Cleo' },
      passed: false,
      clauses: [
        { path: 'all.0', met: true, found: 'Segment: Mid-Market', sentence: 'the segment is Mid-Market or Enterprise' },
        { path: 'all.1', met: false, found: '1 touch', sentence: 'at least 2 touches of kind email' },
      ],
    });
  });

  test('takes the newest lead unless one is named, and refuses a rule at its place', async () => {
    assert.equal((await world.ask(vera, 'POST', '/definitions/trials', { rule: { all: [] } })).json().lead.name, 'Gus');
    const answer = await world.ask(vera, 'POST', '/definitions/trials', {
      rule: { all: [{ of: 'lead', field: 'employees', is: 'gte', value: 1 }] },
    });
    assert.equal(answer.statusCode, 400);
    assert.deepEqual(answer.json().fields, [{ at: 'rule.all.0', reason: 'a lead has no field “employees”' }]);
    assert.equal((await world.ask(vera, 'POST', '/definitions/trials', { rule: { all: [] }, leadId: newId() })).statusCode, 404);
  });

  test('of a rule nested without end is refused like any other', async () => {
    let rule: object = { all: [] };
    for (let depth = 0; depth < 20_000; depth++) rule = { not: rule };
    const answer = await world.ask(vera, 'POST', '/definitions/trials', { rule });
    assert.equal(answer.statusCode, 400, answer.body.slice(0, 300));
  });
});

test('the vocabulary of a term leaves out what becomes known only afterwards', async () => {
  const ask = async (query: string) => (await world.ask(vera, 'GET', `/definitions/vocabulary?${query}`)).json() as Vocabulary;
  const names = ({ fields }: Vocabulary, of: string) => fields.filter((field) => field.of === of).map(({ name }) => name);
  const [mql, customer, attempt] = [await ask('term=mql'), await ask('term=customer'), await ask('subject=touch&term=attempt')];
  assert.ok(!names(mql, 'lead').includes('wonAt') && names(mql, 'lead').includes('segment') && names(mql, 'account').includes('employees'));
  assert.deepEqual(
    mql.stages.map(({ stage }) => stage),
    ['inquiry'],
  );
  assert.ok(names(customer, 'lead').includes('wonAt') && customer.stages.some(({ stage }) => stage === 'won'));
  assert.deepEqual(new Set(attempt.fields.map(({ of }) => of)), new Set(['touch']));
});
