import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { networkOf } from '#platform/auth/network.ts';
import { Problem } from '#platform/errors.ts';
import { type Rate, rateLimit } from './rate.ts';

/**
 * A public address outside the API, for visitors who have no session: other sites' pages, their browsers,
 * mail readers, senders of webhooks. It gets the bare request and answers what it likes, but for cookies:
 * a door neither reads nor sets any, so it may be asked from every site.
 */
export interface Door {
  methods: readonly DoorMethod[];
  /** From the root, e.g. `/t/e` or `/f/:key`. */
  path: string;
  summary: string;
  /** Largest body in bytes (default 16 KiB). */
  bodyLimit?: number;
  handle(visit: Visit): Promise<DoorAnswer>;
}
export type DoorMethod = 'GET' | 'HEAD' | 'POST' | 'OPTIONS';

/** What a visitor sent. Nothing of it has been checked. */
export interface Visit {
  readonly method: DoorMethod;
  /** Path and query as asked for. */
  readonly url: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The first value of a header, by its name in lower case; never `cookie` or `authorization`. */
  header(name: string): string | undefined;
  /** The body as it came, whatever its content type. */
  readonly body: Buffer;
  /** Network address of the visitor (of the proxy's client where a proxy is trusted). Keep it nowhere. */
  readonly address: string;
  readonly request: FastifyRequest;
}

export interface DoorAnswer {
  status: number;
  /** Beside the common headers, and instead of them where both name one; `null` leaves a common one out. */
  headers?: Record<string, string | null>;
  body?: string | Buffer | Readable;
}

export interface DoorLimits {
  /** Visits worked on at once by this process; past that, 503 at once. */
  inFlight: number;
  /** Visits of one network (/24 of IPv4, /64 of IPv6): an office's worth, not a flood. */
  perNetwork: Rate;
}
export const usualDoorLimits: DoorLimits = { inFlight: 1_000, perNetwork: { perMinute: 3_000, burst: 600 } };

const largestBody = 16_384;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Set on public doors: another site's page may write here. */
    door?: true;
  }
}

/** Registers the public doors, with room and rates of their own, so that a flood of visits slows nobody at work. */
export function serveDoors(server: FastifyInstance, doors: readonly Door[], limits: DoorLimits): void {
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    limitVisits(scope, limits);
    for (const door of doors) serveDoor(scope, door);
  });
}

function serveDoor(scope: FastifyInstance, door: Door): void {
  scope.route({
    method: [...door.methods],
    url: door.path,
    bodyLimit: door.bodyLimit ?? largestBody,
    config: { door: true },
    handler: async (request, reply) => write(reply, await door.handle(visitOf(request))),
  });
}

function visitOf(request: FastifyRequest): Visit {
  return {
    method: request.method as DoorMethod,
    url: request.url,
    params: request.params as Record<string, string>,
    query: new URLSearchParams(request.url.split('?').slice(1).join('?')),
    header: (name) => (hidden.includes(name) ? undefined : [request.headers[name]].flat()[0]),
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    address: request.ip,
    request,
  };
}
const hidden = ['cookie', 'authorization'];

function write(reply: FastifyReply, answer: DoorAnswer): FastifyReply {
  for (const [name, value] of Object.entries({ 'cache-control': 'no-store', ...answer.headers })) {
    if (name.toLowerCase() === 'set-cookie') throw new Error('A door sets no cookies.');
    if (value === null) reply.removeHeader(name);
    else reply.header(name, value);
  }
  return reply.code(answer.status).send(answer.body);
}

function limitVisits(scope: FastifyInstance, limits: DoorLimits): void {
  let inFlight = 0;
  const withinRate = rateLimit(limits.perNetwork);
  scope.addHook('onRequest', async (request, reply) => {
    if (inFlight >= limits.inFlight)
      throw new Problem('unavailable', 'There is more to do right now than this server can take. Try again in a moment.');
    if (!withinRate(networkOf(request.ip)))
      throw new Problem('too-many', 'More requests from your network than this address takes. Wait a moment.', {
        extra: { retryAfter: 5 },
      });
    inFlight++;
    reply.raw.once('close', () => inFlight--);
  });
}
