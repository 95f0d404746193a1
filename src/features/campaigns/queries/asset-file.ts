/** A kept file, read a part at a time, so that nobody waits for a slow reader. */

import { Readable } from 'node:stream';
import { sql } from 'kysely';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';

export interface KeptFile {
  readonly versionId: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
}

/** @throws Problem not-found where there is no such version, or it is a link */
export async function getFile(tx: Tx, workspaceId: WorkspaceId, { id, versionId }: { id: string; versionId: string }): Promise<KeptFile> {
  const { rows } = await sql<
    Omit<KeptFile, 'bytes'> & { bytes: bigint }
  >`SELECT id AS "versionId", file_name AS name, file_type AS type, file_bytes AS bytes
    FROM asset_versions WHERE workspace_id = ${workspaceId}::uuid AND asset_id = ${id}::uuid AND id = ${versionId}::uuid AND file_name IS NOT NULL`.execute(
    tx,
  );
  const found = rows[0];
  if (!found) throw notFound('file');
  return { ...found, bytes: Number(found.bytes) };
}

export function fileStream(database: Database, workspaceId: WorkspaceId, { versionId }: KeptFile): Readable {
  async function* parts(): AsyncGenerator<Buffer> {
    for (let part = 0; ; part++) {
      const bytes = await database.inWorkspace(workspaceId, async (tx) => {
        const { rows } = await sql<{ bytes: Buffer }>`SELECT bytes FROM asset_file_parts
          WHERE workspace_id = ${workspaceId}::uuid AND version_id = ${versionId}::uuid AND part_no = ${part}`.execute(tx);
        return rows[0]?.bytes;
      });
      if (!bytes) return;
      yield bytes;
    }
  }
  return Readable.from(parts());
}

/**
 * A file from outside is never part of our own pages: it is saved, not shown, its type is not guessed, and should a
 * browser show it all the same it may do nothing.
 */
export const fileHeaders = ({ name, type, bytes }: KeptFile): Record<string, string> => ({
  'content-type': type,
  'content-length': String(bytes),
  'content-disposition': `attachment; filename="${name.replace(/[^\x20-\x7e]|["\\%]/g, '_')}"; filename*=UTF-8''${encoded(name)}`,
  'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
});

/** As RFC 8187 wants it: `encodeURIComponent` leaves '()*! as they are. */
const encoded = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replace(/['()*!]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
