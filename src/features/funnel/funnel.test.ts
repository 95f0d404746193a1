import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { WorkspaceIo } from '#platform/cli/command.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { testDatabase, type TestDatabase } from '#tests/support/database.ts';
import { funnelCommand } from './commands.ts';
import {
  funnelAnswer,
  funnelGroupings,
  funnelQuery,
  type FunnelAnswer,
  recordsOf,
  recordsQuery,
  type RecordsOf,
  type ShownCounts,
  stagesQuery,
} from './contract.ts';
import { answerFunnel, answerStages } from './queries/answers.ts';
import { columnsCacheOf, makeColumnsCache } from './queries/columns.ts';
import { funnelByPlainSql, type OracleRow } from './queries/plain-sql.ts';
import { listFunnelRecords } from './queries/records.ts';
import { verifyColumns } from './queries/verify.ts';

const timeZone = 'America/New_York';
let testing: TestDatabase;
let database: Database;
before(async () => {
  testing = await testDatabase();
  database = testing.database;
});
after(() => testing.close());

async function makeWorkspace(zone = timeZone): Promise<WorkspaceId> {
  const workspaceId = newId() as WorkspaceId;
  await database.atGate('system', (tx) =>
    sql`INSERT INTO workspaces (id, name, slug, time_zone, currency) VALUES (${workspaceId}, 'Acme', ${workspaceId}, ${zone}, 'EUR')`.execute(
      tx,
    ),
  );
  return workspaceId;
}

type Lead = Record<string, unknown>;
/** Fields by column name. */
async function addLeads(tx: Tx, workspaceId: WorkspaceId, leads: readonly Lead[]): Promise<string[]> {
  const rows = leads.map((lead) => ({ id: newId(), ...lead }));
  const columns = [
    'id',
    'owner_id',
    'qualifier_id',
    'campaign_id',
    'opened_at',
    'mql_at',
    'sal_at',
    'sql_at',
    'deal_at',
    'won_at',
    'lost_at',
    'value',
    'currency',
    'origin',
    'channel',
    'segment',
    'archived_at',
    'name',
  ].map((name) => sql.ref(name));
  await sql`INSERT INTO leads (workspace_id, ${sql.join(columns)}) SELECT ${workspaceId}::uuid, ${sql.join(columns)} FROM jsonb_populate_recordset(NULL::leads, ${JSON.stringify(rows)}::jsonb)`.execute(
    tx,
  );
  return rows.map((row) => row.id);
}

async function addPeople(tx: Tx, workspaceId: WorkspaceId): Promise<{ members: string[]; teams: string[]; campaigns: string[] }> {
  const ids = (count: number) => Array.from({ length: count }, () => newId());
  const [members, teams, campaigns] = [ids(3), ids(2), ids(3)];
  for (const [at, name] of ['Sam', 'Mara', 'Lea'].entries())
    await sql`INSERT INTO members (workspace_id, id, name, side, role) VALUES (${workspaceId}, ${members[at]}, ${name}, 'sales', 'member')`.execute(
      tx,
    );
  for (const [at, name] of ['West', 'East'].entries())
    await sql`INSERT INTO teams (workspace_id, id, name, side) VALUES (${workspaceId}, ${teams[at]}, ${name}, 'sales')`.execute(tx);
  for (const [team, member] of [
    [0, 0],
    [1, 0],
    [0, 1],
  ] as const)
    await sql`INSERT INTO team_members (workspace_id, team_id, member_id) VALUES (${workspaceId}, ${teams[team]}, ${members[member]})`.execute(
      tx,
    );
  for (const [at, name] of ['Fair', 'Fair 2026', 'Webinar'].entries())
    await sql`INSERT INTO campaigns (workspace_id, id, name, merged_into) VALUES (${workspaceId}, ${campaigns[at]}, ${name}, ${at === 0 ? campaigns[1] : null})`.execute(
      tx,
    );
  return { members, teams, campaigns };
}

const asked = (query: Record<string, unknown>) => funnelQuery.parse({ asOf: '2026-06-30', ...query });
const answer = (workspaceId: WorkspaceId, query: Record<string, unknown>, from: Database = database) =>
  answerFunnel(from, workspaceId, asked(query));
const withMql = (origin: string | null, mqlAt = '2026-05-01T12:00:00Z', wonAt: string | null = null): Lead => ({
  origin,
  mql_at: mqlAt,
  won_at: wonAt,
});

test('answers by origin with blank apart, value by currency, formula, scope and addresses of the records', async () => {
  const workspaceId = await makeWorkspace();
  await database.inWorkspace(workspaceId, (tx) =>
    addLeads(tx, workspaceId, [
      { ...withMql('paid', '2026-05-01T12:00:00Z', '2026-05-11T12:00:00Z'), value: '100', currency: 'EUR' },
      { ...withMql('paid', '2026-05-01T12:00:00Z', '2026-05-02T03:30:00Z'), value: '50', currency: 'USD' }, // 23:30 of 1 May in New York: day 0
      withMql('paid'),
      withMql(null, '2026-05-03T12:00:00Z', '2026-05-01T12:00:00Z'),
      withMql('unknown'),
      { ...withMql('paid'), archived_at: '2026-05-05T00:00:00Z' },
      { origin: 'paid', won_at: '2026-05-20T12:00:00Z' },
    ]),
  );
  const found = await answer(workspaceId, { by: 'origin', start: '2026-05-01', end: '2026-05-31' });
  assert.deepEqual(
    found.rows.map((row) => [
      row.origin,
      row.label,
      row.entered,
      row.reached,
      row.medianDays,
      row.p90Days,
      row.value,
      row.negativeCycles,
      row.reachedWithoutEntering,
    ]),
    [
      ['paid', 'paid', 3, 2, 0, 10, '100', 0, 1],
      [null, '(blank)', 1, 1, -2, -2, '0', 1, 0],
      ['unknown', 'unknown', 1, 0, null, null, '0', 0, 0],
    ],
  );
  assert.deepEqual(found.rows[0]!.values, [
    { currency: 'EUR', amount: '100' },
    { currency: 'USD', amount: '50' },
  ]);
  assert.deepEqual([found.total.entered, found.total.reached, found.total.rate], [5, 3, 0.6]);
  assert.match(found.formula, /of the leads that entered MQL in the period, the share that reached Won by 2026-06-30/);
  assert.equal(
    found.rows[1]!.recordsUrl,
    '/api/v1/funnel/records?by=origin&from=mql&to=won&mode=cohort&start=2026-05-01&end=2026-05-31&asOf=2026-06-30&group=null&which=entered',
  );
  assert.deepEqual(found.stages.map(({ stage, entered }) => [stage, entered]).slice(0, 5), [
    ['mql', 5],
    ['sal', 0],
    ['sql', 0],
    ['deal', 0],
    ['won', 3],
  ]);
});

test('columns are as new as the request: added, changed, archived, brought back, undone', async () => {
  const workspaceId = await makeWorkspace();
  const cache = columnsCacheOf(database);
  const write = (work: (tx: Tx) => Promise<unknown>) => database.inWorkspace(workspaceId, work);
  const counts = async () =>
    (await answer(workspaceId, { by: 'origin' })).rows.map((row) => `${row.label} ${row.entered} ${row.reached}`).sort();
  assert.deepEqual(await counts(), []);
  const loads = cache.held().loads;
  let ids: string[] = [];
  await write(async (tx) => (ids = await addLeads(tx, workspaceId, [withMql('paid'), withMql('paid'), withMql(null)])));
  assert.deepEqual(await counts(), ['(blank) 1 0', 'paid 2 0']);
  await write((tx) =>
    sql`UPDATE leads SET origin = 'social', won_at = '2026-05-04T00:00:00Z', changed_xid = pg_current_xact_id() WHERE id = ${ids[1]}`.execute(
      tx,
    ),
  );
  assert.deepEqual(await counts(), ['(blank) 1 0', 'paid 1 0', 'social 1 1']);
  await write((tx) => sql`UPDATE leads SET archived_at = now(), changed_xid = pg_current_xact_id() WHERE id = ${ids[0]}`.execute(tx));
  assert.deepEqual(await counts(), ['(blank) 1 0', 'social 1 1']);
  await write((tx) => sql`UPDATE leads SET archived_at = NULL, changed_xid = pg_current_xact_id() WHERE id = ${ids[0]}`.execute(tx));
  assert.deepEqual(await counts(), ['(blank) 1 0', 'paid 1 0', 'social 1 1']);
  assert.equal(cache.held().loads, loads, 'all of this without reading every lead again');
  await write(async (tx) => {
    await sql`DELETE FROM leads WHERE id = ${ids[2]}`.execute(tx);
    await sql`INSERT INTO import_runs (workspace_id, id, number, status, source, undone_at) VALUES (${workspaceId}, ${newId()}, 1, 'undone', 'test', now())`.execute(
      tx,
    );
  });
  assert.deepEqual(await counts(), ['paid 1 0', 'social 1 1']);
  assert.equal(cache.held().loads, loads + 1);
  assert.deepEqual((await verifyColumns(database, workspaceId)).differences, []);
});

test('a change committed late by a transaction that began early is not missed', async () => {
  const workspaceId = await makeWorkspace();
  const entered = async () => (await answer(workspaceId, {})).total.entered;
  await entered();
  let insertDone: () => void = () => {};
  const inserted = new Promise<void>((resolve) => (insertDone = resolve));
  let commit: () => void = () => {};
  const mayCommit = new Promise<void>((resolve) => (commit = resolve));
  const slow = database.inWorkspace(workspaceId, async (tx) => {
    await addLeads(tx, workspaceId, [withMql('slow')]);
    insertDone();
    await mayCommit;
  });
  await inserted;
  await database.inWorkspace(workspaceId, (tx) => addLeads(tx, workspaceId, [withMql('quick')]));
  assert.equal(await entered(), 1, 'the quick one; the slow one is not committed');
  commit();
  await slow;
  assert.equal(await entered(), 2);
});

test('whoever asks after a commit sees it, with many asking and writing at once', async () => {
  const workspaceId = await makeWorkspace();
  await Promise.all(
    Array.from({ length: 12 }, async (_, writer) => {
      for (let round = 1; round <= 5; round++) {
        await database.inWorkspace(workspaceId, (tx) => addLeads(tx, workspaceId, [withMql(`writer ${writer}`)]));
        const row = (await answer(workspaceId, { by: 'origin' })).rows.find(({ origin }) => origin === `writer ${writer}`);
        assert.equal(row?.entered, round);
      }
    }),
  );
  assert.equal((await verifyColumns(database, workspaceId)).checked, 60);
});

test('a lead of another workspace is in no number and in no list', async () => {
  const [mine, theirs] = [await makeWorkspace(), await makeWorkspace('UTC')];
  for (const workspaceId of [mine, theirs])
    await database.inWorkspace(workspaceId, (tx) => addLeads(tx, workspaceId, [withMql(workspaceId)]));
  for (const workspaceId of [mine, theirs]) {
    assert.deepEqual(
      (await answer(workspaceId, { by: 'origin' })).rows.map((row) => row.origin),
      [workspaceId],
    );
    const other = workspaceId === mine ? theirs : mine;
    const page = await listFunnelRecords(
      database,
      workspaceId,
      recordsQuery.parse({ by: 'origin', group: JSON.stringify(other), asOf: '2026-06-30' }),
    );
    assert.deepEqual([page.total, page.items], [0, []]);
  }
});

test('a workspace whose zone changes is read anew', async () => {
  const workspaceId = await makeWorkspace('UTC');
  await database.inWorkspace(workspaceId, (tx) => addLeads(tx, workspaceId, [withMql('paid', '2026-05-01T01:00:00Z')]));
  const months = async () => (await answer(workspaceId, { by: 'month' })).rows.map((row) => row.month);
  assert.deepEqual(await months(), ['2026-05']);
  await database.inWorkspace(workspaceId, (tx) =>
    sql`UPDATE workspaces SET time_zone = 'America/New_York' WHERE id = ${workspaceId}`.execute(tx),
  );
  assert.deepEqual(await months(), ['2026-04']);
});

test('the least used columns make room', async () => {
  const cache = makeColumnsCache(database, 1);
  const [one, two] = [await makeWorkspace(), await makeWorkspace()];
  await cache.fresh(one);
  await cache.fresh(two);
  assert.deepEqual([cache.held().workspaces, cache.held().loads], [1, 2]);
  await cache.fresh(two);
  assert.equal(cache.held().loads, 2, 'the one just asked for stays');
  await cache.fresh(one);
  assert.equal(cache.held().loads, 3);
});

// ── against plain SQL ───────────────────────────────────────────────────────

const byOracle = (row: OracleRow) => ({
  group: row.group,
  entered: row.entered,
  reached: row.reached,
  negative: row.negative,
  without: row.without,
  censored: row.censored,
  median: row.median,
  p90: row.p90,
  values: row.values,
});
const byProduct = (row: ShownCounts & { group: string | null }) => ({
  group: row.group,
  entered: row.entered,
  reached: row.reached,
  negative: row.negativeCycles,
  without: row.reachedWithoutEntering,
  censored: row.censored,
  median: row.medianDays,
  p90: row.p90Days,
  values: Object.fromEntries(row.values.filter(({ amount }) => amount !== '0').map(({ currency, amount }) => [currency ?? '', amount])),
});
const inOrder = <T extends { group: string | null }>(rows: T[]): T[] =>
  rows.sort((one, other) => ((one.group ?? '') < (other.group ?? '') ? -1 : 1));

const instant = fc.option(
  fc
    .integer({ min: Date.parse('2026-02-20T00:00:00Z') / 60_000, max: Date.parse('2026-05-10T00:00:00Z') / 60_000 })
    .map((minutes) => Temporal.Instant.fromEpochMilliseconds(minutes * 60_000).toString()),
  { freq: 3 },
);
const day = fc.integer({ min: 0, max: 75 }).map((days) => Temporal.PlainDate.from('2026-02-20').add({ days }).toString());
const anyQuery = fc
  .record({
    by: fc.constantFrom(...funnelGroupings),
    mode: fc.constantFrom('cohort', 'period'),
    pair: fc.constantFrom(['inquiry', 'mql'], ['mql', 'won'], ['mql', 'sql'], ['deal', 'lost']),
    days: fc.option(fc.tuple(day, day)),
    windowDays: fc.option(fc.integer({ min: 0, max: 40 })),
    asOf: day,
  })
  .map(({ by, mode, pair, days, windowDays, asOf }) => {
    const [start, end] = days?.toSorted() ?? [];
    return {
      by,
      mode,
      from: pair[0],
      to: pair[1],
      asOf,
      ...(days ? { start, end } : {}),
      ...(mode === 'cohort' && windowDays !== null ? { windowDays } : {}),
    };
  });

test('every answer equals plain SQL, and every number opens into as many leads', async () => {
  const workspaceId = await makeWorkspace();
  const { members, campaigns } = await database.inWorkspace(workspaceId, (tx) => addPeople(tx, workspaceId));
  const lead = fc.record({
    opened_at: instant,
    mql_at: instant,
    sql_at: instant,
    deal_at: instant,
    won_at: instant,
    lost_at: instant,
    value: fc.option(fc.integer({ min: -5, max: 1_000_000 }).map(String)),
    currency: fc.constantFrom(null, 'EUR', 'USD', 'BRL'),
    origin: fc.constantFrom(null, 'paid', 'unknown', 'Ünïcode 🚀'),
    channel: fc.constantFrom(null, 'web'),
    segment: fc.constantFrom(null, 'mid', 'large'),
    owner_id: fc.constantFrom(null, ...members),
    qualifier_id: fc.constantFrom(null, ...members),
    campaign_id: fc.constantFrom(null, ...campaigns),
    archived_at: fc.constantFrom(null, null, null, '2026-03-01T00:00:00Z'),
  });
  const leads = fc.sample(fc.array(lead, { minLength: 400, maxLength: 400 }), { numRuns: 1, seed: 20261130 })[0]!;
  await database.inWorkspace(workspaceId, (tx) => addLeads(tx, workspaceId, leads));
  await fc.assert(
    fc.asyncProperty(anyQuery, async (query) => {
      const question = funnelQuery.parse(query);
      const found = await answerFunnel(database, workspaceId, question);
      const expected = await database.inWorkspace(workspaceId, (tx) =>
        funnelByPlainSql(tx, workspaceId, timeZone, { ...question, asOf: question.asOf! }),
      );
      assert.deepEqual(inOrder(found.rows.map(byProduct)), inOrder(expected.map(byOracle)));
      await everyNumberOpens(workspaceId, query, found);
    }),
    { numRuns: 120, seed: 1 },
  );
  assert.deepEqual((await verifyColumns(database, workspaceId)).differences, []);
});

const numberOf: Record<RecordsOf, (counts: ShownCounts) => number> = {
  entered: (counts) => counts.entered,
  reached: (counts) => counts.reached,
  negative: (counts) => counts.negativeCycles,
  withoutEntering: (counts) => counts.reachedWithoutEntering,
  censored: (counts) => counts.censored,
};

async function everyNumberOpens(workspaceId: WorkspaceId, query: Record<string, unknown>, found: FunnelAnswer): Promise<void> {
  assert.deepEqual(funnelAnswer.parse(found), found, 'as the API promises');
  for (const which of recordsOf) {
    const count = async (group?: string | null) =>
      (
        await listFunnelRecords(
          database,
          workspaceId,
          recordsQuery.parse({ ...query, which, limit: 1, ...(group === undefined ? {} : { group: JSON.stringify(group) }) }),
        )
      ).total;
    assert.equal(await count(), numberOf[which](found.total), which);
    const row = found.rows[found.rows.length >> 1];
    if (row) assert.equal(await count(row.group), numberOf[which](row), `${which} of ${row.group}`);
  }
}

test('a list is paged without gaps, newest entry first, with the names of its references', async () => {
  const workspaceId = await makeWorkspace();
  const { members } = await database.inWorkspace(workspaceId, (tx) => addPeople(tx, workspaceId));
  const ids = await database.inWorkspace(workspaceId, (tx) =>
    addLeads(
      tx,
      workspaceId,
      Array.from({ length: 7 }, (_, at) => ({
        ...withMql('paid', `2026-05-0${1 + (at % 3)}T12:00:00Z`),
        owner_id: members[0],
        name: `Lead ${at}`,
      })),
    ),
  );
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await listFunnelRecords(
      database,
      workspaceId,
      recordsQuery.parse({ by: 'origin', group: '"paid"', limit: '3', asOf: '2026-06-30', ...(cursor ? { cursor } : {}) }),
    );
    assert.equal(page.total, 7);
    assert.deepEqual([page.items[0]!['ownerName'], page.items[0]!['teamNames']], ['Sam', ['East', 'West']]);
    seen.push(...page.items.map((item) => `${item['mqlAt']} ${item.id}`));
    cursor = page.next;
  } while (cursor);
  assert.deepEqual(seen, seen.toSorted().reverse());
  assert.deepEqual(seen.map((text) => text.split(' ')[1]!).sort(), ids.sort());
  await assert.rejects(listFunnelRecords(database, workspaceId, recordsQuery.parse({ cursor: "1~'; DROP TABLE leads" })), /cursor/);
});

test('owners, teams and campaigns are shown by name with their id beside', async () => {
  const workspaceId = await makeWorkspace();
  const { members, teams, campaigns } = await database.inWorkspace(workspaceId, (tx) => addPeople(tx, workspaceId));
  await database.inWorkspace(workspaceId, (tx) =>
    addLeads(tx, workspaceId, [
      { ...withMql('a'), owner_id: members[0], campaign_id: campaigns[0] },
      { ...withMql('a'), owner_id: members[2], campaign_id: campaigns[1] },
      withMql('a'),
    ]),
  );
  const rows = async (by: string) =>
    (await answer(workspaceId, { by })).rows.map((row) => [row.label, row[by], row[`${by}Id`], row.entered]).sort();
  assert.deepEqual(
    await rows('team'),
    [
      ['(no team)', null, null, 2],
      ['East', 'East', teams[1], 1],
    ],
    'Sam is in East and West: East comes first; Lea is in none',
  );
  assert.deepEqual(
    await rows('campaign'),
    [
      ['(no campaign)', null, null, 1],
      ['Fair 2026', 'Fair 2026', campaigns[1], 2],
    ],
    'a merged campaign counts as its survivor',
  );
  assert.deepEqual(
    (await rows('owner')).map(([label]) => label),
    ['(no owner)', 'Lea', 'Sam'],
  );
});

test('contradictions are refused with the parameter’s name', () => {
  const refused = (query: Record<string, unknown>) =>
    funnelQuery.safeParse(query).error?.issues.map((issue) => issue.path.join('.') || issue.code);
  assert.deepEqual(refused({ from: 'sql', to: 'mql' }), ['to']);
  assert.deepEqual(refused({ start: '2026-02-30' }), ['start']);
  assert.deepEqual(refused({ start: '2026-03-02', end: '2026-03-01' }), ['end']);
  assert.deepEqual(refused({ mode: 'period', windowDays: '30' }), ['windowDays']);
  assert.deepEqual(refused({ by: 'origin; DROP TABLE leads' }), ['by']);
  assert.deepEqual(refused({ owner: 'x' }), ['unrecognized_keys']);
  assert.equal(recordsQuery.safeParse({ group: '[1]' }).success, false);
  assert.equal(recordsQuery.parse({ group: 'null' }).group, null);
});

test('the stages alone start at the inquiry', async () => {
  const workspaceId = await makeWorkspace();
  await database.inWorkspace(workspaceId, (tx) =>
    addLeads(tx, workspaceId, [
      { opened_at: '2026-05-01T12:00:00Z', mql_at: '2026-05-02T12:00:00Z' },
      { opened_at: '2026-05-01T12:00:00Z' },
    ]),
  );
  const { stages } = await answerStages(database, workspaceId, stagesQuery.parse({ asOf: '2026-06-30' }));
  assert.deepEqual(
    stages.slice(0, 3).map(({ stage, entered, rate }) => [stage, entered, rate]),
    [
      ['inquiry', 2, 1],
      ['mql', 1, 0.5],
      ['sal', 0, 0],
    ],
  );
});

test('the command prints one JSON document, or a table', async () => {
  const workspaceId = await makeWorkspace();
  await database.inWorkspace(workspaceId, (tx) =>
    addLeads(tx, workspaceId, [
      { ...withMql('paid', '2026-05-01T12:00:00Z', '2026-05-02T12:00:00Z'), value: '123456', currency: 'EUR' },
      withMql('paid'),
      withMql('paid'),
      withMql(null),
    ]),
  );
  const call = async (values: Record<string, string | boolean>) => {
    const lines: string[] = [];
    const io = {
      database,
      workspaceId,
      json: values['json'] === true,
      watched: false,
      out: (line: string) => void lines.push(line),
      err: () => {},
      progress: () => {},
    } as unknown as WorkspaceIo;
    assert.equal(await funnelCommand.run({ values: { 'as-of': '2026-06-30', ...values }, positionals: [] }, io as never), 0);
    return lines;
  };
  const json = JSON.parse((await call({ by: 'origin', json: true })).join('\n')) as { rows: Record<string, unknown>[] };
  assert.deepEqual(
    json.rows.map(({ origin, entered, reached, rate }) => ({ origin, entered, reached, rate })),
    [
      { origin: 'paid', entered: 3, reached: 1, rate: 0.33333 },
      { origin: null, entered: 1, reached: 0, rate: 0 },
    ],
  );
  const lines = await call({ by: 'origin' });
  assert.deepEqual(
    lines.filter((line) => /^(paid|\(blank\)|all) /.test(line)),
    [
      'paid           3        1  33.33 %            1         1  1234.56 EUR',
      '(blank)        1        0   0.00 %            –         –            –',
      'all            4        1  25.00 %            1         1  1234.56 EUR',
    ],
  );
  const records = JSON.parse((await call({ by: 'origin', records: true, blank: true, json: true })).join('\n')) as { total: number };
  assert.equal(records.total, 1);
  await assert.rejects(call({ 'window-days': 'x' }), /--window-days/);
});
