/** A header's fingerprint, by which a mapping made once is found again. */

import { hash } from 'node:crypto';
import type { SourceTable } from '../tables.ts';

/** The same for the same column names in any order and case. */
export const fingerprint = (header: readonly string[]): string =>
  hash('sha256', JSON.stringify(header.map((name) => name.trim().toLowerCase().normalize('NFC')).sort())).slice(0, 32);

/** The fingerprint of a set of tables, whatever their order and file names. */
export const fingerprintOf = (tables: readonly Pick<SourceTable, 'header'>[]): string =>
  hash(
    'sha256',
    tables
      .map((table) => fingerprint(table.header))
      .sort()
      .join(),
  ).slice(0, 32);
