import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** What only this installation can read or could have written: by keys made from its secret. */
export interface Sealing {
  /** Encrypts and authenticates (AES-256-GCM). @param about what it is and whose: it opens for nothing else */
  seal(text: string, about: string): Buffer;
  /** @throws when it was not sealed here, about the same, or was changed since */
  open(sealed: Buffer, about: string): string;
  /** HMAC-SHA-256 in hex. @param purpose keeps a signature of one kind from passing for another */
  sign(text: string, purpose: string): string;
}

const nonceBytes = 12;
const tagBytes = 16;

/** @param secret asked for when first needed: reading it may write a file */
export function makeSealing(secret: () => string): Sealing {
  let read: string | undefined;
  const key = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', (read ??= secret()), 'accord', purpose, 32));
  return {
    seal(text, about) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key('seal'), nonce).setAAD(Buffer.from(about));
      return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed, about) {
      const decipher = createDecipheriv('aes-256-gcm', key('seal'), sealed.subarray(0, nonceBytes)).setAAD(Buffer.from(about));
      decipher.setAuthTag(sealed.subarray(-tagBytes));
      return decipher.update(sealed.subarray(nonceBytes, -tagBytes)).toString('utf8') + decipher.final('utf8');
    },
    sign: (text, purpose) =>
      createHmac('sha256', key(`sign ${purpose}`))
        .update(text)
        .digest('hex'),
  };
}
