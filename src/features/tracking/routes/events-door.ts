import { isHostOf, readAddress } from '#engine/tracking/landing.ts';
import type { Door, DoorAnswer, Visit } from '#platform/http/door.ts';
import { refusalOf } from '#platform/http/problems.ts';
import { rateLimit } from '#platform/http/rate.ts';
import type { Committing } from '../actions/commit-arrivals.ts';
import { onlyCounted, type Receiving, receiveEvents, refusedCount } from '../actions/receive-events.ts';
import type { Refusal } from '../contract/arrivals.ts';
import { type SentEvents, sentEvents } from '../contract/events.ts';
import type { KnownSite } from '../queries/gate.ts';

export interface EventsGround extends Receiving {
  readonly sites: (key: string) => Promise<KnownSite | null>;
  readonly committing: Committing;
}

/** Requests of one site's pages: five thousand at once, then as many a second as a busy site has. */
const siteRate = { perMinute: 300_000, burst: 5_000 };

/** `POST /t/e?site=KEY`: events of a page. Answered 202 when they are durable. */
export function eventsDoor(ground: EventsGround): Door {
  const withinRate = rateLimit(siteRate);
  return {
    methods: ['POST', 'OPTIONS'],
    path: '/t/e',
    summary: 'Events of a company’s pages',
    handle: async (visit) => {
      const site = await ground.sites(visit.query.get('site') ?? '');
      if (!site) return { status: 404, headers: opened };
      const origin = originOf(visit, site);
      if (origin === null) return refuse(ground, site, 'origin', 403, opened, hostOf(visit));
      const headers = { ...opened, ...(origin === '' ? {} : { 'access-control-allow-origin': origin, vary: 'origin' }) };
      if (visit.method === 'OPTIONS') return { status: 204, headers: { ...headers, ...preflight } };
      if (!withinRate(site.id)) return refuse(ground, site, 'rate', 429, { ...headers, 'retry-after': '2' });
      const sent = readSent(visit.body);
      if (!sent) return refuse(ground, site, 'body', 400, headers);
      return keep(ground, site, visit, sent, headers);
    },
  };
}

/** Other sites' pages may read the answer only where the origin is the site's own; it never names anybody. */
const opened = { 'cross-origin-resource-policy': 'cross-origin' };
const preflight = {
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers': 'content-type',
  'access-control-max-age': '86400',
};

async function keep(
  ground: EventsGround,
  site: KnownSite,
  visit: Visit,
  sent: SentEvents,
  headers: Record<string, string>,
): Promise<DoorAnswer> {
  try {
    const sender = {
      address: visit.address,
      agent: visit.header('user-agent') ?? '',
      languages: visit.header('accept-language'),
      private: isPrivate(visit),
    };
    await ground.committing.commit(site.workspaceId, await receiveEvents(ground, site, sender, sent));
    return { status: 202, headers };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal.unexpected) visit.request.log.error({ err: error }, 'events were not kept');
    return { status: refusal.document.status, headers: { ...headers, ...refusal.headers } };
  }
}

export const isPrivate = (visit: Pick<Visit, 'header'>): boolean => visit.header('sec-gpc') === '1' || visit.header('dnt') === '1';

/** The page's origin where it is the site's; '' where the sender is no page; null where it is another's. */
function originOf(visit: Visit, site: KnownSite): string | null {
  const origin = visit.header('origin');
  const host = hostOf(visit);
  if (origin === undefined && host === null) return '';
  if (host === null || !isHostOf(site.domains, host)) return null;
  return origin ?? '';
}

/** `null` (a sandboxed frame, a file) names no host, and is no page of the site. */
function hostOf(visit: Visit): string | null {
  const said = visit.header('origin') ?? visit.header('referer');
  return said === undefined ? null : (readAddress(said)?.host ?? 'unknown');
}

/** Counted beside the work, so that refusing costs the sender no time and the database little. */
function refuse(
  { committing }: EventsGround,
  site: KnownSite,
  reason: Refusal,
  status: number,
  headers: Record<string, string>,
  example: string | null = null,
): DoorAnswer {
  committing.commit(site.workspaceId, onlyCounted([refusedCount(site.id, reason, example)])).catch(() => {});
  return { status, headers };
}

function readSent(body: Buffer): SentEvents | null {
  try {
    const read = sentEvents.safeParse(JSON.parse(body.toString('utf8')));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
