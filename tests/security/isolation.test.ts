/** Row security itself, table by table, past all routes: a query that forgets its workspace sees nothing. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { type Filled, fillWorkspace } from './rows.ts';
import { countRows, openStranger, openWorld, type Person, setUpLea, type World } from './world.ts';

let world: World;
let lea: Person;
let stranger: Person;
let theirs: Filled;
before(async () => {
  world = await openWorld();
  lea = await setUpLea(world);
  stranger = await openStranger(world, lea);
  await fillWorkspace(world, lea.workspaceId, 'ours');
  theirs = await fillWorkspace(world, stranger.workspaceId, 'theirs');
});
after(() => world.close());

const here = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => world.database.inWorkspace(lea.workspaceId as WorkspaceId, work);

test('the rows of both workspaces are there: otherwise nothing below means anything', async () => {
  for (const table of theirs.keys()) {
    const seen = await world.database.inWorkspace(stranger.workspaceId as WorkspaceId, (tx) => countRows(tx, table));
    assert.ok(seen > 0, table);
  }
});

test('with one’s workspace one sees one’s own rows only; at the gate and with no workspace none', async () => {
  for (const table of theirs.keys()) {
    const { rows } = await here((tx) =>
      sql<{ other: bigint }>`SELECT count(*) AS other FROM ${sql.table(table)} WHERE workspace_id <> ${lea.workspaceId}`.execute(tx),
    );
    assert.equal(rows[0]!.other, 0n, table);
    assert.equal(await world.database.atGate('sign-in', (tx) => countRows(tx, table)), 0, `${table} at the gate`);
    const client = await world.database.pool.connect();
    try {
      assert.equal((await client.query(`SELECT 1 FROM accord.${table} LIMIT 1`)).rowCount, 0, `${table} without a workspace`);
    } finally {
      client.release();
    }
  }
});

test('nobody writes into another’s workspace, or moves, changes or deletes a row of it', async () => {
  for (const table of theirs.keys()) {
    const copy = here(async (tx) => {
      const { rows } = await sql<{
        names: string;
      }>`SELECT string_agg(quote_ident(attname), ', ') AS names FROM pg_attribute WHERE attrelid = ${`accord.${table}`}::regclass AND attnum > 0 AND attgenerated = '' AND attidentity = '' AND attname <> 'workspace_id' AND NOT attisdropped`.execute(
        tx,
      );
      const names = sql.raw(rows[0]!.names);
      await sql`INSERT INTO ${sql.table(table)} (workspace_id, ${names}) SELECT ${stranger.workspaceId}::uuid, ${names} FROM ${sql.table(table)} LIMIT 1`.execute(
        tx,
      );
    });
    await assert.rejects(copy, { code: '42501' }, table);
    const gone = await here((tx) => sql`DELETE FROM ${sql.table(table)} WHERE workspace_id = ${stranger.workspaceId}`.execute(tx)).catch(
      (error: { code?: string }) => error.code,
    );
    assert.ok(
      gone === '42501' || (typeof gone === 'object' && gone.numAffectedRows === 0n),
      `${table}: ${JSON.stringify(gone, (_, value) => String(value))}`,
    );
  }
});

test('the tables without a workspace open only at a gate; of the workspaces one sees the own', async () => {
  for (const table of ['logins', 'sessions', 'password_resets', 'sign_in_attempts', 'gate_tokens']) {
    assert.equal(await here((tx) => countRows(tx, table)), 0, table);
  }
  assert.equal(await here((tx) => countRows(tx, 'workspaces')), 1);
  assert.equal(await world.database.atGate('sign-in', (tx) => countRows(tx, 'workspaces')), 2);
});

test('what one transaction was is forgotten by the next on the same connection', async () => {
  await here((tx) => countRows(tx, 'members'));
  const { rows } = await world.database.pool.query(
    `SELECT current_setting('app.workspace', true) AS workspace, current_setting('app.gate', true) AS gate, current_setting('app.login', true) AS login`,
  );
  assert.deepEqual(Object.values(rows[0]).filter(Boolean), []);
});
