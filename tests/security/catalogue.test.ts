/** What the schema promises, read from PostgreSQL's own catalogue after all migrations. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '#tests/support/database.ts';

/** Opened only at a gate; `schema_migrations` is read-only to the product. */
const withoutWorkspace = ['workspaces', 'logins', 'sessions', 'password_resets', 'sign_in_attempts', 'gate_tokens', 'schema_migrations'];
/** Functions that run with the owner's rights, each looked at: fixed search_path, closed arguments. */
const runAsOwner = ['ensure_month', 'enqueue'];
const appendOnly = ['facts', 'touches', 'revenue_entries', 'deal_stages'];

let db: TestDatabase;
let client: pg.Client;
before(async () => {
  db = await testDatabase();
  client = new pg.Client({ connectionString: db.ownerUrl });
  await client.connect();
  await client.query(`SELECT accord.ensure_month('facts', current_date), accord.ensure_month('touches', current_date)`);
});
after(async () => {
  await client.end();
  await db.close();
});

const names = async (text: string, values: unknown[] = []): Promise<string[]> => (await client.query(text, values)).rows.map((row) => Object.values(row).join(' '));
const tables = `FROM pg_class c WHERE c.relnamespace = 'accord'::regnamespace AND c.relkind IN ('r', 'p')`;

test('every table has row security, and has it for its owner too', async () => {
  assert.deepEqual(await names(`SELECT relname ${tables} AND NOT (relrowsecurity AND relforcerowsecurity) AND relname <> 'schema_migrations'`), []);
});

test('every table that is no partition has a policy, and each policy asks for the workspace or a gate', async () => {
  assert.deepEqual(await names(`SELECT relname ${tables} AND NOT relispartition AND relname <> 'schema_migrations' AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)`), []);
  const lax = await names(`SELECT c.relname, p.polname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace = 'accord'::regnamespace
    AND pg_get_expr(p.polqual, p.polrelid) !~ 'current_workspace|current_gate'`);
  assert.deepEqual(lax, []);
});

test('workspace_id stands first in every primary and unique key and in every foreign key', async () => {
  const keys = await names(
    `SELECT c.relname, i.indexrelid::regclass FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
     WHERE i.indisunique AND c.relnamespace = 'accord'::regnamespace AND NOT c.relname = ANY ($1)
       AND coalesce((SELECT attname FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = i.indkey[0]), '') <> 'workspace_id'`,
    [withoutWorkspace],
  );
  assert.deepEqual(keys, []);
  const references = await names(
    `SELECT r.relname, k.conname FROM pg_constraint k JOIN pg_class r ON r.oid = k.conrelid
     WHERE k.contype = 'f' AND k.connamespace = 'accord'::regnamespace AND NOT r.relname = ANY ($1)
       AND (SELECT attname FROM pg_attribute a WHERE a.attrelid = r.oid AND a.attnum = k.conkey[1]) <> 'workspace_id'`,
    [withoutWorkspace],
  );
  assert.deepEqual(references, []);
});

test('no view shows rows by its owner’s rights', async () => {
  const open = await names(`SELECT relname FROM pg_class WHERE relnamespace = 'accord'::regnamespace AND (relkind = 'm' OR relkind = 'v' AND NOT coalesce(reloptions::text ~ 'security_invoker=(true|on|1)', false))`);
  assert.deepEqual(open, []);
});

test('the application role owns nothing, is nobody special and changes no entry', async () => {
  assert.deepEqual(await names(`SELECT relname FROM pg_class WHERE relowner = 'accord_app'::regrole UNION ALL SELECT proname FROM pg_proc WHERE proowner = 'accord_app'::regrole UNION ALL SELECT nspname FROM pg_namespace WHERE nspowner = 'accord_app'::regrole`), []);
  assert.deepEqual(await names(`SELECT rolname FROM pg_roles WHERE rolname = 'accord_app' AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)`), []);
  assert.deepEqual(await names(`SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid WHERE m.member = 'accord_app'::regrole`), []);
  const changes = await names(
    `SELECT c.relname, right.name ${tables.replace('FROM pg_class c', `FROM pg_class c CROSS JOIN (VALUES ('UPDATE'), ('DELETE'), ('TRUNCATE')) AS "right"(name)`).replace('pg_class c CROSS', 'pg_class c CROSS')}
     AND (c.relname = ANY ($1) OR c.relispartition) AND has_table_privilege('accord_app', c.oid, "right".name)`.replace('right.name', '"right".name'),
    [appendOnly],
  );
  assert.deepEqual(changes, []);
  const columns = await names(
    `SELECT c.relname, a.attname ${tables.replace('FROM pg_class c', 'FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0')}
     AND (c.relname = ANY ($1) OR c.relispartition) AND has_column_privilege('accord_app', c.oid, a.attnum, 'UPDATE') AND a.attname <> 'voided_by'`,
    [appendOnly],
  );
  assert.deepEqual(columns, []);
});

test('whoever is not the application role may nothing; functions with the owner’s rights are these few', async () => {
  const definers = await names(`SELECT proname FROM pg_proc WHERE pronamespace = 'accord'::regnamespace AND prosecdef ORDER BY 1`);
  assert.deepEqual(definers.filter((name) => !runAsOwner.includes(name)), [], 'look at it, then add it to the list');
  const open = await names(`SELECT proname FROM pg_proc WHERE pronamespace = 'accord'::regnamespace AND prosecdef AND (proacl IS NULL OR EXISTS (SELECT 1 FROM aclexplode(proacl) WHERE grantee = 0)
    OR NOT coalesce(proconfig::text ~ 'search_path', false))`);
  assert.deepEqual(open, []);
  assert.deepEqual(await names(`SELECT relname ${tables} AND EXISTS (SELECT 1 FROM aclexplode(c.relacl) WHERE grantee = 0)`), []);
});

test('the job queue is out of the application role’s reach', async () => {
  assert.deepEqual(await names(`SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'graphile_worker' AND c.relkind IN ('r', 'p', 'v')
    AND has_schema_privilege('accord_app', n.oid, 'USAGE') AND has_table_privilege('accord_app', c.oid, 'SELECT')`), []);
});
