/**
 * A raw dump of the whole database, every row of every table with where it lies, which transaction wrote it and when,
 * and the attempt to find out who wrote what: by names and ids, by transactions, by order, by times, by what neighbours
 * it. With k who wrote, no attempt may be right more often than 1/k and five points.
 */
import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import { fewestInBatch } from '#engine/candour/batch.ts';
import { makeSealing } from '#platform/auth/sealing.ts';
import { newId } from '#platform/db/ids.ts';
import { type Colleague, hireColleagues, type ManyColleagues } from '#tests/support/colleagues.ts';
import { openWorld, testSecret, type World } from '#tests/security/world.ts';
import { settlePools, turnHour } from './actions/tick.ts';

const sealing = makeSealing(() => testSecret);
/** `LINKAGE_BATCHES=200` for a longer look. */
const batches = Number(process.env['LINKAGE_BATCHES'] ?? 20);
const writers = 5;
/** So many sign something in each batch; the writers among them. */
const signers = 6;
const day = 86_400_000;
const token = (): string => randomBytes(32).toString('base64url');

let world: World;
let company: ManyColleagues;
let lead: string;
/** Who wrote which note: what the attacker is after. */
const truth = new Map<string, string>();
const pulseAnswers: { memberId: string; text: string }[] = [];
let rows: Row[] = [];
let pending: Row[] = [];

/** One row of the dump. */
interface Row {
  readonly table: string;
  readonly page: number;
  readonly line: number;
  readonly xmin: number;
  readonly text: string;
}

before(async () => {
  world = await openWorld();
  company = await hireColleagues(
    world,
    Array.from({ length: 30 }, (_, at) => ({
      name: `Colleague ${at}`,
      side: at % 2 === 0 ? ('marketing' as const) : ('sales' as const),
      role: at === 0 ? ('manager' as const) : ('member' as const),
    })),
  );
  lead = newId();
  await inside((tx) =>
    sql`INSERT INTO leads (workspace_id, id, name, owner_id, opened_at) VALUES (${company.workspaceId}, ${lead}, 'Ada Lind', ${company.people[1]!.memberId}, now())`.execute(
      tx,
    ),
  );
  for (let batch = 0; batch < batches; batch++) await writeBatch(batch);
  await answerAPulse();
  for (const who of draw(writers)) await write(who, 'Waits still', true);
  await settlePools(world.database);
  pending = await dump();
  await turnHour(world.database, sealing, Date.now() + 40 * day);
  rows = await dump();
});
after(() => world.close());

const inside = <T>(work: Parameters<typeof world.database.inWorkspace<T>>[1]): Promise<T> =>
  world.database.inWorkspace(company.workspaceId, work);

/** Some do something under their name, one after the other, and most of them write a note right after. */
async function writeBatch(batch: number): Promise<void> {
  const about = draw(signers);
  const those = new Set(about.slice(0, writers));
  for (const who of about.toSorted(() => randomInt(3) - 1)) {
    await write(who, `Signed ${batch} ${who.name}`, false);
    if (!those.has(who)) continue;
    // The session is touched in the very transaction before, as it is after five quiet minutes.
    await world.database.atGate('sign-in', (tx) =>
      sql`UPDATE sessions SET last_seen_at = now() - interval '6 minutes' WHERE login_id = ${who.loginId}`.execute(tx),
    );
    const note = `Note ${batch} ${randomBytes(4).toString('hex')}`;
    truth.set(note, who.memberId);
    await write(who, note, true);
    if (randomInt(3) === 0) await settlePools(world.database);
  }
  await turnHour(world.database, sealing, Date.now());
}

async function write(who: Colleague, behaviour: string, anonymous: boolean): Promise<void> {
  const toSide = who.side === 'marketing' ? 'sales' : 'marketing';
  const body = {
    tone: 'criticism',
    subjectKind: 'lead',
    subjectId: lead,
    toSide,
    behaviour,
    anonymous,
    ...(anonymous && { receipt: token() }),
  };
  const answer = await world.ask(who, 'POST', '/feedback', body, { 'idempotency-key': newId() });
  assert.equal(answer.statusCode, 201, answer.body);
}

async function answerAPulse(): Promise<void> {
  const closesOn = new Date(Date.now() + 6 * day).toISOString().slice(0, 10);
  const opened = await world.ask(company.people[0], 'POST', '/pulses', {
    title: 'Pulse',
    closesOn,
    questions: [{ key: 'trust', text: 'Trust?' }],
  });
  assert.equal(opened.statusCode, 201, opened.body);
  for (const who of draw(company.people.length)) {
    const text = `Answer ${randomBytes(4).toString('hex')}`;
    pulseAnswers.push({ memberId: who.memberId, text });
    const answer = await world.ask(
      who,
      'POST',
      `/pulses/${opened.json().id}/answers`,
      { scores: { trust: 1 + randomInt(5) }, text },
      { 'idempotency-key': newId() },
    );
    assert.deepEqual(answer.json(), { counted: true });
  }
}

function draw(count: number): Colleague[] {
  const left = [...company.people];
  return Array.from({ length: count }, () => left.splice(randomInt(left.length), 1)[0]!);
}

/** Every table there is, the job queue’s too, as its owner sees it: past row security, in the order rows lie in. */
async function dump(): Promise<Row[]> {
  const client = new pg.Client({ connectionString: world.ownerUrl });
  await client.connect();
  try {
    await client.query(`SELECT set_config('app.workspace', $1, false), set_config('app.gate', 'system', false)`, [company.workspaceId]);
    const { rows: tables } = await client.query<{
      name: string;
    }>(`SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname IN ('accord', 'graphile_worker') ORDER BY 1`);
    const all: Row[] = [];
    for (const { name } of tables) {
      const { rows: found } = await client.query(
        `SELECT (ctid::text::point)[0]::int AS page, (ctid::text::point)[1]::int AS line, xmin::text::bigint AS xmin, t::text AS text FROM ${name} t`,
      );
      all.push(...found.map((row) => ({ ...row, table: name, xmin: Number(row.xmin) })));
    }
    return all;
  } finally {
    await client.end();
  }
}

// ── what an attacker tries ──────────────────────────────────────────────────

/** Rows that name somebody, by member or login. */
function naming(list: readonly Row[]): (Row & { memberId: string })[] {
  return list.flatMap((row) =>
    company.people
      .filter(({ memberId, loginId }) => row.text.includes(memberId) || row.text.includes(loginId))
      .map(({ memberId }) => ({ ...row, memberId })),
  );
}

const noteOf = ({ text }: Row): string | undefined => /Note \d+ [0-9a-f]{8}/.exec(text)?.[0];

/** Each way of guessing: from a note’s row to a member. The attacker is told who wrote in which batch, for nothing. */
function attempts(list: readonly Row[]): Record<string, (note: Row) => string | undefined> {
  const named = naming(list).filter(({ table }) => !/\.(members|logins|leads|pulses)$/.test(table));
  const sessions = named.filter(({ table }) => table === 'accord.sessions');
  const signed = named.filter(({ text }) => text.includes('Signed'));
  const nearest = (among: readonly (Row & { memberId: string })[], distance: (row: Row, note: Row) => number) => (note: Row) => {
    const suspects = truthOfBatch(batchOf(note.text)!);
    return among.filter(({ memberId }) => suspects.has(memberId)).sort((one, other) => distance(one, note) - distance(other, note))[0]
      ?.memberId;
  };
  const batchOf = (text: string): string | undefined => /(?:Note|Signed) (\d+) /.exec(text)?.[1];
  /** The nth of the batch’s notes is the nth’s of those who signed in it. */
  const byRank = (order: (row: Row) => string | number, orderOfSigned: (row: Row) => string | number) => (note: Row) => {
    const batch = batchOf(note.text);
    const notes = sorted(
      list.filter((row) => row.table === note.table && noteOf(row) && batchOf(row.text) === batch),
      order,
    );
    const people = sorted(
      signed.filter((row) => row.table === 'accord.feedback' && batchOf(row.text) === batch && truthOfBatch(batch!).has(row.memberId)),
      orderOfSigned,
    );
    return people[notes.findIndex((row) => row.text === note.text)]?.memberId;
  };
  const place = ({ page, line }: Row): number => page * 1_000 + line;
  return {
    'the transaction nearest to its own': nearest(named, (row, note) => Math.abs(row.xmin - note.xmin)),
    'the session touched nearest before it': nearest(sessions, (row, note) => (row.xmin <= note.xmin ? note.xmin - row.xmin : Infinity)),
    'the row that lies nearest': nearest(signed, (row, note) => (row.table === note.table ? Math.abs(place(row) - place(note)) : Infinity)),
    'the order in which they lie': byRank(place, place),
    'the order of their ids': byRank(
      ({ text }) => text.split(',')[1]!,
      ({ text }) => text.split(',')[1]!,
    ),
    'the order of ids against the order they lie in': byRank(({ text }) => text.split(',')[1]!, place),
    'the order they lie in, backwards': byRank((row) => -place(row), place),
  };
}

const sorted = (list: readonly Row[], by: (row: Row) => string | number): Row[] & { memberId?: string }[] =>
  [...list].sort((one, other) => (by(one) < by(other) ? -1 : 1)) as never;

const truthOfBatch = (batch: string): Set<string> =>
  new Set([...truth].flatMap(([note, memberId]) => (note.startsWith(`Note ${batch} `) ? [memberId] : [])));

test('the dump holds what it should: every note, under nobody’s name', () => {
  const notes = rows.filter((row) => row.table === 'accord.feedback' && noteOf(row));
  assert.equal(notes.length, batches * writers);
  const named = new Set(
    naming(notes.map((row) => ({ ...row, text: row.text.replace(company.people[1]!.memberId, '') }))).map(({ text }) => text),
  );
  assert.deepEqual([...named], [], 'a note names the one it is to and nobody else');
});

test('nothing a note’s transaction wrote, in any table, names anybody who could have written it', () => {
  const transactions = new Set(rows.filter((row) => noteOf(row)).map(({ xmin }) => xmin));
  const beside = rows.filter(({ xmin, table }) => transactions.has(xmin) && table !== 'accord.feedback');
  assert.ok(beside.length >= batches * writers, 'facts were written with them');
  assert.deepEqual(naming(beside), []);
});

test('no way of guessing finds who wrote a note more often than chance among those who wrote, and five points', (context) => {
  const notes = rows.filter((row) => row.table === 'accord.feedback' && noteOf(row));
  for (const [way, guess] of Object.entries(attempts(rows))) {
    const right = notes.filter((note) => guess(note) === truth.get(noteOf(note)!)).length / notes.length;
    context.diagnostic(`${way}: ${(right * 100).toFixed(1)} %`);
    assert.ok(right <= 1 / fewestInBatch + 0.05, `${way}: ${(right * 100).toFixed(1)} %`);
  }
});

test('the same ways find the writers of signed feedback: they are no straw men', () => {
  const signed = rows.filter(({ table, text }) => table === 'accord.feedback' && text.includes('Signed'));
  const facts = naming(rows).filter(({ table }) => table.startsWith('accord.facts'));
  const right = signed.filter((row) => {
    const nearest = facts.filter(({ xmin }) => xmin === row.xmin)[0];
    return nearest !== undefined && row.text.includes(nearest.memberId);
  }).length;
  assert.equal(right, signed.length);
});

test('what waits can be read by nobody who has the dump, and neither its kind nor its length tells', () => {
  const pool = pending.filter(({ table }) => table === 'accord.candour_pool');
  assert.equal(pool.length, company.people.length + writers, 'answers of the open pulse, and notes');
  assert.ok(!pending.some(({ text }) => text.includes('Waits still') || pulseAnswers.some((answer) => text.includes(answer.text))));
  assert.equal(new Set(pool.map(({ text }) => text.length)).size, 1);
  assert.equal(new Set(pool.map(({ xmin }) => xmin)).size, 1);
  assert.deepEqual(naming(pool), []);
  const marks = pending.filter(({ table }) => table === 'accord.candour_marks');
  assert.equal(marks.length, company.people.length);
  assert.deepEqual(naming(marks), []);
});

test('a key that came with a note is kept nowhere; those that came with signed feedback are', () => {
  const keys = rows.filter(({ table }) => table === 'accord.idempotency_keys');
  assert.equal(keys.length, batches * signers, 'one for each signed feedback and none for notes and answers');
});

test('nothing is queued, announced as a fact or marked when a note comes, and nothing is left when it was counted', () => {
  assert.deepEqual(
    rows.filter(({ table }) => /candour_(pool|marks)$/.test(table)),
    [],
  );
  assert.deepEqual(
    rows.filter(({ table, text }) => table.startsWith('graphile_worker') && /feedback|pulse/.test(text)),
    [],
  );
});

test('of a closed pulse the dump holds means and shuffled texts, and no single answer', () => {
  const results = rows.filter(({ text }) => pulseAnswers.some((answer) => text.includes(answer.text)));
  assert.deepEqual(
    results.map(({ table }) => table),
    ['accord.pulse_results'],
  );
  assert.deepEqual(naming(results), []);
  const order = pulseAnswers.map(({ text }) => results[0]!.text.indexOf(text));
  assert.notDeepEqual(
    order,
    [...order].sort((one, other) => one - other),
  );
});
