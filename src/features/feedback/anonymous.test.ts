/** Anonymous feedback: it waits, is shown with others, is read and answered by whoever holds the receipt, and by nobody else. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { makeSealing } from '#platform/auth/sealing.ts';
import { newId } from '#platform/db/ids.ts';
import { type Colleague, hireColleagues, type ManyColleagues } from '#tests/support/colleagues.ts';
import { openWorld, testSecret, type World } from '#tests/security/world.ts';
import { settlePools, turnHour } from './actions/tick.ts';

const sealing = makeSealing(() => testSecret);
const hour = 3_600_000;
const day = 24 * hour;
const receipt = (): string => randomBytes(32).toString('base64url');
const names = ['Mara', 'Nils', 'Olga', 'Pia', 'Sam', 'Tim', 'Uma', 'Vera'];

let world: World;
before(async () => {
  world = await openWorld();
});
after(() => world.close());

interface Company extends ManyColleagues {
  readonly lead: string;
  readonly mara: Colleague;
  readonly sam: Colleague;
  give(who: Colleague, token: string, more?: object, expected?: number): Promise<void>;
  read(
    who: Colleague,
    token: string,
    expected?: number,
  ): Promise<
    Record<string, unknown> & {
      state: string;
      feedback: { id: string; state: string; thread: { kind: string; by: unknown; at: unknown; text: string }[] } | null;
      waiting: { verb: string }[];
      can: Record<string, string | null>;
    }
  >;
  write(who: Colleague, token: string, verb: string, text?: string, expected?: number, once?: string): Promise<void>;
  shown(): Promise<{ id: string; behaviour: string; fromMember: string | null }[]>;
  /** As the worker does on the hour, some hours from now. */
  hour(later?: number): Promise<void>;
}

async function open(people = names): Promise<Company> {
  const company = await hireColleagues(
    world,
    people.map((name, at) => ({ name, side: at % 2 === 0 ? 'marketing' : 'sales' })),
  );
  const { workspaceId } = company;
  const [mara, sam, lead] = [company.people[0]!, company.people[1]!, newId()];
  await world.database.inWorkspace(workspaceId, (tx) =>
    sql`INSERT INTO leads (workspace_id, id, name, owner_id, opened_at) VALUES (${workspaceId}, ${lead}, 'Ada Lind', ${sam.memberId}, now())`.execute(
      tx,
    ),
  );
  const post = async (who: Colleague, path: string, body: unknown, expected: number) => {
    const answer = await world.ask(who, 'POST', path, body, { 'idempotency-key': newId() });
    assert.equal(answer.statusCode, expected, answer.body);
    return answer.json();
  };
  return {
    ...company,
    ...{ lead, mara, sam },
    give: async (who, token, more = {}, expected = 201) =>
      void (await post(
        who,
        '/feedback',
        { tone: 'criticism', subjectKind: 'lead', subjectId: lead, behaviour: 'No call.', anonymous: true, receipt: token, ...more },
        expected,
      )),
    read: (who, token, expected = 200) => post(who, '/feedback/receipts/reading', { receipt: token }, expected),
    write: async (who, token, verb, text = 'So it was.', expected = 202, once = receipt()) =>
      void (await post(who, '/feedback/receipts/entries', { receipt: token, verb, text, once }, expected)),
    async shown() {
      const { rows } = await world.database.inWorkspace(workspaceId, (tx) =>
        sql<{
          id: string;
          behaviour: string;
          fromMember: string | null;
        }>`SELECT id, behaviour, from_member AS "fromMember" FROM feedback ORDER BY behaviour`.execute(tx),
      );
      return rows;
    },
    hour: (later = 0) => turnHour(world.database, sealing, Date.now() + later),
  };
}

test('one note waits: nobody sees it, it is told to nobody, its giver reads that it waits', async () => {
  const company = await open();
  const token = receipt();
  await company.give(company.mara, token);
  await company.hour();
  assert.deepEqual(await company.shown(), []);
  const read = await company.read(company.mara, token);
  assert.deepEqual([read.state, read.feedback, read.waiting], ['waiting', null, [{ verb: 'give', text: 'No call.' }]]);
  await company.read(company.mara, receipt(), 404);
  const { rows } = await world.database.inWorkspace(company.workspaceId, (tx) =>
    sql`SELECT 1 FROM facts WHERE workspace_id = ${company.workspaceId}`.execute(tx),
  );
  assert.equal(rows.length, 0);
});

test('three are shown on the next hour, one only when its day is over', async () => {
  const company = await open();
  for (const behaviour of ['One.', 'Two.', 'Three.']) await company.give(company.mara, receipt(), { behaviour });
  await company.hour();
  assert.deepEqual(
    (await company.shown()).map(({ behaviour, fromMember }) => [behaviour, fromMember]),
    [
      ['One.', null],
      ['Three.', null],
      ['Two.', null],
    ],
  );
  await company.give(company.sam, receipt(), { behaviour: 'Zero.' });
  await company.hour();
  assert.equal((await company.shown()).length, 3);
  await company.hour(day);
  assert.equal((await company.shown()).length, 4);
});

test('nothing is shown while too few who could have written it were about', async () => {
  const company = await open();
  for (let made = 0; made < 4; made++) await company.give(company.mara, receipt());
  const away = company.people.slice(3).map(({ loginId }) => loginId);
  await world.database.atGate('system', (tx) =>
    sql`UPDATE sessions SET last_seen_at = now() - interval '3 days' WHERE login_id = ANY(${away}::uuid[])`.execute(tx),
  );
  await company.hour(day);
  assert.equal((await company.shown()).length, 0);
  await world.database.atGate('system', (tx) =>
    sql`UPDATE sessions SET last_seen_at = now() WHERE login_id = ANY(${away}::uuid[])`.execute(tx),
  );
  await company.hour();
  assert.equal((await company.shown()).length, 4);
});

test('where fewer than five others could have written it, or it is agreed not to, it is not taken', async () => {
  const few = await open(names.slice(0, 5));
  await few.give(few.mara, receipt(), {}, 403);
  const agreed = await open();
  await world.database.inWorkspace(agreed.workspaceId, (tx) =>
    sql`INSERT INTO feedback_settings (workspace_id, id, answer_days, anonymous) VALUES (${agreed.workspaceId}, ${newId()}, 3, false)`.execute(
      tx,
    ),
  );
  await agreed.give(agreed.mara, receipt(), {}, 403);
});

test('the thread goes both ways, and it is settled, with nothing that names the giver', async () => {
  const company = await open();
  const tokens = [receipt(), receipt(), receipt()] as const;
  for (const token of tokens) await company.give(company.mara, token);
  await company.hour();
  const { feedback } = await company.read(company.mara, tokens[0]);
  const answered = await world.ask(company.sam, 'POST', `/feedback/${feedback!.id}/explanation`, { text: 'I was at a fair.' });
  assert.deepEqual([answered.statusCode, answered.json().can.confirm], [200, 'Whoever gave it, anonymously, decides that.']);

  // From another device, by whoever holds the receipt.
  await company.write(company.people[4]!, tokens[0], 'say', 'Since when?');
  await company.write(company.mara, tokens[0], 'confirm', 'All right.');
  await company.write(company.mara, tokens[0], 'reopen', 'No.', 409);
  await company.write(company.mara, tokens[1], 'withdraw', '', 202);
  const waiting = await company.read(company.mara, tokens[0]);
  assert.deepEqual(
    waiting.waiting.map(({ verb }) => verb),
    ['say', 'confirm'],
  );
  assert.equal(waiting.feedback!.state, 'explained', 'nothing of it is shown before its time');
  await company.hour();
  const read = await company.read(company.mara, tokens[0]);
  assert.equal(read.feedback!.state, 'confirmed');
  assert.deepEqual(
    read.feedback!.thread.map(({ kind, by, at }) => [kind, by === null, at === null]),
    [
      ['explained', false, false],
      ['said', true, true],
      ['confirmed', true, true],
    ],
  );
});

test('what is taken back while it waits was never there', async () => {
  const company = await open();
  const tokens = [receipt(), receipt(), receipt(), receipt()];
  for (const [at, token] of tokens.entries()) await company.give(company.mara, token, { behaviour: `Note ${at}.` });
  await company.write(company.mara, tokens[0]!, 'withdraw', '');
  await company.hour();
  assert.deepEqual(
    (await company.shown()).map(({ behaviour }) => behaviour),
    ['Note 1.', 'Note 2.', 'Note 3.'],
  );
  await company.read(company.mara, tokens[0]!, 404);
});

test('the same note or entry sent twice, also at once, has one effect', async () => {
  const company = await open();
  const [token, once] = [receipt(), receipt()];
  await Promise.all([1, 2, 3].map(() => company.give(company.mara, token)));
  for (let made = 0; made < 3; made++) await company.give(company.sam, receipt(), { behaviour: 'Another.' });
  await company.hour();
  assert.equal((await company.shown()).length, 4);
  await company.give(company.mara, token);
  for (let sent = 0; sent < 2; sent++) await company.write(company.mara, token, 'say', 'Once.', 202, once);
  await company.hour(day);
  await company.write(company.mara, token, 'say', 'Once.', 202, once);
  await company.hour(2 * day);
  assert.equal((await company.read(company.mara, token)).feedback!.thread.length, 1);
  assert.equal((await company.shown()).length, 4);
});

test('without the secret of the installation nothing that waits can be read; it stays until it can', async () => {
  const company = await open();
  const token = receipt();
  for (let made = 0; made < 3; made++) await company.give(company.mara, made === 0 ? token : receipt());
  await turnHour(
    world.database,
    makeSealing(() => 'another secret, long enough to be one'),
    Date.now() + day,
  );
  await settlePools(world.database);
  assert.equal((await company.shown()).length, 0);
  await company.hour();
  assert.equal((await company.shown()).length, 3);
});

test('settling loses nothing and keeps nothing of the order or the transaction rows came in', async () => {
  const company = await open();
  for (let made = 0; made < 12; made++) await company.give(company.mara, receipt(), { behaviour: `Note ${made}.` });
  const stored = () =>
    world.database.inWorkspace(
      company.workspaceId,
      async (tx) =>
        (
          await sql<{
            id: string;
            xmin: string;
            hash: string;
          }>`SELECT id, xmin::text, md5(sealed) AS hash FROM candour_pool ORDER BY ctid`.execute(tx)
        ).rows,
    );
  const before = await stored();
  assert.equal(new Set(before.map(({ xmin }) => xmin)).size, 12);
  await settlePools(world.database);
  const settled = await stored();
  assert.equal(new Set(settled.map(({ xmin }) => xmin)).size, 1);
  assert.deepEqual(settled.map(({ hash }) => hash).sort(), before.map(({ hash }) => hash).sort());
  assert.notDeepEqual(
    settled.map(({ hash }) => hash),
    before.map(({ hash }) => hash),
  );
  assert.ok(settled.every(({ id }) => !before.some((each) => each.id === id)));
  await settlePools(world.database);
  assert.deepEqual(await stored(), settled, 'nothing new came, nothing is written');
});
