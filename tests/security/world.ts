import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { sql } from 'kysely';
import pg from 'pg';
import pino from 'pino';
import { allDoors } from '#entry/doors.ts';
import { allRoutes } from '#entry/routes.ts';
import { makeIdentify } from '#features/people/actions/identify.ts';
import { readConfig } from '#platform/config.ts';
import type { Database } from '#platform/db/database.ts';
import type { Role, Side } from '#platform/http/route.ts';
import { buildServer, type ServerOptions } from '#platform/http/server.ts';
import { testDatabase } from '#tests/support/database.ts';
import { makeMonths } from '#tests/support/test-server.ts';

export const testSecret = 'a secret of the tests, long enough';
export const password = 'correct horse battery';

/** Somebody with a session in one workspace. */
export interface Person {
  cookie: string;
  memberId: string;
  loginId: string;
  workspaceId: string;
  role: Role;
  side: Side;
}

export interface World {
  server: FastifyInstance;
  database: Database;
  ownerUrl: string;
  appUrl: string;
  /** One request of a person (or of nobody), as JSON. */
  ask(
    person: Person | undefined,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>;
  close(): Promise<void>;
}

/** A server with every route of the product on a database of its own. */
export async function openWorld(options: Partial<ServerOptions> = {}): Promise<World> {
  const { database, ownerUrl, appUrl, close } = await testDatabase({ poolSize: 8 });
  await makeMonths(database);
  const config = readConfig({ ACCORD_SECRET: testSecret });
  const log = pino({ level: 'silent' });
  const server = buildServer({
    database,
    publicUrl: config.publicUrl,
    identify: makeIdentify(database),
    routes: allRoutes({ database, config, log }),
    doors: allDoors({ database, config, log }),
    log,
    ...options,
  });
  await server.ready();
  return {
    server,
    database,
    ownerUrl,
    appUrl,
    ask(person, method, path, body, headers = {}) {
      const request: InjectOptions = {
        method: method as 'GET',
        url: path.startsWith('/health') ? path : `/api/v1${path}`,
        headers: { ...(person ? { cookie: person.cookie } : {}), ...headers },
      };
      if (body !== undefined)
        Object.assign(request, { payload: JSON.stringify(body), headers: { ...request.headers, 'content-type': 'application/json' } });
      return server.inject(request);
    },
    async close() {
      await server.close();
      await database.close();
      await othersLeave(ownerUrl);
      await close();
    },
  };
}

/** A connection just closed is seen for a moment longer, and the owner may not end one of the application role. */
async function othersLeave(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  for (let tries = 0; tries < 100; tries++) {
    const { rowCount } = await client.query(
      'SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    if (!rowCount) break;
    await setTimeout(20);
  }
  await client.end();
}

/** Lea sets up the installation and owns its first workspace. */
export async function setUpLea(world: World): Promise<Person> {
  const answer = await world.ask(undefined, 'POST', '/setup', {
    workspaceName: 'Northwind',
    name: 'Lea',
    email: 'lea@northwind.example',
    password,
    side: 'leadership',
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
  });
  return personOf(answer);
}

/** Somebody joins the asker's workspace by invitation. */
export async function join(
  world: World,
  inviter: Person,
  name: string,
  side: Side,
  role: Role,
  more: { email?: string; memberId?: string } = {},
): Promise<Person> {
  const email = more.email ?? `${name.toLowerCase()}@northwind.example`;
  const invited = await world.ask(inviter, 'POST', '/invitations', {
    email,
    name,
    side,
    role,
    ...(more.memberId ? { memberId: more.memberId } : {}),
  });
  if (invited.statusCode !== 201) throw new Error(`Inviting ${name}: ${invited.body}`);
  const token = new URL(invited.json().link).pathname.split('/').at(-1)!;
  return personOf(await world.ask(undefined, 'POST', `/invitations/${token}/acceptance`, { name, password }));
}

/** An owner of a workspace of their own, on the same installation: the stranger of the replay tests. */
export async function openStranger(world: World, lea: Person): Promise<Person> {
  const oscar = await join(world, lea, 'Oscar', 'leadership', 'viewer');
  const made = await world.ask(oscar, 'POST', '/workspaces', { name: 'Contoso', timeZone: 'UTC', currency: 'USD' });
  if (made.statusCode !== 201) throw new Error(made.body);
  await world.ask(lea, 'PATCH', `/members/${oscar.memberId}`, { active: false });
  return { ...oscar, memberId: made.json().member.id, workspaceId: made.json().workspace.id, role: 'owner' };
}

export function personOf(answer: LightMyRequestResponse): Person {
  if (answer.statusCode >= 300) throw new Error(`No session: ${answer.statusCode} ${answer.body}`);
  const me = answer.json();
  return {
    cookie: cookieOf(answer),
    memberId: me.member.id,
    loginId: me.login.id,
    workspaceId: me.workspace.id,
    role: me.member.role,
    side: me.member.side,
  };
}

export function cookieOf(answer: LightMyRequestResponse): string {
  const cookie = answer.cookies.find((each) => each.name.endsWith('accord_session'));
  if (!cookie) throw new Error(`No cookie in ${answer.statusCode} ${answer.body}`);
  return `${cookie.name}=${cookie.value}`;
}

/** What stands in one workspace's tables and in those at the gate, past all routes. */
export async function inside<T extends object>(world: World, workspaceId: string, text: string, values: unknown[] = []): Promise<T[]> {
  const client = new pg.Client({ connectionString: world.ownerUrl });
  await client.connect();
  try {
    await client.query(`SELECT set_config('app.workspace', $1, false), set_config('app.gate', 'system', false)`, [workspaceId]);
    const { rows } = await client.query(text, values);
    return rows as T[];
  } finally {
    await client.end();
  }
}

/** Rows a transaction sees in a table, for tests that go past the routes. */
export async function countRows(tx: Parameters<Parameters<Database['atGate']>[1]>[0], table: string): Promise<number> {
  const { rows } = await sql<{ count: bigint }>`SELECT count(*) FROM ${sql.table(table)}`.execute(tx);
  return Number(rows[0]!.count);
}
