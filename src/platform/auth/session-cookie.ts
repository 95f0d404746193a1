import type { FastifyReply, FastifyRequest } from 'fastify';

const maxAgeSeconds = 90 * 24 * 60 * 60;

/** Over https the name binds the cookie to this host and path (`__Host-`); plain http on one's own machine can't. */
function isSecure(request: FastifyRequest): boolean {
  return request.protocol === 'https' || request.server.accord.publicUrl.startsWith('https:');
}
const cookieName = (request: FastifyRequest): string => (isSecure(request) ? '__Host-accord_session' : 'accord_session');

export function readSessionCookie(request: FastifyRequest): string | undefined {
  const value = request.cookies[cookieName(request)];
  return value && /^[\w-]{43}$/.test(value) ? value : undefined;
}

export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  reply.setCookie(cookieName(request), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(request),
    maxAge: maxAgeSeconds,
  });
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(cookieName(request), { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(request) });
}
