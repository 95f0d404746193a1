/**
 * The PostgreSQL that Accord brings along, for one data folder: `<data>/postgres` is the cluster,
 * `<data>/lock` says it is taken, `<data>/postgres-passwords.json` (0600) holds its passwords.
 */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { findBinaries } from './binaries.ts';
import { openCluster, type Passwords, postgresFolder, readPasswords, writeSettings } from './cluster.ts';
import { findHolder, lockFolder } from './lock.ts';
import { chooseUser } from './operating-user.ts';
import { startServer, stopRunning } from './server.ts';
import { type ServerSettings, serverSettings } from './settings.ts';

export interface EmbeddedPostgres {
  /** Connection of the role that migrates and owns everything. */
  readonly ownerUrl: string;
  /** Connection of the role that the product works as. */
  readonly appUrl: string;
  readonly port: number;
  /** Lets `findRunning` tell others where the web server listens. */
  announce(more: { httpPort: number }): void;
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly dataFolder: string;
  readonly log?: (line: string) => void;
  /** Settings of postgresql.conf that differ from ours. */
  readonly settings?: ServerSettings;
}

export interface RunningPostgres {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly pid: number;
  readonly since: string;
  readonly port: number;
  readonly httpPort?: number;
}

/**
 * Makes the cluster when there is none, starts its server and keeps it up until `stop`. The server ends
 * with this process even when that is killed. Throws `FolderInUse` when another process holds the folder.
 */
export async function startEmbeddedPostgres({ dataFolder, log = () => {}, settings = {} }: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const folder = resolve(dataFolder);
  // The database's user has to pass through a folder that root makes; what lies inside is closed.
  mkdirSync(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const lock = lockFolder(folder, new Date().toISOString());
  try {
    const user = chooseUser(postgresFolder(folder));
    const cluster = { folder: postgresFolder(folder), user, binaries: findBinaries(user) };
    await stopRunning(cluster);
    const passwords = await openCluster(folder, cluster.binaries, user, settings['fsync'] !== 'off');
    writeSettings(cluster, serverSettings(settings));
    const server = await startServer(cluster, log);
    lock.tell({ port: server.port });
    return {
      ...urls(passwords, server.port),
      port: server.port,
      announce: (more) => lock.tell(more),
      async stop() {
        await server.stop();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The database of a server that runs on this data folder now; nothing when none does (or it is just starting). */
export function findRunning(dataFolder: string): RunningPostgres | undefined {
  const folder = resolve(dataFolder);
  const holder = findHolder(folder);
  const passwords = holder && readPasswords(folder);
  if (!passwords || !holder.port) return undefined;
  const { pid, since, port, httpPort } = holder;
  return { ...urls(passwords, port), pid, since, port, ...(httpPort === undefined ? {} : { httpPort }) };
}

function urls(passwords: Passwords, port: number): { ownerUrl: string; appUrl: string } {
  const url = (role: string, password: string) => `postgres://${role}:${password}@127.0.0.1:${port}/accord`;
  return { ownerUrl: url('accord_owner', passwords.owner), appUrl: url('accord_app', passwords.app) };
}
