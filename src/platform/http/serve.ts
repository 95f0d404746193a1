import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Database } from '#platform/db/database.ts';
import { admit } from './access.ts';
import { writeAnswer, type Written } from './answer.ts';
import { hashRequest, idempotencyKey, keyedWork, plainWork, type Work } from './idempotency.ts';
import type { Ask, Identify, Identity, Route } from './route.ts';
import { type Parsed, requestParser } from './validation.ts';

interface Ground {
  database: Database;
  identify: Identify;
  prefix: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    identity?: Identity;
  }
}

/** Registers one declared route: admit, parse, handle, write. */
export function serveRoute(server: FastifyInstance, route: Route, ground: Ground): void {
  const parse = requestParser(route);
  server.route({
    method: route.method,
    url: `${ground.prefix}${route.path}`,
    ...(route.bodyLimit ? { bodyLimit: route.bodyLimit } : {}),
    onRequest: async (request) => {
      if (!route.multipart && request.headers['content-type']?.startsWith('multipart/'))
        throw Object.assign(new Error('multipart'), { statusCode: 415 });
      request.identity = await admit(route, ground.identify, request);
    },
    handler: async (request, reply) => {
      const answer = await handle(route, ground, parse(request), request, reply);
      if (reply.sent || reply.raw.headersSent) return reply;
      reply.code(answer.status).headers(answer.headers);
      return answer.text === undefined ? reply.send() : reply.type('application/json; charset=utf-8').send(answer.text);
    },
  });
}

async function handle(route: Route, ground: Ground, parsed: Parsed, request: FastifyRequest, reply: FastifyReply): Promise<Written> {
  const identity = request.identity ?? {};
  const work = beginWork(route, ground.database, identity, parsed, request);
  const afterCommit: Array<() => Promise<void>> = [];
  const ask: Ask<unknown, unknown, unknown> = {
    ...parsed,
    who: identity.who!, // a policy was asked, or the route said that it needs no member
    login: identity.login,
    database: ground.database,
    transact: work.transact,
    afterCommit: (todo) => void afterCommit.push(todo),
    request,
    reply,
  };
  let answer: Written;
  try {
    answer = writeAnswer(route, await route.handle(ask as never));
  } catch (error) {
    return await work.abandon(error);
  }
  const sent = await work.complete(answer);
  for (const todo of afterCommit) void todo().catch((error: unknown) => request.log.error({ err: error }, 'what follows a request failed'));
  return sent;
}

function beginWork(route: Route, database: Database, identity: Identity, parsed: Parsed, request: FastifyRequest): Work {
  const key = route.method === 'GET' ? undefined : idempotencyKey(request.headers['idempotency-key']);
  if (key === undefined || !identity.who) return plainWork(database, identity.who);
  if (route.access === 'login') return plainWork(database, undefined);
  if (route.leavesNoTrace?.(parsed.body)) return plainWork(database, identity.who);
  const requestHash = hashRequest(route.method, request.url, parsed.body);
  return keyedWork(database, identity.who, { key, actor: identity.who.memberId, requestHash, secret: route.answersSecret ?? false });
}
