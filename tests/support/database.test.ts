import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { testDatabase } from './database.ts';

test('each test database is migrated, empty and alone', async () => {
  const [first, second] = await Promise.all([testDatabase(), testDatabase()]);
  after(() => Promise.all([first.close(), second.close()]));
  const count = (db: typeof first) =>
    db.database.atGate('system', async (tx) => (await sql<{ count: bigint }>`SELECT count(*) FROM workspaces`.execute(tx)).rows[0]?.count);
  assert.equal(await count(first), 0n);
  assert.equal(await count(second), 0n);
  assert.notEqual(first.appUrl, second.appUrl);
});

test('a closed test database is gone', async () => {
  const db = await testDatabase();
  await db.close();
  const again = await import('pg').then(({ default: pg }) =>
    new pg.Client(db.appUrl).connect().then(
      () => 'there',
      (error: { code: string }) => error.code,
    ),
  );
  assert.equal(again, '3D000');
});
