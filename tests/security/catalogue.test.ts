/**
 * What the schema promises, read from PostgreSQL's own catalogue after all migrations. Each check lists
 * what breaks the promise, and comes with a breach that it must find: a check that can't fail is none.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '#tests/support/database.ts';

/** Opened only at a gate; `schema_migrations` is read-only to the product. */
const withoutWorkspace = `('workspaces', 'logins', 'sessions', 'password_resets', 'sign_in_attempts', 'gate_tokens', 'schema_migrations')`;
/** Functions that run with the owner's rights, each looked at: fixed search_path, closed arguments. */
const runAsOwner = `('ensure_month', 'enqueue', 'renew_statistics')`;
const appendOnly = `('facts', 'touches', 'revenue_entries', 'deal_stages', 'statement_lines', 'incentive_signatures', 'statement_looks', 'mbo_results', 'payout_approvals')`;
const inAccord = `c.relnamespace = 'accord'::regnamespace AND c.relkind IN ('r', 'p')`;
const firstColumn = (relation: string, key: string): string =>
  `coalesce((SELECT attname FROM pg_attribute a WHERE a.attrelid = ${relation} AND a.attnum = ${key}), '')`;

const checks: Array<{ promise: string; broken: string; breach: string }> = [
  {
    promise: 'every table has row security, for its owner too',
    broken: `SELECT relname FROM pg_class c WHERE ${inAccord} AND NOT (relrowsecurity AND relforcerowsecurity) AND relname <> 'schema_migrations'`,
    breach: 'ALTER TABLE accord.leads NO FORCE ROW LEVEL SECURITY',
  },
  {
    promise: 'every table but a partition has a policy',
    broken: `SELECT relname FROM pg_class c WHERE ${inAccord} AND NOT relispartition AND relname <> 'schema_migrations' AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)`,
    breach: 'DROP POLICY own_workspace ON accord.leads',
  },
  {
    promise: 'every policy asks for the workspace or a gate, when reading and when writing',
    broken: `SELECT c.relname, p.polname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace = 'accord'::regnamespace
      AND (coalesce(pg_get_expr(p.polqual, p.polrelid), '') !~ 'current_workspace|current_gate'
        OR p.polcmd <> 'r' AND coalesce(pg_get_expr(p.polwithcheck, p.polrelid), pg_get_expr(p.polqual, p.polrelid), '') !~ 'current_workspace|current_gate')`,
    breach: 'CREATE POLICY lax ON accord.leads USING (true)',
  },
  {
    promise: 'workspace_id stands first in every primary and unique key',
    broken: `SELECT c.relname, i.indexrelid::regclass FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
      WHERE i.indisunique AND c.relnamespace = 'accord'::regnamespace AND c.relname NOT IN ${withoutWorkspace} AND ${firstColumn('c.oid', 'i.indkey[0]')} <> 'workspace_id'`,
    breach: 'CREATE UNIQUE INDEX told ON accord.leads (email)',
  },
  {
    promise: 'workspace_id stands first in every foreign key',
    broken: `SELECT r.relname, k.conname FROM pg_constraint k JOIN pg_class r ON r.oid = k.conrelid
      WHERE k.contype = 'f' AND k.connamespace = 'accord'::regnamespace AND r.relname NOT IN ${withoutWorkspace} AND ${firstColumn('r.oid', 'k.conkey[1]')} <> 'workspace_id'`,
    breach:
      'CREATE UNIQUE INDEX plain_id ON accord.teams (id); ALTER TABLE accord.leads ADD FOREIGN KEY (owner_id) REFERENCES accord.teams (id)',
  },
  {
    promise: 'no view shows rows by its owner’s rights',
    broken: `SELECT relname FROM pg_class WHERE relnamespace = 'accord'::regnamespace AND (relkind = 'm' OR relkind = 'v' AND NOT coalesce(reloptions::text ~ 'security_invoker=(true|on|1)', false))`,
    breach: 'CREATE VIEW accord.everybody AS SELECT * FROM accord.leads',
  },
  {
    promise: 'the application role owns nothing',
    broken: `SELECT relname FROM pg_class WHERE relowner = 'accord_app'::regrole UNION ALL SELECT proname FROM pg_proc WHERE proowner = 'accord_app'::regrole UNION ALL SELECT nspname FROM pg_namespace WHERE nspowner = 'accord_app'::regrole`,
    breach: 'GRANT CREATE ON SCHEMA accord TO accord_app; ALTER TABLE accord.mappings OWNER TO accord_app',
  },
  {
    promise: 'the application role creates nothing',
    broken: `SELECT nspname FROM pg_namespace WHERE nspname IN ('accord', 'public', 'graphile_worker') AND has_schema_privilege('accord_app', oid, 'CREATE')`,
    breach: 'GRANT CREATE ON SCHEMA accord TO accord_app',
  },
  {
    promise: 'the application role changes and deletes no entry',
    broken: `SELECT c.relname, verb FROM pg_class c CROSS JOIN unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS verb
      WHERE ${inAccord} AND (c.relname IN ${appendOnly} OR c.relispartition) AND has_table_privilege('accord_app', c.oid, verb)`,
    breach: 'GRANT DELETE ON accord.facts TO accord_app',
  },
  {
    promise: 'of an entry the application role sets voided_by and nothing else',
    broken: `SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
      WHERE ${inAccord} AND (c.relname IN ${appendOnly} OR c.relispartition) AND has_column_privilege('accord_app', c.oid, a.attnum, 'UPDATE') AND a.attname <> 'voided_by'`,
    breach: 'GRANT UPDATE (amount) ON accord.revenue_entries TO accord_app',
  },
  {
    promise: 'functions with the owner’s rights are the few that were looked at',
    broken: `SELECT proname FROM pg_proc WHERE pronamespace = 'accord'::regnamespace AND prosecdef AND proname NOT IN ${runAsOwner}`,
    breach: `CREATE FUNCTION accord.sly() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'`,
  },
  {
    promise: 'functions with the owner’s rights are not for everybody, and fix their search_path',
    broken: `SELECT proname FROM pg_proc WHERE pronamespace = 'accord'::regnamespace AND prosecdef
      AND (proacl IS NULL OR EXISTS (SELECT 1 FROM aclexplode(proacl) WHERE grantee = 0) OR NOT coalesce(proconfig::text ~ 'search_path', false))`,
    breach: 'GRANT EXECUTE ON FUNCTION accord.ensure_month(text, date) TO PUBLIC',
  },
  {
    promise: 'nobody else may anything with a table',
    broken: `SELECT relname FROM pg_class c WHERE ${inAccord} AND EXISTS (SELECT 1 FROM aclexplode(c.relacl) WHERE grantee = 0)`,
    breach: 'GRANT SELECT ON accord.leads TO PUBLIC',
  },
  {
    promise: 'the job queue is out of the application role’s reach',
    broken: `SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'graphile_worker' AND c.relkind IN ('r', 'p', 'v') AND has_schema_privilege('accord_app', n.oid, 'USAGE')`,
    breach: 'GRANT USAGE ON SCHEMA graphile_worker TO accord_app',
  },
];

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

const listBroken = async (text: string): Promise<string[]> => (await client.query(text)).rows.map((row) => Object.values(row).join(' '));

for (const { promise, broken, breach } of checks) {
  test(promise, async () => {
    assert.deepEqual(await listBroken(broken), []);
    await client.query('BEGIN');
    try {
      await client.query(breach);
      assert.notDeepEqual(await listBroken(broken), [], `the check doesn't find: ${breach}`);
    } finally {
      await client.query('ROLLBACK');
    }
  });
}

test('the application role is nobody special', async () => {
  assert.deepEqual(
    await listBroken(
      `SELECT rolname FROM pg_roles WHERE rolname = 'accord_app' AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)`,
    ),
    [],
  );
  assert.deepEqual(
    await listBroken(`SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid WHERE m.member = 'accord_app'::regrole`),
    [],
  );
});
