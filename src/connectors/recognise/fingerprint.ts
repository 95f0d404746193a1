/** A header's fingerprint, by which a mapping made once is found again. */

import { hash } from 'node:crypto';

/** The same for the same column names in any order and case. */
export const fingerprint = (header: readonly string[]): string =>
  hash('sha256', JSON.stringify(header.map((name) => name.trim().toLowerCase().normalize('NFC')).sort())).slice(0, 32);

/** The fingerprint of a set of tables, whatever their order and file names. */
export const fingerprintOfSet = (headers: readonly (readonly string[])[]): string => hash('sha256', headers.map(fingerprint).sort().join()).slice(0, 32);
