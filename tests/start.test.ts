/** `npm start` from the outside: what it installs, how it ends, and that nothing of it stays behind. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

const project = join(import.meta.dirname, '..');
const { findMissing } = (await import(join(project, 'scripts/setup.mjs'))) as {
  findMissing(forDevelopment: boolean, folder: string): string | undefined;
};

const folders: string[] = [];
const started: ChildProcess[] = [];
after(() => {
  for (const child of started) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

test('what is missing from an installation is named', () => {
  const wanted = {
    'node_modules/one': { version: '1.0.0' },
    'node_modules/two': { version: '2.0.0', dev: true },
    'node_modules/three': { version: '3.0.0', optional: true },
  };
  const installed = (present?: object) => {
    const folder = newFolder();
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: { '': {}, ...wanted } }));
    if (present) mkdirSync(join(folder, 'node_modules'));
    if (present) writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: present }));
    return folder;
  };
  const { 'node_modules/one': one, 'node_modules/two': two } = wanted;
  assert.equal(findMissing(true, installed()), 'nothing is installed yet');
  assert.equal(findMissing(true, installed({ 'node_modules/one': one })), 'two is missing');
  assert.equal(findMissing(false, installed({ 'node_modules/one': one })), undefined);
  assert.equal(
    findMissing(true, installed({ 'node_modules/one': { version: '0.9.0' }, 'node_modules/two': two })),
    'one 0.9.0, should be 1.0.0',
  );
  assert.equal(findMissing(true, installed({ 'node_modules/one': one, 'node_modules/two': two })), undefined);
});

test('npm start serves, refuses a second on the same data, and stops in order', async () => {
  const dataFolder = newFolder();
  const { child, url } = await start(dataFolder);
  assert.equal((await fetch(`${url}/health/ready`)).status, 200);

  const second = run(['scripts/start.mjs'], dataFolder);
  assert.notEqual(await ended(second.child), 0);
  assert.match(second.said(), /in use by process \d+, since /);
  assert.equal((await fetch(`${url}/health/ready`)).status, 200);

  child.kill('SIGTERM');
  assert.equal(await ended(child), 0);
  await assert.rejects(fetch(`${url}/health/live`));
});

test('a kill -9 of npm start takes server and database with it', { skip: process.platform === 'win32' }, async () => {
  const dataFolder = newFolder();
  const { child, url } = await start(dataFolder);
  const database = Number(readFileSync(join(dataFolder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
  child.kill('SIGKILL');
  const gone = async () =>
    !isAlive(database) &&
    (await fetch(`${url}/health/live`).then(
      () => false,
      () => true,
    ));
  for (let waited = 0; !(await gone()) && waited < 15_000; waited += 100) await pause(100);
  assert.ok(await gone());
});

test('a kill -9 of the server itself ends npm start, and the next one finds everything in order', {
  skip: process.platform === 'win32',
}, async () => {
  const dataFolder = newFolder();
  const { child } = await start(dataFolder);
  const { pid } = JSON.parse(readFileSync(join(dataFolder, 'running.json'), 'utf8')) as { pid: number };
  process.kill(pid, 'SIGKILL');
  assert.equal(await ended(child), 137);
  const again = await start(dataFolder);
  assert.equal((await fetch(`${again.url}/health/ready`)).status, 200);
  again.child.kill('SIGTERM');
  assert.equal(await ended(again.child), 0);
});

test('a wrong setting stops the start and says what would be fine', async () => {
  const { child, said } = run(['scripts/start.mjs'], newFolder(), { PORT: 'web' });
  assert.notEqual(await ended(child), 0);
  assert.match(said(), /PORT \("web"\) is no port number\. Fine would be/);
});

test('bin/accord runs from any folder, through links, with any Node installed', { skip: process.platform === 'win32' }, async () => {
  const folder = newFolder();
  symlinkSync(join(project, 'bin/accord'), join(folder, 'one'));
  symlinkSync('one', join(folder, 'accord'));
  const child = spawn('./accord', ['help'], { cwd: folder, env: { PATH: '/usr/bin:/bin', ACCORD_DATA: folder } });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  assert.equal(await ended(child), 0);
  assert.match(said, /serve/);
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'accord-start-'));
  folders.push(folder);
  return folder;
}

function run(args: string[], dataFolder: string, env: Record<string, string> = {}): { child: ChildProcess; said(): string } {
  const { npm_lifecycle_event: _, NODE_TEST_CONTEXT: __, ...inherited } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: project,
    env: { ...inherited, ACCORD_DATA: dataFolder, PORT: '0', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  return { child, said: () => said };
}

async function start(dataFolder: string): Promise<{ child: ChildProcess; url: string }> {
  const { child, said } = run(['scripts/start.mjs'], dataFolder);
  for (let waited = 0; waited < 300_000; waited += 50) {
    // By its words: a build of the web app names addresses too.
    const url = /Accord is at (https?:\S+)/.exec(said())?.[1];
    if (url) return { child, url };
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}: ${said()}`);
    await pause(50);
  }
  throw new Error(`npm start named no address in five minutes: ${said()}`);
}

function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', resolve));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
