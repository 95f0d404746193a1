/** The product's HTTP server on a company's database, with somebody signed in. */

import assert from 'node:assert/strict';
import { pino } from 'pino';
import { allRoutes } from '#entry/routes.ts';
import { makeIdentify } from '#features/people/actions/identify.ts';
import { readConfig } from '#platform/config.ts';
import { buildServer } from '#platform/http/server.ts';
import { company, type Company } from './company.ts';

/** What the first person of an installation fills in. */
export const owner = {
  workspaceName: 'Bench',
  name: 'Lea Brandt',
  email: 'lea@example.com',
  password: 'correct horse battery',
  side: 'leadership',
  timeZone: company.timeZone,
  currency: company.currency,
};

export interface OpenServer {
  /** The JSON of a path below /api/v1; throws on anything but success. */
  get<T>(path: string): Promise<T>;
  /** Writes as a person's browser would. */
  post(path: string, body: object): Promise<unknown>;
  close(): Promise<void>;
}

export async function openServer({ database }: Company): Promise<OpenServer> {
  const log = pino({ level: 'silent' });
  const config = readConfig({});
  const server = buildServer({
    database,
    publicUrl: config.publicUrl,
    routes: allRoutes({ database, config, log }),
    identify: makeIdentify(database),
    log,
  });
  const ask = async (method: 'GET' | 'POST', path: string, cookie: string, payload?: object) => {
    const answer = await server.inject({ method, url: `/api/v1${path}`, headers: cookie ? { cookie } : {}, ...(payload && { payload }) });
    assert.ok(answer.statusCode < 300, `${method} ${path}: ${answer.statusCode} ${answer.body}`);
    return answer;
  };
  const { firstRun } = (await ask('GET', '/setup', '')).json<{ firstRun: boolean }>();
  const { email, password } = owner;
  const entered = await (firstRun ? ask('POST', '/setup', '', owner) : ask('POST', '/session', '', { email, password }));
  const cookie = entered.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return {
    get: async <T>(path: string) => (await ask('GET', path, cookie)).json<T>(),
    post: (path, body) => ask('POST', path, cookie, body),
    close: () => server.close(),
  };
}
