/** Uploaded files rest in the database in parts, so that any server's worker can read them. */

import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';

const partBytes = 1 << 20;
/** Bytes one upload may bring; larger files go in by the command line, which reads them where they lie. */
export const mostUploadBytes = 2 * 1024 ** 3;

/** What a file is called here: its own name without folders, control characters and length. */
export function storedName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const base = name
    .normalize('NFC')
    .split(/[\\/]/)
    .at(-1)!
    .replace(/[\u0000-\u001f\u007f"<>|:*?]/g, '_')
    .replace(/^\.+/, '_')
    .slice(-150);
  return base === '' ? 'file' : base;
}

/** Stores one file part by part; each part is a transaction, the file counts once the run names it. */
export async function storeFile(
  database: Database,
  workspaceId: WorkspaceId,
  runId: string,
  fileNo: number,
  stream: AsyncIterable<Buffer>,
): Promise<number> {
  let waiting: Buffer[] = [];
  let size = 0;
  let total = 0;
  let partNo = 0;
  const flush = async () => {
    if (size === 0) return;
    const bytes = Buffer.concat(waiting, size);
    const part = partNo++;
    await database.inWorkspace(workspaceId, async (tx) => {
      await sql`INSERT INTO import_file_parts (workspace_id, run_id, file_no, part_no, bytes) VALUES (${workspaceId}, ${runId}, ${fileNo}, ${part}, ${bytes})`.execute(
        tx,
      );
      await sql`UPDATE import_runs SET heartbeat_at = now() WHERE workspace_id = ${workspaceId} AND id = ${runId}`.execute(tx);
    });
    waiting = [];
    size = 0;
  };
  for await (const chunk of stream) {
    total += chunk.length;
    if (total > mostUploadBytes)
      throw new Problem('too-large', 'A file of an upload may have 2 GB at the most; import larger ones with `accord import`.');
    waiting.push(chunk);
    size += chunk.length;
    if (size >= partBytes) await flush();
  }
  await flush();
  return total;
}

/** Puts the files of a run into a folder of their own for as long as the work takes. */
export async function withStoredFiles<T>(
  database: Database,
  workspaceId: WorkspaceId,
  runId: string,
  names: readonly string[],
  work: (paths: string[]) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'accord-import-'));
  try {
    const paths: string[] = [];
    for (const [fileNo, name] of names.entries()) {
      const place = join(folder, String(fileNo));
      await mkdir(place);
      const path = join(place, storedName(name));
      await writeOut(database, workspaceId, runId, fileNo, path);
      paths.push(path);
    }
    return await work(paths);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeOut(database: Database, workspaceId: WorkspaceId, runId: string, fileNo: number, path: string): Promise<void> {
  const out = createWriteStream(path, { mode: 0o600 });
  for (let partNo = 0; ; partNo++) {
    const { rows } = await database.inWorkspace(workspaceId, (tx) =>
      sql<{
        bytes: Buffer;
      }>`SELECT bytes FROM import_file_parts WHERE workspace_id = ${workspaceId} AND run_id = ${runId} AND file_no = ${fileNo} AND part_no = ${partNo}`.execute(
        tx,
      ),
    );
    if (!rows[0]) break;
    if (!out.write(rows[0].bytes)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}
