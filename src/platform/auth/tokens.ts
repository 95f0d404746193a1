import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, for a cookie or a link. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is stored in place of a token. A plain hash is enough: nobody guesses 256 bits. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** `accord_<id>_<secret>`: recognisable to scanners of leaked secrets, and to the people who list their tokens. */
export function newApiToken(id: string): { token: string; prefix: string } {
  const prefix = `accord_${id.replaceAll('-', '')}`;
  return { token: `${prefix}_${randomBytes(32).toString('hex')}`, prefix };
}

/** The API token of an `Authorization: Bearer` header; nothing when the header is something else. */
export function readBearer(header: string | undefined): string | undefined {
  return /^Bearer (accord_[0-9a-f]{32}_[0-9a-f]{64})$/i.exec(header ?? '')?.[1];
}
