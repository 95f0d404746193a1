import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '#platform/errors.ts';

export interface Limits {
  /** Requests worked on at once; past that, 503 at once rather than late. */
  inFlight: number;
  /** Of those, how many one caller (session, token, else address) may hold; past that, 429. */
  perCaller: number;
  /** Seats kept free for signing in when all others are taken. */
  reservedForSignIn: number;
  /** Open live streams in this process. */
  streams: number;
}

export const usualLimits: Limits = { inFlight: 400, perCaller: 100, reservedForSignIn: 20, streams: 2_000 };

const signInPaths = ['/api/v1/session', '/api/v1/me', '/api/v1/setup'];

/** Sheds load before any work is done for it. Health always answers. */
export function limitLoad(server: FastifyInstance, limits: Limits): void {
  let inFlight = 0;
  const callers = new Map<string, number>();
  server.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?', 1)[0]!;
    if (!path.startsWith('/api/')) return;
    const room = limits.inFlight + (signInPaths.includes(path) ? limits.reservedForSignIn : 0);
    if (inFlight >= room)
      throw new Problem('unavailable', 'There is more to do right now than this server can take. Try again in a moment.');
    const caller = callerOf(request);
    const held = callers.get(caller) ?? 0;
    if (held >= limits.perCaller)
      throw new Problem('too-many', `More than ${limits.perCaller} requests at once from here. Wait for answers before asking more.`);
    inFlight++;
    callers.set(caller, held + 1);
    onceOver(reply.raw, () => {
      inFlight--;
      const left = (callers.get(caller) ?? 1) - 1;
      if (left > 0) callers.set(caller, left);
      else callers.delete(caller);
    });
  });
}

function onceOver(response: { once(event: string, listener: () => void): unknown }, release: () => void): void {
  let released = false;
  const once = () => {
    if (!released) release();
    released = true;
  };
  response.once('finish', once);
  response.once('close', once);
}

function callerOf(request: FastifyRequest): string {
  const credential = request.headers.authorization ?? request.headers.cookie;
  return credential ? createHash('sha256').update(credential).digest('base64') : request.ip;
}
