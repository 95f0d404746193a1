import { randomBytes } from 'node:crypto';
import { type Database, openDatabase } from '#platform/db/database.ts';
import { asOwner, getTestServer, inDatabase } from './test-server.ts';

export interface TestDatabase {
  readonly database: Database;
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** Ends all connections and drops the database. */
  close(): Promise<void>;
  /** Ends all connections and keeps the database under a name, as a template for others. */
  keepAs(name: string): Promise<void>;
}

/**
 * A migrated, empty database of its own on a real PostgreSQL:
 * ```ts
 * const db = await testDatabase();
 * after(() => db.close());
 * ```
 */
export async function testDatabase(options: { poolSize?: number; template?: string } = {}): Promise<TestDatabase> {
  const server = await getTestServer();
  const template = options.template ?? server.template;
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asOwner(server.ownerUrl, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`));
  const addresses = { ownerUrl: inDatabase(server.ownerUrl, name), appUrl: inDatabase(server.appUrl, name) };
  const database = openDatabase({ ...addresses, poolSize: options.poolSize ?? 8 });
  let closed: Promise<void> | undefined;
  return {
    ...addresses,
    database,
    close() {
      closed ??= database.close().then(() => dropDatabase(server.ownerUrl, name));
      return closed;
    },
    async keepAs(kept) {
      await database.close();
      await asOwner(server.ownerUrl, (client) => client.query(`ALTER DATABASE ${name} RENAME TO ${kept}`));
    },
  };
}

/** A connection that is just ending can't be cut by the owner of another role's: it is waited for. */
async function dropDatabase(ownerUrl: string, name: string, tries = 50): Promise<void> {
  try {
    await asOwner(ownerUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  } catch (error) {
    if (tries === 0) throw error;
    await new Promise((resolve) => setTimeout(resolve, 100));
    await dropDatabase(ownerUrl, name, tries - 1);
  }
}
