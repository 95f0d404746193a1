import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { testDatabase, type TestDatabase } from '#tests/support/database.ts';
import { type ColumnsKind, makeColumnsCache } from './columns-cache.ts';
import type { WorkspaceId } from './database.ts';
import { newId } from './ids.ts';

let db: TestDatabase;
before(async () => {
  db = await testDatabase();
});
after(() => db.close());

/** The names of a workspace's accounts. */
const names = (rest: (columns: readonly string[]) => number): ColumnsKind<readonly string[]> => {
  const load: ColumnsKind<readonly string[]>['load'] = async (client, workspaceId) =>
    (await client.query<{ name: string }>('SELECT name FROM accounts WHERE workspace_id = $1 ORDER BY name', [workspaceId])).rows.map(
      ({ name }) => name,
    );
  return {
    load,
    async countChanges(client, workspaceId, since, most) {
      const { rowCount } = await client.query(
        `SELECT FROM accounts WHERE workspace_id = $1 AND ${since('changed_xid')} LIMIT ${most + 1}`,
        [workspaceId],
      );
      return rowCount ?? 0;
    },
    apply: (client, workspaceId) => load(client, workspaceId),
    stamp: async () => '',
    isComplete: async () => true,
    bytes: (columns) => columns.length,
    restMilliseconds: rest,
  };
};

async function company() {
  const workspaceId = newId() as WorkspaceId;
  await db.database.atGate('system', (tx) =>
    sql`INSERT INTO workspaces (id, name, slug) VALUES (${workspaceId}, 'W', ${workspaceId})`.execute(tx),
  );
  const add = (name: string) =>
    db.database.inWorkspace(workspaceId, (tx) =>
      sql`INSERT INTO accounts (workspace_id, id, name) VALUES (${workspaceId}, ${newId()}, ${name})`.execute(tx),
    );
  return { workspaceId, add };
}

test('columns that are quickly read are never older than the question', async () => {
  const { workspaceId, add } = await company();
  const cache = makeColumnsCache(
    db.database,
    names(() => 0),
  );
  await add('Contoso');
  assert.deepEqual(await cache.fresh(workspaceId), ['Contoso']);
  await add('Fabrikam');
  assert.deepEqual(await cache.fresh(workspaceId), ['Contoso', 'Fabrikam']);
});

test('those that take long rest for a while after they were read, by their size', async () => {
  const { workspaceId, add } = await company();
  let rest = 60_000;
  const cache = makeColumnsCache(
    db.database,
    names(({ length }) => (length > 1 ? rest : 0)),
  );
  await add('Contoso');
  assert.deepEqual(await cache.fresh(workspaceId), ['Contoso']);
  await add('Fabrikam');
  assert.deepEqual(await cache.fresh(workspaceId), ['Contoso', 'Fabrikam']);
  await add('Northwind');
  assert.deepEqual(await cache.fresh(workspaceId), ['Contoso', 'Fabrikam']);
  assert.equal(cache.held().loads, 1);
  rest = 1;
  const other = makeColumnsCache(
    db.database,
    names(() => rest),
  );
  assert.equal((await other.fresh(workspaceId)).length, 3);
  await add('Tailspin');
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal((await other.fresh(workspaceId)).length, 4);
});
