import { recognise } from '#connectors/recognise/recognise.ts';
import { openSources } from '#connectors/open.ts';
import { fingerprintOf } from '#connectors/recognise/fingerprint.ts';
import { sql } from 'kysely';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import { announceChange } from '#platform/facts/facts.ts';
import { SourceRefused } from '#connectors/tables.ts';
import type { Mapping } from '../contract.ts';
import { findMapping } from '../queries.ts';
import { refuseNoText } from './import-files.ts';
import { createRun } from './runs.ts';
import { storeFile, storedName, withStoredFiles } from './stored-files.ts';

type Transact = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

export interface IncomingFile {
  name: string;
  stream: AsyncIterable<Buffer>;
}

/**
 * Takes uploaded files in and says what they are. Files that can't be read are refused as a whole, before
 * anything is kept. A mapping saved for the same headers is proposed before our own guess.
 * @param transact the transaction in which the upload comes to count: that of the request's Idempotency-Key
 */
export async function receiveFiles(
  database: Database,
  workspaceId: WorkspaceId,
  memberId: string,
  incoming: AsyncIterable<IncomingFile>,
  transact: Transact = (work) => database.inWorkspace(workspaceId, work),
): Promise<{ id: string; number: number }> {
  const run = await database.inWorkspace(workspaceId, (tx) =>
    createRun(tx, workspaceId, { source: 'files', dialect: null, files: [], memberId }),
  );
  try {
    const files: { name: string; bytes: number }[] = [];
    for await (const file of incoming)
      files.push({
        name: uniqueName(storedName(file.name), files),
        bytes: await storeFile(database, workspaceId, run.id, files.length, file.stream),
      });
    if (files.length === 0)
      throw new Problem('bad-input', 'No file came with the request: send at least one CSV, TSV, XLSX or zip as multipart/form-data.');
    await recogniseFiles(database, workspaceId, run.id, files, transact);
    return run;
  } catch (error) {
    await database
      .inWorkspace(workspaceId, (tx) => sql`DELETE FROM import_runs WHERE workspace_id = ${workspaceId} AND id = ${run.id}`.execute(tx))
      .catch(() => {});
    throw error instanceof SourceRefused ? new Problem('unsupported-file', error.message.replace(/^\/.*\//, '')) : error;
  }
}

function uniqueName(name: string, files: readonly { name: string }[]): string {
  if (!files.some((file) => file.name === name)) return name;
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  for (let copy = 2; ; copy++) if (!files.some((file) => file.name === `${stem} (${copy})${ending}`)) return `${stem} (${copy})${ending}`;
}

async function recogniseFiles(
  database: Database,
  workspaceId: WorkspaceId,
  runId: string,
  files: { name: string; bytes: number }[],
  transact: Transact,
): Promise<void> {
  const { recognition, fingerprint } = await withStoredFiles(
    database,
    workspaceId,
    runId,
    files.map(({ name }) => name),
    async (paths) => {
      const tables = await openSources(paths);
      refuseNoText(tables);
      if (tables.length === 0)
        throw new Problem('unsupported-file', 'None of these files is a table: CSV, TSV, TXT, XLSX or a zip of them would be fine.');
      return { recognition: recognise(tables), fingerprint: fingerprintOf(tables) };
    },
  );
  await transact(async (tx) => {
    const saved = await findMapping(tx, workspaceId, fingerprint);
    const mapping = saved?.mapping ?? recognition.mapping;
    await sql`UPDATE import_runs SET files = ${JSON.stringify(files)}::jsonb, dialect = ${recognition.dialect}, source = ${mapping.source},
      recognition = ${storable({ ...recognition, fingerprint, savedMapping: saved?.name ?? null })}::jsonb, mapping = ${storable(mapping)}::jsonb
      WHERE workspace_id = ${workspaceId} AND id = ${runId}`.execute(tx);
    await announceChange(tx, workspaceId, 'importRun');
  });
}

/** JSON that the database can keep: it refuses NUL and half of a pair of surrogates, and examples of cells may hold either. */
const storable = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? part.replaceAll('\0', '␀').toWellFormed() : part));

/** Keeps a mapping under a name, for files with the same headers. The same name again replaces it. */
export async function saveMapping(
  tx: Tx,
  workspaceId: WorkspaceId,
  memberId: string,
  saved: { name: string; fingerprint: string; mapping: Mapping },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`INSERT INTO mappings (workspace_id, id, name, fingerprint, mapping, member_id)
    VALUES (${workspaceId}, ${newId()}, ${saved.name}, ${saved.fingerprint}, ${JSON.stringify(saved.mapping)}::jsonb, ${memberId})
    ON CONFLICT (workspace_id, name) DO UPDATE SET fingerprint = excluded.fingerprint, mapping = excluded.mapping, created_at = now() RETURNING id`.execute(
    tx,
  );
  return rows[0]!.id;
}
