/** Turns what a page sent into what is kept of it: of a visitor who asks not to be tracked, a count and nothing else. */

import { isbot } from 'isbot';
import { visitChannel } from '#engine/tracking/channel.ts';
import { isHostOf, readAddress, readLanding } from '#engine/tracking/landing.ts';
import { hashToken } from '#platform/auth/tokens.ts';
import type { Sealing } from '#platform/auth/sealing.ts';
import type { Refusal } from '../contract/arrivals.ts';
import type { SentEvent, SentEvents } from '../contract/events.ts';
import type { KnownSite } from '../queries/gate.ts';
import { readIdentity } from './identity-token.ts';
import { cookieVisitorOf, dayOf, dayVisitorOf, type Salts } from './visitors.ts';
import type { Arrived, ArrivedCount, ArrivedEvent, ArrivedNote } from './write-arrivals.ts';

/** What a request tells of its sender. The address and the browser's name go into a hash and nowhere else. */
export interface Sender {
  readonly address: string;
  readonly agent: string;
  readonly languages: string | undefined;
  /** Headers `Sec-GPC` or `DNT`. */
  readonly private: boolean;
}

export interface Receiving {
  readonly salts: Salts;
  readonly sealing: Sealing;
  /** Where hosted forms stand: coming back from one is no visit of its own. */
  readonly ownHost: string;
  readonly now: () => number;
}

/** Known machines, and what no browser leaves out. */
export const isMachine = ({ agent, languages }: Pick<Sender, 'agent' | 'languages'>): boolean =>
  agent.length < 20 || isbot(agent) || !languages;

export const onlyCounted = (counts: readonly ArrivedCount[]): Arrived => ({ events: [], counts, notes: [] });
export const refusedCount = (sourceId: string, reason: Refusal, example: string | null = null): ArrivedCount => ({
  sourceId,
  outcome: 'refused',
  label: reason,
  example: example?.slice(0, 200) ?? null,
});

export async function receiveEvents(ground: Receiving, site: KnownSite, sender: Sender, sent: SentEvents): Promise<Arrived> {
  if (isMachine(sender)) return onlyCounted(sent.events.map(() => ({ sourceId: site.id, outcome: 'bot', label: '', example: null })));
  if (sender.private || sent.private) return onlyCounted(sent.events.flatMap((event) => countPrivately(ground, site, event)));
  const now = ground.now();
  const visitors: Visitors = {
    dayVisitor: dayVisitorOf(await ground.salts(site.workspaceId, dayOf(now)), { ...sender, siteId: site.id }),
    visitor: sent.visitor === undefined ? null : cookieVisitorOf(site.id, sent.visitor),
  };
  const all = sent.events.map((event) => receiveOne(ground, site, event, visitors, now));
  return {
    events: all.flatMap(({ events }) => events),
    counts: all.flatMap(({ counts }) => counts),
    notes: all.flatMap(({ notes }) => notes),
  };
}

interface Visitors {
  readonly dayVisitor: Buffer;
  readonly visitor: Buffer | null;
}

function countPrivately(ground: Receiving, site: KnownSite, event: SentEvent): ArrivedCount[] {
  if (event.kind !== 'page') return [];
  const page = readPage(ground, site, event, ground.now());
  return page ? [{ sourceId: site.id, outcome: 'private', label: page.channel ?? '', example: null }] : [];
}

function receiveOne(ground: Receiving, site: KnownSite, event: SentEvent, visitors: Visitors, now: number): Arrived {
  if (event.kind === 'revoke') return { ...nothing, notes: visitors.visitor ? [noteOf('revoked', site, visitors)] : [] };
  if (event.kind === 'consent')
    return { ...nothing, notes: visitors.visitor ? [{ ...noteOf('consented', site, visitors), eventId: event.id }] : [] };
  if (event.kind === 'identify') return receiveIdentity(ground, site, event.token, visitors, now);
  const page = readPage(ground, site, event, now);
  if (!page) return onlyCounted([refusedCount(site.id, 'body')]);
  const token = readAddress(event.url)?.parameters.get('acc');
  const link = token && /^[\w-]{20,100}$/.test(token) ? [{ ...noteOf('link', site, visitors), linkHash: hashToken(token) }] : [];
  return { ...nothing, events: [{ ...page, ...visitors }], notes: link };
}

const nothing: Arrived = { events: [], counts: [], notes: [] };

const noteOf = (kind: ArrivedNote['kind'], site: KnownSite, visitors: Visitors): ArrivedNote => ({
  kind,
  siteId: site.id,
  ...visitors,
  eventId: null,
  linkHash: null,
  emailKey: null,
});

function receiveIdentity(ground: Receiving, site: KnownSite, token: string, visitors: Visitors, now: number): Arrived {
  const secret = site.identitySecret && ground.sealing.open(site.identitySecret, `site ${site.id}`);
  const emailKey = secret ? readIdentity(secret, token, now / 1000) : null;
  if (emailKey === null) return onlyCounted([refusedCount(site.id, 'identity')]);
  return { ...nothing, notes: [{ ...noteOf('identity', site, visitors), emailKey }] };
}

type Page = Omit<ArrivedEvent, 'dayVisitor' | 'visitor'>;

function readPage(ground: Receiving, site: KnownSite, event: Extract<SentEvent, { kind: 'page' }>, now: number): Page | null {
  const here = readAddress(event.url)?.host;
  const isOwn = (host: string): boolean => host === here || host === ground.ownHost || isHostOf(site.domains, host);
  const landing = readLanding(event.url, event.referrer, isOwn);
  return (
    landing && {
      ...landing,
      id: event.id,
      siteId: site.id,
      occurredAt: new Date(now - event.ago).toISOString(),
      channel: landing.entry ? visitChannel(landing, site.rules).group : null,
    }
  );
}
