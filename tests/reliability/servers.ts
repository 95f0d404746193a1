/** Real server processes, asked over HTTP and killed at will. */

import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const project = join(import.meta.dirname, '../..');
const started = new Set<ChildProcess>();

export interface RunningServer {
  readonly url: string;
  readonly child: ChildProcess;
  said(): string;
  /** SIGKILL, and its end awaited. */
  kill(): Promise<void>;
  /** SIGTERM, and its end awaited. */
  stop(): Promise<number | null>;
}

/** `accord COMMAND` as a process of its own. */
export function accord(
  args: readonly string[],
  env: Record<string, string>,
): { child: ChildProcess; said(): string; ended: Promise<number | null> } {
  const { npm_lifecycle_event: _, NODE_TEST_CONTEXT: __, DATABASE_URL: ___, ...inherited } = process.env;
  const child = spawn(process.execPath, [join(project, 'src/entry/main.ts'), ...args], {
    cwd: project,
    env: { ...inherited, PORT: '0', LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.add(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, said: () => said, ended };
}

export async function serve(env: Record<string, string>): Promise<RunningServer> {
  const { child, said, ended } = accord(['serve'], env);
  const url = await until('the server names its address', () => {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}: ${said()}`);
    return /Accord is at (http:\S+)/.exec(said())?.[1];
  });
  const end = (signal: NodeJS.Signals) => async () => {
    child.kill(signal);
    return ended;
  };
  return { url, child, said, kill: async () => void (await end('SIGKILL')()), stop: end('SIGTERM') };
}

/** Ends what a failed test has left running. */
export function endAll(): void {
  for (const child of started) child.kill('SIGKILL');
}

/** Asks until there is an answer, at most two minutes. */
export async function until<T>(what: string, ask: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  for (const began = performance.now(); performance.now() - began < 120_000; await pause(50)) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
  }
  throw new Error(`Waited two minutes in vain: ${what}`);
}

/** The process id of the embedded PostgreSQL of a data folder. */
export const postmasterOf = (dataFolder: string): number =>
  Number(readFileSync(join(dataFolder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);

export function isAlive(pid: number): boolean {
  try {
    // A process that ended and whose parent hasn't looked yet is gone all the same.
    if (process.platform === 'linux') return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export interface Session {
  cookie: string;
}
export interface Run {
  id: string;
  number: number;
  status: string;
  error: string | null;
  source: string;
  mapping: Record<string, unknown> | null;
  files: unknown[];
}

export async function setUp(url: string): Promise<Session> {
  const answer = await ask(url, undefined, 'POST', '/setup', {
    workspaceName: 'Northwind',
    name: 'Lea',
    email: 'lea@northwind.example',
    password: 'correct horse battery',
    side: 'leadership',
    timeZone: 'UTC',
    currency: 'EUR',
  });
  return {
    cookie: answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; '),
  };
}

/** One request, JSON in and out. @throws when it is not answered, or with another status than 2xx */
export async function ask(
  url: string,
  session: Session | undefined,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<{ headers: Headers; json: never }> {
  const form = body instanceof FormData;
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      ...(session ? { cookie: session.cookie } : {}),
      ...(body !== undefined && !form ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return { headers: answer.headers, json: (text ? JSON.parse(text) : undefined) as never };
}

/** Uploads files, gives them a source of their own, and starts the import; answers with the ids as far as they are known. */
export async function importOver(
  url: string,
  session: Session,
  files: Record<string, string>,
  source: string,
  onUploaded: (id: string) => void = () => {},
  onStarted: () => void = () => {},
): Promise<void> {
  const form = new FormData();
  for (const [name, content] of Object.entries(files)) form.append('files', new Blob([content]), name);
  const { id } = (await ask(url, session, 'POST', '/imports', form)).json as { id: string };
  onUploaded(id);
  const { mapping } = (await ask(url, session, 'GET', `/imports/${id}`)).json as Run;
  await ask(url, session, 'PUT', `/imports/${id}/mapping`, { mapping: { ...mapping, source } });
  await ask(url, session, 'POST', `/imports/${id}/run`);
  onStarted();
}

export const runs = async (url: string, session: Session): Promise<Run[]> =>
  ((await ask(url, session, 'GET', '/imports?limit=200')).json as { items: Run[] }).items;
