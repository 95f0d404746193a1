/** What lies on disk: the cluster (`<data>/postgres`) and the passwords of its two roles. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  fsyncSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { canReach, type RunAs } from './operating-user.ts';
import { accessRules, type ServerSettings, settingsFile } from './settings.ts';

export interface Cluster {
  /** `<data>/postgres`. */
  readonly folder: string;
  readonly binaries: Binaries;
  readonly user: RunAs;
}

export interface Passwords {
  readonly owner: string;
  readonly app: string;
}

const majorVersion = '18';

export function postgresFolder(dataFolder: string): string {
  return join(dataFolder, 'postgres');
}

/**
 * The cluster of this data folder, made when there is none. It is made in a folder beside and renamed
 * when whole, so that a half-made one is never opened.
 */
export async function openCluster(dataFolder: string, binaries: Binaries, user: RunAs, sync: boolean): Promise<Passwords> {
  const cluster = { folder: postgresFolder(dataFolder), binaries, user };
  removeHalfMade(dataFolder);
  if (!existsSync(cluster.folder)) return createCluster(dataFolder, cluster, sync);
  checkOpenable(cluster.folder);
  return readPasswords(dataFolder) ?? (await setNewPasswords(dataFolder, cluster));
}

export function writeSettings(cluster: Cluster, settings: ServerSettings): void {
  writeAs(cluster.user, join(cluster.folder, 'accord.conf'), settingsFile(settings));
  writeAs(cluster.user, join(cluster.folder, 'pg_hba.conf'), accessRules);
}

/** The roles' passwords; nothing when the file is missing or unreadable. */
export function readPasswords(dataFolder: string): Passwords | undefined {
  try {
    return JSON.parse(readFileSync(passwordFile(dataFolder), 'utf8')) as Passwords;
  } catch {
    return undefined;
  }
}

/**
 * How a program of PostgreSQL names the cluster's folder, with that folder as its working folder.
 * Under a folder closed to its user the name can't be walked down, but where it stands it may stay:
 * Node changes to the folder before it gives up root.
 */
export function folderName({ folder, user }: Cluster): string {
  return process.platform === 'linux' && !canReach(folder, user) ? '/proc/self/cwd' : folder;
}

export function spawnOptions({ folder, user }: Cluster) {
  const { PATH, SystemRoot, TEMP } = process.env;
  return { cwd: folder, ...user, env: { PATH, SystemRoot, TEMP, TZ: 'UTC', LC_MESSAGES: 'C' }, windowsHide: true };
}

export async function run(cluster: Cluster, program: string, args: readonly string[], input = ''): Promise<string> {
  const child = spawn(program, args, { ...spawnOptions(cluster), stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`${program} ${args[0] ?? ''} failed in ${cluster.folder}: ${said.trim()}`);
  return said;
}

async function createCluster(dataFolder: string, whole: Cluster, sync: boolean): Promise<Passwords> {
  const cluster = { ...whole, folder: `${whole.folder}.new-${randomBytes(4).toString('hex')}` };
  mkdirSync(cluster.folder, { mode: 0o700 });
  if (cluster.user.uid !== undefined) chownSync(cluster.folder, cluster.user.uid, cluster.user.gid ?? cluster.user.uid);
  await run(cluster, cluster.binaries.initdb, [...initdbOptions, ...(sync ? [] : ['--no-sync']), '-D', folderName(cluster)]);
  writeAs(cluster.user, join(cluster.folder, 'postgresql.conf'), "include_if_exists 'accord.conf'\ninclude_if_exists 'local.conf'\n");
  const passwords = newPasswords();
  await runSingleUser(cluster, [
    `CREATE ROLE accord_owner LOGIN CREATEROLE CREATEDB NOSUPERUSER NOBYPASSRLS PASSWORD '${passwords.owner}'`,
    `CREATE ROLE accord_app LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD '${passwords.app}'`,
    'GRANT accord_app TO accord_owner WITH ADMIN OPTION, INHERIT FALSE, SET TRUE',
    'CREATE DATABASE accord OWNER accord_owner',
  ]);
  writePasswords(dataFolder, passwords);
  renameSync(cluster.folder, whole.folder);
  syncFolder(dataFolder);
  return passwords;
}

/**
 * Sorting by code point (the built-in provider) is the same on every system and for ever; sorting by
 * the system's library changes with its updates and then breaks indexes.
 */
const initdbOptions = [
  '--username=postgres',
  '--auth=reject',
  '--encoding=UTF8',
  '--data-checksums',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  `--locale=${process.platform === 'linux' ? 'C.UTF-8' : 'C'}`,
];

/** A lost password file is no lost database: whoever owns the folder may set new ones. */
async function setNewPasswords(dataFolder: string, cluster: Cluster): Promise<Passwords> {
  const passwords = newPasswords();
  await runSingleUser(cluster, [
    `ALTER ROLE accord_owner PASSWORD '${passwords.owner}'`,
    `ALTER ROLE accord_app PASSWORD '${passwords.app}'`,
  ]);
  writePasswords(dataFolder, passwords);
  return passwords;
}

async function runSingleUser(cluster: Cluster, statements: readonly string[]): Promise<void> {
  const input = statements.map((statement) => `${statement};\n\n`).join('');
  const settings = ['-c', 'logging_collector=off', '-c', 'log_min_error_statement=panic'];
  const said = await run(cluster, cluster.binaries.postgres, ['--single', '-j', ...settings, '-D', folderName(cluster), 'postgres'], input);
  if (/\b(ERROR|FATAL|PANIC):/.test(said)) throw new Error(`PostgreSQL could not be set up in ${cluster.folder}: ${said.trim()}`);
}

function checkOpenable(folder: string): void {
  const { uid } = statSync(folder);
  const me = process.getuid?.();
  if (me !== undefined && me !== 0 && uid !== me) {
    throw new Error(
      `${folder} belongs to user ${uid}, and Accord runs as user ${me}. Start Accord as the user who made it, or hand it over: sudo chown -R ${me} ${folder}`,
    );
  }
  const version = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  if (version !== majorVersion) {
    throw new Error(
      `${folder} was made by PostgreSQL ${version}, and this Accord carries PostgreSQL ${majorVersion}. Start the Accord that made it.`,
    );
  }
}

function newPasswords(): Passwords {
  return { owner: randomBytes(24).toString('base64url'), app: randomBytes(24).toString('base64url') };
}

function passwordFile(dataFolder: string): string {
  return join(dataFolder, 'postgres-passwords.json');
}

function writePasswords(dataFolder: string, passwords: Passwords): void {
  const file = passwordFile(dataFolder);
  writeFileSync(`${file}.new`, `${JSON.stringify(passwords)}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}

function removeHalfMade(dataFolder: string): void {
  for (const name of readdirSync(dataFolder)) {
    if (name.startsWith('postgres.new-')) rmSync(join(dataFolder, name), { recursive: true, force: true });
  }
}

function writeAs(user: RunAs, file: string, text: string): void {
  // Removed first: the folder is another user's, who could have laid a link there.
  rmSync(file, { force: true });
  writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  if (user.uid !== undefined) chownSync(file, user.uid, user.gid ?? user.uid);
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
