/**
 * Requests to addresses that a user chose (webhooks of chat rooms): only https, only to the public internet. What counts
 * is the address that is connected to, looked at when it is: a name that resolves to somewhere else the second time gains
 * nothing. Redirects are not followed, answers are cut short, and nothing takes longer than its time.
 */

import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { Agent as PlainAgent, request as plainRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { named, type Reachable, reachable } from './addresses.ts';

export interface GuardedFetch {
  /**
   * @returns the answer, whatever its status
   * @throws GuardedFetchFailed, in words that hold nothing of the address but its host
   */
  post(address: string, body: { readonly type: string; readonly text: string }): Promise<GuardedAnswer>;
}
export interface GuardedAnswer {
  readonly status: number;
  /** At most 4 KiB of it. */
  readonly text: string;
  /** Of the header Retry-After; null without one that can be read. */
  readonly retryAfterSeconds: number | null;
}

/** `address`: it will never be reached as it stands; `network`: it may be the next time. */
export class GuardedFetchFailed extends Error {
  override readonly name = 'GuardedFetchFailed';
  readonly kind: 'address' | 'network';
  constructor(kind: 'address' | 'network', message: string) {
    super(message);
    this.kind = kind;
  }
}

type LookupCallback = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void;
type Lookup = (host: string, options: LookupOptions & { all: true }, callback: LookupCallback) => void;

/** What only tests give: a stand-in on this machine speaks plain HTTP, on any port; names resolve as the test says. */
export interface TestAllowance {
  readonly addresses?: readonly string[];
  readonly plain?: boolean;
  readonly lookup?: Lookup;
}

const seconds = 10;
const longestAnswer = 4_096;
const usualPort = '443';

/** @param allowed private addresses and networks an operator lets users reach (setting ACCORD_ALLOW_ADDRESSES) */
export function openGuardedFetch(allowed: readonly string[], test: TestAllowance = {}): GuardedFetch {
  const all = [...allowed, ...(test.addresses ?? [])];
  const ground: Ground = {
    may: reachable(all),
    isNamed: named(all),
    plain: test.plain === true,
    lookup: test.lookup ?? ((host, options, callback) => systemLookup(host, options, callback)),
  };
  return {
    async post(address, body) {
      const url = checkAddress(address, ground);
      return send(url, body, ground);
    },
  };
}

/** Why an address can't be one of these; null: it may be tried. Names are looked at when they are connected to. */
export function whyNotFetched(address: string, allowed: readonly string[] = []): string | null {
  try {
    checkAddress(address, { may: reachable(allowed), isNamed: named(allowed), plain: false, lookup: () => {} });
    return null;
  } catch (error) {
    if (error instanceof GuardedFetchFailed) return error.message;
    throw error;
  }
}

interface Ground {
  readonly may: Reachable;
  readonly isNamed: Reachable;
  readonly plain: boolean;
  readonly lookup: Lookup;
}

function checkAddress(address: string, { may, isNamed, plain }: Ground): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null) throw new GuardedFetchFailed('address', 'This is no address.');
  if (url.protocol !== 'https:' && !(plain && url.protocol === 'http:'))
    throw new GuardedFetchFailed('address', 'Only addresses that begin with https:// are reached.');
  if (url.username !== '' || url.password !== '')
    throw new GuardedFetchFailed('address', 'An address with a name or password in it is not reached.');
  // The parser has written 2130706433, 0177.0.0.1 and 0x7f.1 as 127.0.0.1 by now.
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0 && !may(literal)) throw refusedAddress(url);
  if (url.port !== '' && url.port !== usualPort && !plain && !(isIP(literal) !== 0 && isNamed(literal)))
    throw new GuardedFetchFailed('address', 'Only the port 443 is reached.');
  return url;
}

const refusedAddress = (url: URL): GuardedFetchFailed =>
  new GuardedFetchFailed('address', `${url.hostname} is an address inside a network, which is not reached.`);

function send(url: URL, body: { type: string; text: string }, ground: Ground): Promise<GuardedAnswer> {
  const bytes = Buffer.from(body.text, 'utf8');
  const isPlain = url.protocol === 'http:';
  return new Promise((resolve, reject) => {
    const asked = (isPlain ? plainRequest : request)(url, {
      method: 'POST',
      // An agent of its own: no connection is shared, no proxy of the environment is asked.
      agent: isPlain ? new PlainAgent({ keepAlive: false }) : new Agent({ keepAlive: false }),
      lookup: guardedLookup(url, ground),
      headers: { 'content-type': body.type, 'content-length': bytes.length, 'user-agent': 'Accord', accept: '*/*' },
      signal: AbortSignal.timeout(seconds * 1_000),
    });
    const fail = (error: Error): void =>
      reject(error instanceof GuardedFetchFailed ? error : new GuardedFetchFailed('network', whatWentWrong(url, error)));
    asked.on('error', fail);
    asked.on('socket', (socket) => {
      socket.once('connect', () => checkPeer(url, socket, ground, (refused) => asked.destroy(refused)));
    });
    asked.on('response', (response) => readAnswer(response).then(resolve, fail));
    asked.end(bytes);
  });
}

/** Of all addresses a name has only those that may be reached are handed on, so that only those are connected to. */
function guardedLookup(url: URL, { may, lookup }: Ground) {
  return (
    host: string,
    options: LookupOptions,
    callback: (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void,
  ): void =>
    lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const fine = addresses.filter(({ address }) => may(address));
      const first = fine[0];
      if (!first) return callback(refusedAddress(url), []);
      if (options.all) callback(null, fine);
      else callback(null, first.address, first.family);
    });
}

/** What the system really connected to, before a byte is sent. */
function checkPeer(url: URL, socket: Socket, { may }: Ground, refuse: (error: Error) => void): void {
  if (socket.remoteAddress === undefined || !may(socket.remoteAddress)) refuse(refusedAddress(url));
}

async function readAnswer(response: IncomingMessage): Promise<GuardedAnswer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part.subarray(0, longestAnswer - length));
    length += part.length;
    // Enough: the connection is ended, whatever else would come.
    if (length >= longestAnswer) break;
  }
  const after = Number(response.headers['retry-after']);
  return {
    status: response.statusCode ?? 0,
    text: Buffer.concat(parts).toString('utf8'),
    retryAfterSeconds: Number.isFinite(after) && after > 0 ? after : null,
  };
}

/** Messages of the system may carry what they were given; its codes don't. */
function whatWentWrong(url: URL, error: NodeJS.ErrnoException): string {
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return `${url.hostname} didn’t answer within ${seconds} seconds.`;
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') return `${url.hostname} is not found.`;
  return `${url.hostname} could not be reached (${error.code ?? 'unknown error'}).`;
}
