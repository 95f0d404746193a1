/**
 * Whether a request for a tracked link is a person who opens it. Mail scanners, link previews and crawlers follow links
 * before anybody reads them; counting them would tell a rep that the customer looked. Rules, each of which is enough:
 *
 * - `HEAD` asks whether there is something, and opens nothing.
 * - `Sec-GPC: 1` or `DNT: 1`: whoever asks not to be followed is led on, and nothing is kept of it.
 * - A known program by its name (the caller asks `isbot`), or no name at all.
 * - A prefetch: `Purpose`, `Sec-Purpose` or `X-Moz` say so.
 * - No page is asked for: a browser that a person steers sends `Accept: text/html`, and `Sec-Fetch-Dest: document`
 *   where it sends that header at all.
 * - Within the first seconds after the link was made only the program it is being written in has it.
 */

export const tooSoonSeconds = 5;
/** Openings less than this apart are one sitting: one touch, counted as so many opens. */
export const sittingMinutes = 30;

export interface LinkRequest {
  readonly method: string;
  /** Asks not to be followed: Global Privacy Control or Do Not Track. */
  readonly optedOut: boolean;
  /** Known as a program by its user agent. */
  readonly isProgram: boolean;
  readonly agent: string | undefined;
  readonly accept: string | undefined;
  readonly fetchDest: string | undefined;
  /** Of `Purpose`, `Sec-Purpose` and `X-Moz`, what was sent. */
  readonly purposes: readonly (string | undefined)[];
}

export type Opener = 'person' | 'scanner' | 'nobody';

/** `nobody`: nothing is kept of it. @param secondsOld since the link was made */
export function openerOf(request: LinkRequest, secondsOld: number): Opener {
  if (request.method === 'HEAD' || request.optedOut) return 'nobody';
  if (request.isProgram || !request.agent) return 'scanner';
  if (request.purposes.some((purpose) => purpose !== undefined && /prefetch|preview|prerender/i.test(purpose))) return 'scanner';
  if (!request.accept?.includes('text/html')) return 'scanner';
  if (request.fetchDest !== undefined && request.fetchDest !== 'document') return 'scanner';
  return secondsOld < tooSoonSeconds ? 'scanner' : 'person';
}

/** Whether an opening belongs to the sitting that was active last. Milliseconds. */
export const isSameSitting = (lastAt: number, at: number): boolean => at - lastAt < sittingMinutes * 60_000;
