import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Problem } from '#platform/errors.ts';

/** OWASP's least for argon2id: 19 MiB, two passes, one lane (60 ms here). */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
/** Each hash takes 19 MiB and a thread: so many at once, so many waiting, and the rest are told to come back. */
const atOnce = 3;
const mostWaiting = 60;

const derive = promisify(argon2) as (algorithm: 'argon2id', parameters: Parameters<typeof argon2>[1]) => Promise<Buffer>;

/** `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, the usual text form, so that the cost can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const hash = await inTurn(() => derive('argon2id', { ...cost, message: password.normalize('NFKC'), nonce }));
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${plain(nonce)}$${plain(hash)}`;
}

/** Whether the password is the one hashed. Takes as long where there is no hash, so that time tells nobody who has a login. */
export async function verifyPassword(password: string, stored: string | null | undefined): Promise<boolean> {
  const parsed = readHash(stored ?? nobody) ?? readHash(nobody)!;
  const hash = await inTurn(() =>
    derive('argon2id', { ...parsed.cost, tagLength: parsed.hash.length, message: password.normalize('NFKC'), nonce: parsed.nonce }),
  );
  return timingSafeEqual(hash, parsed.hash) && stored != null;
}

/** A hash of no password, at today's cost. */
const nobody = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${plain(randomBytes(16))}$${plain(randomBytes(32))}`;

function readHash(
  text: string,
): { cost: { memory: number; passes: number; parallelism: number }; nonce: Buffer; hash: Buffer } | undefined {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(text);
  if (!match) return undefined;
  const [, memory, passes, parallelism, nonce, hash] = match;
  return {
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    nonce: Buffer.from(nonce!, 'base64'),
    hash: Buffer.from(hash!, 'base64'),
  };
}

function plain(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}

let running = 0;
const waiting: Array<() => void> = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) {
    if (waiting.length >= mostWaiting)
      throw new Problem('unavailable', 'Too many people sign in at this moment. Try again in a few seconds.', { extra: { retryAfter: 3 } });
    await new Promise<void>((resume) => waiting.push(resume)); // its place is handed over, not counted again
  } else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}
