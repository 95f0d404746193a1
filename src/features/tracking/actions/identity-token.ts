/** Tokens by which the company's own server says who is signed in: a page alone is not believed. */

import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { emailKey } from '#engine/identity/keys.ts';

const claims = z.object({ email: z.string().max(320), until: z.number() });
const longestSeconds = 86_400;

/** `<payload>.<signature>`: base64url of `{"email","until"}`, and its HMAC-SHA-256 by the site's secret, base64url. */
export function signIdentity(secret: string, email: string, until: number): string {
  const payload = Buffer.from(JSON.stringify({ email, until })).toString('base64url');
  return `${payload}.${macOf(secret, payload).toString('base64url')}`;
}

/**
 * @param nowSeconds since 1970
 * @returns the normalised e-mail address, or null for a token that was not signed so or does not hold now
 */
export function readIdentity(secret: string, token: string, nowSeconds: number): string | null {
  const [payload = '', signature = '', ...more] = token.split('.');
  const given = Buffer.from(signature, 'base64url');
  const mac = macOf(secret, payload);
  if (more.length > 0 || given.length !== mac.length || !timingSafeEqual(given, mac)) return null;
  const read = claims.safeParse(parsed(Buffer.from(payload, 'base64url').toString('utf8')));
  if (!read.success || read.data.until < nowSeconds || read.data.until > nowSeconds + longestSeconds) return null;
  return emailKey(read.data.email);
}

const macOf = (secret: string, payload: string): Buffer => createHmac('sha256', secret).update(payload).digest();

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
