/** Where a page view came from, read from its address and the one before: UTM parameters, click ids, referrer. */

import { type ClickKind, clickKinds } from './click-ids.ts';

/** A web address in its parts; parameters by lower-case name, the first of a name. */
export interface Address {
  readonly host: string;
  readonly path: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** How a page view came about. Texts are cut to `longest`; null where nothing is stated. */
export interface Landing {
  /** Of the page, without parameters: they may hold what identifies somebody. */
  readonly path: string;
  /** From outside: a link of another site, an ad, a bookmark. False: a page of the site led here. */
  readonly entry: boolean;
  readonly referrerHost: string | null;
  readonly referrerPath: string | null;
  readonly source: string | null;
  readonly medium: string | null;
  readonly campaign: string | null;
  readonly term: string | null;
  readonly content: string | null;
  readonly clickKind: string | null;
  readonly clickId: string | null;
}

const longest = 200;
const longestPath = 500;

/**
 * @param page address of the page as the browser has it
 * @param referrer address of the page before, '' for none
 * @param isOwnHost whether a host belongs to the site
 * @returns null where `page` is no web address
 */
export function readLanding(page: string, referrer: string, isOwnHost: (host: string) => boolean): Landing | null {
  const here = readAddress(page);
  if (!here) return null;
  const before = readAddress(referrer);
  const tags = readTags(here.parameters);
  const outside = before !== null && !isOwnHost(before.host) ? before : null;
  const entry = tags.tagged || before === null || outside !== null;
  return {
    path: cleanPath(here.path),
    entry,
    referrerHost: outside ? cut(outside.host) : null,
    referrerPath: outside ? cleanPath(outside.path) : null,
    ...(entry ? (tags.tagged ? tags.landing : untagged(outside)) : nowhere),
  };
}

type Origin = Omit<Landing, 'path' | 'entry' | 'referrerHost' | 'referrerPath'>;

const nowhere: Origin = { source: null, medium: null, campaign: null, term: null, content: null, clickKind: null, clickId: null };

/** Google's words for what no parameter tells. */
const untagged = (outside: Address | null): Origin =>
  outside ? { ...nowhere, source: cut(siteName(outside.host)), medium: 'referral' } : { ...nowhere, source: '(direct)', medium: '(none)' };

export const siteName = (host: string): string => host.replace(/^www\./, '');

/** UTM parameters win; a click id fills what they leave open. */
function readTags(parameters: ReadonlyMap<string, string>): { tagged: boolean; landing: Origin } {
  const utm = (name: string): string | null => cut(parameters.get(`utm_${name}`) ?? '');
  const click = Object.entries(clickKinds).find(([name]) => parameters.get(name)?.trim());
  const [clickKind, kind] = click ?? [null, null];
  const source = utm('source') ?? kind?.source ?? null;
  const medium = utm('medium') ?? mediumOf(kind, source);
  const landing: Origin = {
    source: source ?? (medium === null && utm('campaign') === null ? null : '(not set)'),
    medium,
    campaign: utm('campaign'),
    term: utm('term'),
    content: utm('content'),
    clickKind,
    clickId: clickKind === null ? null : cut(parameters.get(clickKind)!),
  };
  return { tagged: landing.source !== null, landing };
}

/** A newsletter's link opened out of Facebook carries Facebook's parameter as well: it is no visit from there. */
const mediumOf = (kind: ClickKind | null, source: string | null): string | null =>
  kind && (kind.paid || source === kind.source) ? kind.medium : null;

function cut(text: string): string | null {
  const trimmed = clean(text, longest).trim();
  return trimmed === '' ? null : trimmed;
}

/** Signs that no page prints, among them NUL, which a database refuses, become blanks. */
const clean = (text: string, most: number): string =>
  text
    .replaceAll(/\p{Cc}/gu, ' ')
    .slice(0, most)
    .toWellFormed();

/** A path step that holds an e-mail address would tell who it is. */
const cleanPath = (path: string): string => clean(path.replaceAll(/[^/]*(?:@|%40)[^/]*/gi, '…'), longestPath);

const shape = /^https?:\/\/(?:[^/?#@]*@)?([^/?#:@]+|\[[0-9a-f:.]+\])(?::\d{1,5})?(\/[^?#]*)?(?:\?([^#]*))?(?:#.*)?$/is;

/** @returns null for what is no http or https address */
export function readAddress(text: string): Address | null {
  const parts = shape.exec(text.trim());
  if (!parts) return null;
  return {
    host: parts[1]!.toLowerCase().replace(/\.$/, ''),
    path: parts[2] ?? '/',
    parameters: readParameters(parts[3] ?? ''),
  };
}

/** As a form writes them: `+` is a blank. What is not well encoded stays as it is. */
export function readParameters(query: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const pair of query.split('&', 200)) {
    const at = pair.indexOf('=');
    const name = decoded(at < 0 ? pair : pair.slice(0, at)).toLowerCase();
    if (name !== '' && !parameters.has(name)) parameters.set(name, at < 0 ? '' : decoded(pair.slice(at + 1)));
  }
  return parameters;
}

function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** Whether a host is one of these, or below one of them. */
export const isHostOf = (domains: readonly string[], host: string): boolean =>
  domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
