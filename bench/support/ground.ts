/** What scenarios stand on: a temporary folder, PostgreSQL as the product runs it, child processes; all gone at the end. */

import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Database, openDatabase } from '#platform/db/database.ts';
import { migrate } from '#platform/db/migrate.ts';
import { ensureFactMonths } from '#platform/facts/facts.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#platform/postgres/embedded.ts';

export interface Addresses {
  readonly ownerUrl: string;
  readonly appUrl: string;
}

export interface BenchDatabase extends Addresses {
  readonly database: Database;
  /** Drops it. */
  close(): Promise<void>;
}

export interface Ground {
  readonly leads: number;
  /** How often an import is repeated. */
  readonly runs: number;
  readonly folder: string;
  /** True once it was told to stop. */
  readonly ended: boolean;
  /** A line on a terminal that the next one replaces; nothing where there is none. */
  say(progress: string): void;
  /** A migrated, empty database on the embedded PostgreSQL, with its own durable settings. */
  newDatabase(): Promise<BenchDatabase>;
  /** Starts the project's Node on a file; it ends with the ground. */
  start(file: string, args: readonly string[], environment?: Record<string, string>): ChildProcess;
  /** Runs a file that prints one JSON document. */
  ask<T>(file: string, args: readonly string[], environment?: Record<string, string>): Promise<T>;
  close(): Promise<void>;
}

const prefix = 'accord-bench-';

export function openGround({ leads, runs }: { leads: number; runs: number }): Ground {
  removeForgotten();
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  chmodSync(folder, 0o711); // the database's own user passes through
  const children = new Set<ChildProcess>();
  const databases = new Set<BenchDatabase>();
  let server: Promise<EmbeddedPostgres> | undefined;
  let closing: Promise<void> | undefined;
  let made = 0;

  const ground: Ground = {
    leads,
    runs,
    folder,
    get ended() {
      return closing !== undefined;
    },
    say: (progress) => {
      if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${progress}`);
    },
    async newDatabase() {
      server ??= startEmbeddedPostgres({ dataFolder: join(folder, 'database') });
      const { ownerUrl, appUrl } = await server;
      const name = `bench_${++made}`;
      await asOwner(ownerUrl, (client) => client.query(`CREATE DATABASE ${name}`));
      const addresses = { ownerUrl: inDatabase(ownerUrl, name), appUrl: inDatabase(appUrl, name) };
      await migrate(addresses.ownerUrl);
      const database = openDatabase(addresses);
      await database.atGate('system', (tx) => ensureFactMonths(tx));
      const opened: BenchDatabase = {
        ...addresses,
        database,
        async close() {
          if (!databases.delete(opened)) return;
          await database.close();
          await asOwner(ownerUrl, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
        },
      };
      databases.add(opened);
      return opened;
    },
    start(file, args, environment = {}) {
      const child = spawn(process.execPath, [file, ...args], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, ...environment },
      });
      children.add(child);
      child.once('exit', () => children.delete(child));
      return child;
    },
    async ask<T>(file: string, args: readonly string[], environment?: Record<string, string>): Promise<T> {
      const child = ground.start(file, args, environment);
      let out = '';
      let err = '';
      child.stdout!.on('data', (chunk) => (out += chunk));
      child.stderr!.on('data', (chunk) => (err += chunk));
      const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
      if (code !== 0) throw new Error(`${file} ended with ${String(code)}:\n${err || out}`);
      return JSON.parse(out) as T;
    },
    close() {
      closing ??= closeAll();
      return closing;
    },
  };

  async function closeAll(): Promise<void> {
    for (const child of children) child.kill('SIGKILL');
    for (const { database } of databases) await database.close().catch(() => {});
    await server?.then((postgres) => postgres.stop()).catch(() => {});
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }

  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ] as const)
    process.once(signal, () => void ground.close().finally(() => process.exit(128 + number)));
  return ground;
}

/** One connection of the owner, in the database of the address unless it is another's. */
export async function asOwner<T>(ownerUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on('error', () => {}); // cut when all is stopped; the query under way fails
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function inDatabase(address: string, database: string): string {
  const url = new URL(address);
  url.pathname = `/${database}`;
  return url.href;
}

/** Folders of runs that were killed: their process is gone. */
function removeForgotten(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(name.match(/^accord-bench-(\d+)-/)?.[1]);
    if (pid && !isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
