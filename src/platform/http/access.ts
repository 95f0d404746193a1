import type { FastifyRequest } from 'fastify';
import { Problem } from '#platform/errors.ts';
import { type Identify, type Identity, mayDo, type Policy, type Route, type Who } from './route.ts';

/** Who asks, if they may use this route; asked anew on every request, so that a changed role bites at once. */
export async function admit(route: Route, identify: Identify, request: FastifyRequest): Promise<Identity> {
  if (route.access === 'public') return {};
  const identity = await identify(request);
  if (route.access === 'login') {
    if (identity.login) return identity;
    throw identity.who ? new Problem('forbidden', 'This is for people who signed in, not for API tokens.') : signInFirst();
  }
  if (!identity.who) throw identity.login ? new Problem('forbidden', 'You are not an active member of a workspace here.') : signInFirst();
  refuseUnlessMay(identity.who, route.access, route.method === 'GET');
  return identity;
}

/** Also for what a request asks beyond its route: one body may say what another route is for. @throws Problem forbidden, with the verb */
export function refuseUnlessMay(who: Who, needed: Policy, reading = false): void {
  if (!mayDo(who, needed, reading)) throw mayNot(who, needed);
}

const signInFirst = (): Problem => new Problem('unauthenticated', 'Sign in first, or send an API token.');

function mayNot(who: Who, needed: Policy): Problem {
  const { verb } = needed;
  const byRole = who.scopes
    ? `The role of the member this API token belongs to does not include ${verb}.`
    : `Your role does not include ${verb}.`;
  return new Problem('forbidden', needed.may(who) ? `This API token lacks the scope ${verb}.` : byRole, { extra: { verb } });
}

/**
 * Refuses writes that another site's page sent through somebody's browser. Browsers say where a request
 * comes from (`Sec-Fetch-Site`, `Origin`); programs with a bearer token or without either header are
 * not driven by a foreign page. The cookie's SameSite is the second lock on the same door.
 */
export function refuseForeignWrites(request: FastifyRequest, publicUrl: string): void {
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return;
  if (request.headers.authorization) return;
  const site = request.headers['sec-fetch-site'];
  const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (foreignSite || isForeignOrigin(request, publicUrl)) throw new Problem('forbidden', 'This request came from a page of another site.');
}

function isForeignOrigin(request: FastifyRequest, publicUrl: string): boolean {
  const { origin } = request.headers;
  if (origin === undefined || origin === publicUrl) return false;
  // Without TLS of its own a server is reached by several names (localhost, 127.0.0.1, the machine's).
  return publicUrl.startsWith('https:') || !URL.canParse(origin) || new URL(origin).host !== request.headers.host;
}
