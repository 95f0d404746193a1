/** The server process: started, kept up, and ended with us whatever ends us. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Cluster, folderName, run, spawnOptions } from './cluster.ts';

export interface Server {
  readonly port: number;
  stop(): Promise<void>;
}

type Log = (line: string) => void;

/** Seconds that open transactions and the last checkpoint get before the server is cut off (and recovers at its next start). */
const stopSeconds = 30;
const restartPausesMs = [200, 500, 1000, 2000];

/** Starts the server on a free port and starts it again on the same port should it ever end by itself. */
export async function startServer(cluster: Cluster, log: Log): Promise<Server> {
  const port = await findFreePort();
  const watchdog = startWatchdog(cluster);
  let child = await startProcess(cluster, port, log).catch((error) => {
    watchdog.kill('SIGKILL');
    throw error;
  });
  let stopping = false;

  const keepUp = async () => {
    for (let attempt = 0; !stopping; attempt++) {
      await ended(child);
      if (stopping) return;
      log(`PostgreSQL ended unexpectedly (${child.exitCode ?? child.signalCode}) and is started again`);
      await pause(restartPausesMs[Math.min(attempt, restartPausesMs.length - 1)]);
      if (stopping) return;
      try {
        child = await startProcess(cluster, port, log);
        attempt = 0;
      } catch (error) {
        log(`PostgreSQL could not be started again: ${(error as Error).message}`);
      }
    }
  };
  void keepUp();

  return {
    port,
    async stop() {
      if (stopping) return;
      stopping = true;
      // It does not keep us alive while it runs; while it ends it has to.
      child.ref();
      await stopRunning(cluster);
      await ended(child);
      watchdog.kill('SIGKILL');
    },
  };
}

/** Ends whatever server runs in the cluster's folder: an orphan, or our own. */
export async function stopRunning(cluster: Cluster): Promise<void> {
  const file = join(cluster.folder, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  // Left by a server that is gone. PostgreSQL would refuse to start if its id went to another process of the same user.
  if (!isServerOf(cluster, pid)) return rmSync(file, { force: true });
  try {
    await pgCtlStop(cluster, 'fast', stopSeconds);
  } catch {
    // Gone meanwhile, or too busy to end in order: cut off, it recovers at its next start.
    if (isServerOf(cluster, pid)) await pgCtlStop(cluster, 'immediate', 10);
  }
}

/** Whether the process is a server that works in this folder, not one that got its id later. */
function isServerOf(cluster: Cluster, pid: number): boolean {
  if (!isAlive(pid)) return false;
  try {
    if (process.platform === 'linux') {
      const [its, ours] = [statSync(`/proc/${pid}/cwd`), statSync(cluster.folder)];
      return its.ino === ours.ino && its.dev === ours.dev;
    }
    if (process.platform === 'win32') return true;
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(cluster.folder);
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function pgCtlStop(cluster: Cluster, mode: 'fast' | 'immediate', seconds: number): Promise<string> {
  return run(cluster, cluster.binaries.pgCtl, ['stop', '-D', folderName(cluster), '-m', mode, '-w', '-t', String(seconds)]);
}

/** A session of its own, so that Ctrl-C in a terminal reaches us and not the server under us. */
async function startProcess(cluster: Cluster, port: number, log: Log): Promise<ChildProcess> {
  const args = ['-D', folderName(cluster), '-p', String(port)];
  const child = spawn(cluster.binaries.postgres, args, { ...spawnOptions(cluster), stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  let said = '';
  child.stderr?.on('data', (chunk) => (said = (said + chunk).slice(-4000)));
  (child.stderr as unknown as { unref(): void }).unref();
  child.unref();
  let failed: Error | undefined;
  child.once('error', (error) => (failed = error));
  for (let waited = 0; !isReady(cluster, child); waited += 10) {
    if (failed) throw failed;
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(
        `PostgreSQL did not start in ${cluster.folder}: ${said.trim() || child.signalCode} (more in ${join(cluster.folder, 'log')})`,
      );
    }
    if (waited > 0 && waited % 5000 === 0) log('PostgreSQL is recovering after a crash; this can take minutes');
    await pause(10);
  }
  return child;
}

/** The server writes its state into the eighth line of postmaster.pid once it takes connections. */
function isReady(cluster: Cluster, child: ChildProcess): boolean {
  try {
    const lines = readFileSync(join(cluster.folder, 'postmaster.pid'), 'utf8').split('\n');
    return lines[0] === String(child.pid) && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

/**
 * PostgreSQL survives a kill -9 of its parent and would block the next start. The watchdog reads a
 * pipe from us that says nothing and ends when we do, then stops the server. (`setpriv --pdeathsig`
 * would need util-linux, is Linux only, and is lost when the child changes its user.)
 */
function startWatchdog(cluster: Cluster): ChildProcess {
  const stop = [cluster.binaries.pgCtl, 'stop', '-D', folderName(cluster), '-m', 'fast', '-t', '600'];
  const [program, args] =
    process.platform === 'win32'
      ? [process.execPath, ['-e', waitThenRun, ...stop]]
      : ['/bin/sh', ['-c', 'trap \'\' HUP INT TERM; read -r _; exec "$@"', 'accord-watchdog', ...stop]];
  const child = spawn(program, args, { ...spawnOptions(cluster), stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  child.on('error', () => {});
  child.unref();
  (child.stdin as unknown as { unref(): void }).unref();
  return child;
}

const waitThenRun = `process.stdin.resume().once('close', () => require('node:child_process').spawnSync(process.argv[1], process.argv.slice(2)))`;

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
