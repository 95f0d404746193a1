/** The PostgreSQL that tests share, and the migrated database that each test database is a copy of. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Database, openDatabase } from '#platform/db/database.ts';
import { listMigrations, migrate } from '#platform/db/migrate.ts';
import { ensureFactMonths } from '#platform/facts/facts.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#platform/postgres/embedded.ts';

export interface TestServer {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly template: string;
}

/** Nothing here outlives the tests, so nothing waits for the disk. */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_connections: '200',
  shared_buffers: '128MB',
};

const prefix = 'accord-test-';
/** Copying a database is 400 small files: 15 ms in memory, 300 ms on the disk measured here. */
const folder = enoughMemory('/dev/shm') ? '/dev/shm' : tmpdir();

/** Starts a server in a folder of its own, for one run of all tests. */
export async function startTestServer(): Promise<{ environment: string; stop(): Promise<void> }> {
  removeForgotten();
  const dataFolder = mkdtempSync(join(folder, prefix));
  const postgres = await startEmbeddedPostgres({ dataFolder, settings });
  const stop = async () => {
    await postgres.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
  try {
    return { environment: JSON.stringify(await prepare(postgres)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

let ownServer: Promise<TestServer> | undefined;

/** The server that `npm test` started, else (a file run by hand) one of our own that ends with this process. */
export function getTestServer(): Promise<TestServer> {
  const given = process.env['ACCORD_TEST_PG'];
  if (given) return Promise.resolve(JSON.parse(given) as TestServer);
  ownServer ??= startOwnServer();
  return ownServer;
}

/** Kept between runs by hand, to be quick; a second run at the same time takes a folder of its own. */
async function startOwnServer(): Promise<TestServer> {
  const kept = join(folder, `accord-tests-by-hand-${process.getuid?.() ?? 0}`);
  try {
    const postgres = await startEmbeddedPostgres({ dataFolder: kept, settings });
    await dropDatabases(postgres);
    return await prepare(postgres);
  } catch (error) {
    if ((error as Error).name !== 'FolderInUse') throw error;
    removeForgotten();
    return prepare(await startEmbeddedPostgres({ dataFolder: mkdtempSync(join(folder, prefix)), settings }));
  }
}

async function prepare({ ownerUrl, appUrl }: EmbeddedPostgres): Promise<TestServer> {
  return { ownerUrl, appUrl, template: await makeTemplate(ownerUrl, appUrl) };
}

async function makeTemplate(ownerUrl: string, appUrl: string): Promise<string> {
  const checksums = (await listMigrations()).map((migration) => migration.checksum).join();
  const template = `template_${createHash('sha256').update(checksums).digest('hex').slice(0, 16)}`;
  await asOwner(ownerUrl, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (rowCount) return;
    const half = `half_${randomBytes(6).toString('hex')}`;
    await client.query(`CREATE DATABASE ${half}`);
    await migrate(inDatabase(ownerUrl, half));
    const database = openDatabase({ ownerUrl: inDatabase(ownerUrl, half), appUrl: inDatabase(appUrl, half), poolSize: 1 });
    await makeMonths(database);
    await database.close();
    await client.query(`ALTER DATABASE ${half} RENAME TO ${template}`);
  });
  return template;
}

/**
 * The months of facts around now. A server makes a year of them: 15 partitions took 400 ms to make in every
 * test database (on a busy machine), and twice the time to plan each query that joins facts.
 */
export const makeMonths = (database: Database): Promise<void> => database.atGate('system', (tx) => ensureFactMonths(tx, 1));

/** Copies of earlier runs; those of killed ones were never dropped. */
async function dropDatabases(postgres: EmbeddedPostgres): Promise<void> {
  await asOwner(postgres.ownerUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT datname AS name FROM pg_database WHERE datname ~ '^(test|half|sampled)_'`,
    );
    for (const { name } of rows) await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
  });
}

/** Runs `work` on a connection of the owner, outside any test database. */
export async function asOwner<T>(ownerUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: inDatabase(ownerUrl, 'postgres') });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export function inDatabase(address: string, database: string): string {
  const url = new URL(address);
  url.pathname = `/${database}`;
  return url.href;
}

/** Folders of runs that were killed more than a day ago. */
function removeForgotten(): void {
  const dayAgo = Date.now() - 24 * 60 * 60 * 1000;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name.startsWith(prefix) && (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? dayAgo) < dayAgo)
      rmSync(path, { recursive: true, force: true });
  }
}

function enoughMemory(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize >= 2 * 1024 ** 3;
  } catch {
    return false;
  }
}
