import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { Database } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { refuseForeignWrites } from './access.ts';
import { type ChangeFeed, openChangeFeed } from './changes.ts';
import { serveReference } from './docs.ts';
import { type Door, type DoorLimits, serveDoors, usualDoorLimits } from './door.ts';
import { commonHeaders } from './headers.ts';
import { healthRoutes } from './health.ts';
import { type Limits, limitLoad, usualLimits } from './load.ts';
import { liveRoute } from './live.ts';
import { problemDocument, refusalOf } from './problems.ts';
import { serveRoute } from './serve.ts';
import type { Identify, Route } from './route.ts';
import { serveWeb } from './web.ts';

export interface ServerOptions {
  database: Database;
  routes: readonly Route[];
  /** Public addresses outside the API, for visitors without a session. */
  doors?: readonly Door[];
  identify: Identify;
  /** Where people reach the server; its origin may write, and `https` binds cookies to it. */
  publicUrl: string;
  /** Whose `X-Forwarded-*` headers count: all, none, or these addresses and networks. */
  trustProxy?: boolean | string[];
  log?: FastifyBaseLogger;
  /** The built web app; without it only the API is served. */
  webFolder?: string;
  version?: string;
  limits?: Partial<Limits>;
  doorLimits?: Partial<DoorLimits>;
}

declare module 'fastify' {
  interface FastifyInstance {
    accord: { routes: readonly Route[]; doors: readonly Door[]; publicUrl: string; changes: ChangeFeed };
  }
  interface FastifyRequest {
    /** Stops the clock that a slow body runs against. */
    bodyClock?: NodeJS.Timeout;
  }
}

export const apiPrefix = '/api/v1';
const longestUrl = 8_000;
const bodySeconds = 30;

/** Builds the HTTP server; it neither listens nor touches the database until asked to. */
export function buildServer(options: ServerOptions): FastifyInstance {
  const server = makeServer(options);
  const limits = { ...usualLimits, ...options.limits };
  const changes = openChangeFeed(options.database.ownerUrl, server.log);
  const routes = [...options.routes, liveRoute(changes, options.identify, limits.streams)];
  server.decorate('accord', { routes, doors: options.doors ?? [], publicUrl: options.publicUrl, changes });
  surviveCutConnections(options.database);
  addHooks(server, options, limits);
  server.register(cookie);
  server.register(multipart, { limits: { fieldNameSize: 100, fields: 50, headerPairs: 50 } });
  acceptJsonOnly(server);
  server.register(async (scope) => {
    for (const route of routes) serveRoute(scope, route, { ...options, prefix: apiPrefix });
  });
  serveDoors(server, options.doors ?? [], { ...usualDoorLimits, ...options.doorLimits });
  healthRoutes(server, changes);
  serveReference(server, routes, options.version ?? '0');
  serveWeb(server, options.webFolder);
  server.addHook('preClose', () => changes.close());
  return server;
}

/**
 * A connection cut between two statements of a transaction reports it as an event; unheard, that would
 * end the process. The statement that follows fails and is answered with 503.
 */
function surviveCutConnections({ pool }: Database): void {
  if (heard.has(pool)) return;
  heard.add(pool);
  pool.on('acquire', (client) => {
    if (heard.has(client)) return; // the pool listens only while a connection rests
    heard.add(client);
    client.on('error', () => {});
  });
}

const heard = new WeakSet<object>();

/** Every route of a built server: for tests that must leave none out, and for docs/reference/routes.md. */
export const listRoutes = (server: FastifyInstance): readonly Route[] => server.accord.routes;

function makeServer(options: ServerOptions): FastifyInstance {
  return fastify({
    ...(options.log ? { loggerInstance: options.log } : { logger: false }),
    trustProxy: options.trustProxy ?? false,
    bodyLimit: 1_048_576,
    genReqId: () => randomUUID(),
    logController: new LogController({ disableRequestLogging: true }),
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 500 },
    forceCloseConnections: true,
    http: { headersTimeout: 15_000 },
    requestTimeout: 30 * 60_000, // the longest upload; other bodies run against `bodySeconds`
    keepAliveTimeout: 72_000,
    frameworkErrors: (error, request, reply) => {
      addCommonHeaders(options, request, reply as FastifyReply);
      answerError(error, request, reply as FastifyReply);
    },
    clientErrorHandler: (error, socket) => {
      const code = (error as { code?: string }).code;
      const status =
        code === 'HPE_HEADER_OVERFLOW'
          ? '431 Request Header Fields Too Large'
          : code === 'ERR_HTTP_REQUEST_TIMEOUT'
            ? '408 Request Timeout'
            : '400 Bad Request';
      if (socket.writable)
        socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nX-Content-Type-Options: nosniff\r\nContent-Length: 0\r\n\r\n`);
    },
  });
}

function addHooks(server: FastifyInstance, options: ServerOptions, limits: Limits): void {
  server.addHook('onRequest', async (request, reply) => {
    addCommonHeaders(options, request, reply);
    if (request.url.length > longestUrl) throw Object.assign(new Error('Address too long'), { statusCode: 414 });
    if (!request.routeOptions.config?.door) refuseForeignWrites(request, options.publicUrl);
  });
  limitLoad(server, limits);
  server.addHook('preParsing', async (request) => {
    const type = request.headers['content-type'] ?? '';
    if (type.startsWith('multipart/')) return;
    request.bodyClock = setTimeout(() => request.raw.destroy(), bodySeconds * 1_000);
  });
  server.addHook('preValidation', async (request) => clearTimeout(request.bodyClock));
  server.addHook('onResponse', async (request, reply) => {
    clearTimeout(request.bodyClock);
    logAnswer(request, reply);
  });
  server.addHook('onRequestAbort', async (request) => clearTimeout(request.bodyClock));
  server.setErrorHandler((error, request, reply) => answerError(error, request, reply));
  server.setNotFoundHandler((request, reply) => answerUnknown(server, request, reply));
}

/** The route's pattern is logged, not the address: addresses carry what people searched for, and tokens. */
function logAnswer(request: FastifyRequest, reply: FastifyReply): void {
  if (request.url.startsWith('/health/')) return;
  const entry = {
    id: request.id,
    method: request.method,
    route: request.routeOptions.url ?? 'none',
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime),
  };
  request.log.debug(entry, 'answered');
}

function addCommonHeaders(options: ServerOptions, request: FastifyRequest, reply: FastifyReply): void {
  reply.headers(commonHeaders(options.publicUrl.startsWith('https:')));
  if (request.url.startsWith('/api/') || request.url.startsWith('/health/')) reply.header('cache-control', 'no-store');
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { document, headers, unexpected } = refusalOf(error);
  if (unexpected) request.log.error({ err: error, problem: document.id, route: request.routeOptions?.url }, 'unexpected error');
  sendProblem(reply, document, headers);
}

function sendProblem(reply: FastifyReply, document: { status: number }, headers: Record<string, string> = {}): void {
  reply
    .code(document.status)
    .headers({ ...commonOnErrors, ...headers })
    .type('application/problem+json')
    .send(JSON.stringify(document));
}
const commonOnErrors = { 'cache-control': 'no-store' };

function answerUnknown(server: FastifyInstance, request: FastifyRequest, reply: FastifyReply): void {
  const path = request.url.split('?', 1)[0]!;
  const allowed = allowedMethods(server.accord.routes, path);
  if (allowed.length > 0 && !allowed.includes(request.method)) {
    const detail = `${path} takes ${allowed.join(', ')}.`;
    sendProblem(reply, problemDocument(405, 'method-not-allowed', detail), { allow: allowed.join(', ') });
    return;
  }
  sendProblem(reply, problemDocument(404, 'not-found', 'There is nothing at this address.'));
}

function allowedMethods(routes: readonly Route[], path: string): string[] {
  const matching = routes.filter((route) => new RegExp(`^${apiPrefix}${route.path.replace(/:\w+/g, '[^/]+')}$`).test(path));
  return [...new Set(matching.map((route) => route.method))];
}

/** JSON, and multipart where a route asks for it: nothing a plain HTML form of another site can send. */
function acceptJsonOnly(server: FastifyInstance): void {
  server.removeContentTypeParser(['text/plain', 'application/json']);
  const parse = server.getDefaultJsonParser('error', 'error');
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, undefined);
    parse(request, body as string, (error, parsed) =>
      error ? done(new Problem('bad-input', 'The body is not JSON that can be read.')) : done(null, parsed),
    );
  });
}
