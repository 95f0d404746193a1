/** How a sender of webhooks proves that it knows the hook's secret. */

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Seconds a signed time may lie before or after now: beyond that it may have been recorded and sent again. */
export const signatureSeconds = 300;

/** `t=<seconds>,v1=<hex>`: HMAC-SHA-256 over `<seconds>.<body>`. */
export const signBody = (secret: string, body: Buffer | string, seconds: number): string =>
  `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.`).update(body).digest('hex')}`;

/** @returns null when it holds, else what is wrong */
export function checkSignature(secret: string, body: Buffer, header: string | undefined, nowSeconds: number): 'signature' | 'time' | null {
  const parts = (header ?? '').split(',', 10).map((part) => part.trim().split('=', 2));
  const seconds = parts.find(([name]) => name === 't')?.[1] ?? '';
  if (!/^\d{1,12}$/.test(seconds)) return 'signature';
  const right = createHmac('sha256', secret).update(`${seconds}.`).update(body).digest();
  // Several v1 may stand there while a sender changes its secret.
  const isSigned = parts.some(
    ([name, hex = '']) => name === 'v1' && /^[0-9a-f]{64}$/i.test(hex) && timingSafeEqual(Buffer.from(hex, 'hex'), right),
  );
  if (!isSigned) return 'signature';
  return Math.abs(nowSeconds - Number(seconds)) > signatureSeconds ? 'time' : null;
}

export const isSecret = (secret: string, given: string | null | undefined): boolean => timingSafeEqual(digest(secret), digest(given ?? ''));
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
