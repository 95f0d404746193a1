import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';

const nothing = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Headers of every answer, errors included. Pages replace the policy by `pagePolicy`. */
export function commonHeaders(https: boolean): Record<string, string> {
  return {
    'content-security-policy': nothing,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    ...(https ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

/**
 * The policy of an HTML page. Scripts come from here and nowhere else. Style elements that a component
 * library adds need the page's nonce; style attributes are allowed, since they are how Mantine, ECharts
 * and virtual lists place things, and unlike scripts and style sheets they can reach nothing.
 */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export const newNonce = (): string => randomBytes(16).toString('base64');

/** Sends a page whose style elements carry the nonce written where it says `__CSP_NONCE__`. */
export function sendPage(reply: FastifyReply, html: string): FastifyReply {
  const nonce = newNonce();
  return reply
    .header('content-security-policy', pagePolicy(nonce))
    .header('cache-control', 'no-cache')
    .type('text/html; charset=utf-8')
    .send(html.replaceAll('__CSP_NONCE__', nonce));
}
