/**
 * One process at a time in one data folder. The lock is the operating system's own (a byte-range lock
 * taken through SQLite, which Node carries), so it ends with its holder whatever ends it, knows no
 * stale state, is not fooled by a process id given out again, and holds between containers that
 * share a volume but not their process ids. Who holds it stands beside it in `running.json`.
 */
import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** What the holder tells others about itself. */
export interface Running {
  readonly pid: number;
  /** ISO instant. */
  readonly since: string;
  /** Port of the embedded PostgreSQL on 127.0.0.1. */
  readonly port?: number;
  /** Port the web server listens on. */
  readonly httpPort?: number;
}

export interface FolderLock {
  tell(more: { port?: number; httpPort?: number }): void;
  release(): void;
}

export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
  readonly holder: Running | undefined;
  constructor(dataFolder: string, holder: Running | undefined) {
    const who = holder ? `process ${holder.pid}, since ${holder.since}` : 'another process, which is just starting';
    super(`The data folder ${dataFolder} is in use by ${who}. Stop it first, or set ACCORD_DATA to another folder.`);
    this.holder = holder;
  }
}

/** A holder that is just going gets this long; a second process is then refused. */
const patienceMs = 600;
const sqliteBusy = 5;

/** Takes the folder for this process until `release` or its end. Throws `FolderInUse`. */
export function lockFolder(dataFolder: string, since: string): FolderLock {
  const held = takeLock(dataFolder, patienceMs);
  if (!held) throw new FolderInUse(dataFolder, readRunning(dataFolder));
  let running: Running = { pid: process.pid, since };
  writeRunning(dataFolder, running);
  return {
    tell(more) {
      running = { ...running, ...more };
      writeRunning(dataFolder, running);
    },
    release() {
      if (!held.isOpen) return;
      rmSync(runningFile(dataFolder), { force: true });
      held.close();
    },
  };
}

/** Who holds the folder now; nothing when nobody does. */
export function findHolder(dataFolder: string): Running | undefined {
  const running = readRunning(dataFolder);
  if (!running) return undefined;
  const free = takeLock(dataFolder, 0);
  free?.close();
  return free ? undefined : running;
}

function takeLock(dataFolder: string, waitMs: number): DatabaseSync | undefined {
  const file = join(dataFolder, 'lock');
  const held = new DatabaseSync(file, { timeout: waitMs });
  try {
    // Nobody else may lock us out by reading it.
    chmodSync(file, 0o600);
    held.exec('PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return held;
  } catch (error) {
    held.close();
    if ((error as { errcode?: number }).errcode === sqliteBusy) return undefined;
    throw error;
  }
}

function runningFile(dataFolder: string): string {
  return join(dataFolder, 'running.json');
}

function writeRunning(dataFolder: string, running: Running): void {
  const file = runningFile(dataFolder);
  writeFileSync(`${file}.new`, `${JSON.stringify(running)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function readRunning(dataFolder: string): Running | undefined {
  try {
    return JSON.parse(readFileSync(runningFile(dataFolder), 'utf8')) as Running;
  } catch {
    return undefined;
  }
}
