import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';

export interface Migration {
  number: number;
  name: string;
  sql: string;
  checksum: string;
}

const folder = join(import.meta.dirname, '../../../migrations');

/** The migrations of this version of the product, in order. */
export async function listMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8');
      return { number: Number(name.slice(0, 4)), name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/**
 * Brings the database to this version, one transaction a migration, under a lock that several servers
 * starting at once respect. A kill in the middle leaves the last whole migration; the next start goes on.
 * @returns how many migrations were run
 * @throws when the database is newer than this version, or a landed migration was edited
 */
export async function migrate(ownerUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl, options: '-c client_min_messages=warning' });
  await client.connect();
  try {
    await client.query(`SELECT pg_advisory_lock(hashtext('accord.migrate'))`);
    await ensureRole(client);
    await client.query('CREATE SCHEMA IF NOT EXISTS accord');
    await client.query(`CREATE TABLE IF NOT EXISTS accord.schema_migrations
      (number int PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, at timestamptz NOT NULL DEFAULT now())`);
    await client.query('GRANT USAGE ON SCHEMA accord TO accord_app');
    await client.query('GRANT SELECT ON accord.schema_migrations TO accord_app');
    await runMigrations({ connectionString: ownerUrl });
    return await runMissing(client);
  } finally {
    await client.end();
  }
}

async function ensureRole(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query(`SELECT 1 FROM pg_roles WHERE rolname = 'accord_app'`);
  if (!rowCount) {
    await client.query('CREATE ROLE accord_app NOLOGIN').catch((error: { code?: string }) => {
      if (error.code !== '42710' && error.code !== '23505') throw error; // made by another server meanwhile
    });
  }
  const { rows } = await client.query(`SELECT pg_has_role(current_user, 'accord_app', 'SET') AS may`).catch(
    () => client.query(`SELECT pg_has_role(current_user, 'accord_app', 'MEMBER') AS may`), // before PostgreSQL 16
  );
  if (!rows[0].may) await client.query('GRANT accord_app TO current_user');
}

async function runMissing(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ number: number; name: string; checksum: string }>(
    'SELECT number, name, checksum FROM accord.schema_migrations',
  );
  const known = await listMigrations();
  const landed = new Map(rows.map((row) => [row.number, row]));
  const newest = known.at(-1)?.number ?? 0;
  for (const row of rows) {
    if (row.number > newest)
      throw new Error(
        `The database is at version ${row.name}, this server knows versions up to ${newest}: start the newer server, or restore a backup made before the upgrade.`,
      );
  }
  let count = 0;
  for (const migration of known) {
    const done = landed.get(migration.number);
    if (done && done.checksum !== migration.checksum)
      throw new Error(`Migration ${migration.name} was changed after it landed in this database: put the change into a new migration.`);
    if (done) continue;
    await runOne(client, migration);
    count++;
  }
  return count;
}

async function runOne(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(migration.sql);
    await client.query('INSERT INTO accord.schema_migrations (number, name, checksum) VALUES ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.checksum,
    ]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new Error(`Migration ${migration.name} failed, nothing of it was kept: ${(error as Error).message}`, { cause: error });
  }
}
