import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { openSources } from '#connectors/open.ts';
import { recognise } from '#connectors/recognise/recognise.ts';
import { enterWorkspace, type Database, type WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { renewStatisticsAfter } from '#platform/db/statistics.ts';
import { MappingMisfit } from '#connectors/mapping/compile.ts';
import { SourceRefused } from '#connectors/tables.ts';
import { Problem } from '#platform/errors.ts';
import { announceChange } from '#platform/facts/facts.ts';
import type { JobHandlers } from '#platform/jobs/worker.ts';
import { importFiles } from './actions/import-files.ts';
import type { ImportOutcome } from './actions/import-run.ts';
import { failRun, noteBrokenTry, noteSamplePart } from './actions/runs.ts';
import { withStoredFiles } from './actions/stored-files.ts';
import { undoRecords } from './actions/undo-run.ts';
import { tablesUndone } from './actions/written-tables.ts';
import { getRun, getWorkspaceSettings } from './queries.ts';

interface Progress {
  readonly phase: string;
  readonly done: number;
  readonly total: number;
}

/** The sample company; given by the entry, because the simulator and what is made of its files are features of their own. */
export interface Sample {
  /** Writes its files into a folder, amounts in the workspace's currency. */
  write(folder: string, currency: string): Promise<unknown>;
  /** What it has beside records, once they are in, telling which part is being made. Done twice it changes nothing. */
  complete(workspaceId: WorkspaceId, folder: string, tell: (progress: Progress) => Promise<void>): Promise<void>;
}

export const intakeJobs = (database: Database, sample: Sample): JobHandlers => ({
  'import.sample': async (payload) =>
    importSample(database, payload.workspaceId as WorkspaceId, String(payload.runId), (payload.memberId as string | null) ?? null, sample),
  'import.run': async (payload) =>
    runStored(
      database,
      payload.workspaceId as WorkspaceId,
      String(payload.runId),
      (payload.memberId as string | null) ?? null,
      payload.dryRun === true,
    ),
  'import.undo': async (payload) =>
    void (await undoRun(database, payload.workspaceId as WorkspaceId, String(payload.runId), (payload.memberId as string | null) ?? null)),
});

/** What the database may say of work that succeeds another time: connection (08), rolled back for others (40), resources (53), stopped (57), system (58). */
const passing = /^(08|40|53|57|58)/;

/** What people have to mend themselves: trying again would not help. */
const isFinal = (error: unknown): boolean =>
  error instanceof Problem ||
  error instanceof MappingMisfit ||
  error instanceof SourceRefused ||
  error instanceof RangeError ||
  (error instanceof pg.DatabaseError && !passing.test(error.code ?? ''));

export async function runStored(
  database: Database,
  workspaceId: WorkspaceId,
  runId: string,
  memberId: string | null,
  dryRun: boolean,
): Promise<void> {
  const { run, workspace } = await database.inWorkspace(workspaceId, async (tx) => ({
    run: await getRun(tx, workspaceId, runId),
    workspace: await getWorkspaceSettings(tx, workspaceId),
  }));
  if (run.status !== 'staging' && run.status !== 'applying') return; // finished by another worker
  const { mapping } = run;
  if (!mapping) return failRun(database, workspaceId, runId, 'The import has no mapping yet.');
  try {
    const outcome = await withStoredFiles(
      database,
      workspaceId,
      runId,
      run.files.map(({ name }) => name),
      async (paths) => importFiles({ database, workspace, runId, memberId, tables: await openSources(paths), mapping, dryRun }),
    );
    if (dryRun) await keepDryRun(database, workspaceId, runId, outcome);
  } catch (error) {
    await retryOrFail(database, workspaceId, runId, error);
  }
}

/** The sample company goes in through the same import as anybody's files. */
async function importSample(
  database: Database,
  workspaceId: WorkspaceId,
  runId: string,
  memberId: string | null,
  sample: Sample,
): Promise<void> {
  const { run, workspace } = await database.inWorkspace(workspaceId, async (tx) => ({
    run: await getRun(tx, workspaceId, runId),
    workspace: await getWorkspaceSettings(tx, workspaceId),
  }));
  // Its records may be in while what stands beside them is not: that is done when the queue tries again.
  if (run.status !== 'staging' && run.status !== 'applying' && run.status !== 'done') return;
  const folder = await mkdtemp(join(tmpdir(), 'accord-sample-'));
  try {
    await sample.write(folder, workspace.currency);
    const isIn = run.status === 'done' || (await importSampleFiles(database, workspace, { workspaceId, runId, memberId }, folder));
    if (isIn) await completeSample(database, workspaceId, runId, folder, sample);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Its run is done with its records, and whole (`sampleIsWhole`) when all that stands beside them is there too. */
async function completeSample(database: Database, workspaceId: WorkspaceId, runId: string, folder: string, sample: Sample): Promise<void> {
  const tell = (progress: Progress) => noteSamplePart(database, workspaceId, runId, progress);
  await tell({ phase: 'the agreement of the two sides', done: 0, total: 1 });
  await sample.complete(workspaceId, folder, tell);
  await tell({ phase: 'whole', done: 1, total: 1 });
}

/** @returns whether it is in; what is to be tried again is thrown */
async function importSampleFiles(
  database: Database,
  workspace: Awaited<ReturnType<typeof getWorkspaceSettings>>,
  { workspaceId, runId, memberId }: { workspaceId: WorkspaceId; runId: string; memberId: string | null },
  folder: string,
): Promise<boolean> {
  try {
    const tables = await openSources([folder]);
    const { mapping } = recognise(tables);
    const asSample = { ...mapping, source: 'sample', name: 'Sample company' };
    await database.inWorkspace(workspaceId, (tx) =>
      sql`UPDATE import_runs SET mapping = ${JSON.stringify(asSample)}::jsonb, files = ${JSON.stringify(tables.map(({ name, bytes }) => ({ name, bytes })))}::jsonb WHERE workspace_id = ${workspaceId} AND id = ${runId}`.execute(
        tx,
      ),
    );
    await importFiles({ database, workspace, runId, memberId, tables, mapping: asSample, dryRun: false });
    return true;
  } catch (error) {
    await retryOrFail(database, workspaceId, runId, error);
    return false;
  }
}

/** After a passing fault (the database was restarted) the queue tries again, so many times; until then the run says so. */
async function retryOrFail(database: Database, workspaceId: WorkspaceId, runId: string, error: unknown): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error);
  if (isFinal(error))
    return failRun(
      database,
      workspaceId,
      runId,
      error instanceof pg.DatabaseError ? `The database refused it: ${reason}. Nothing of it was kept.` : reason,
    );
  // Where the database is away the note can't be written either; the run is found again by its silence.
  const again = await database
    .inWorkspace(workspaceId, (tx) => noteBrokenTry(tx, workspaceId, runId, `The last time: ${reason}`))
    .catch(() => true);
  if (again) throw error;
}

async function keepDryRun(database: Database, workspaceId: WorkspaceId, runId: string, { result, problems }: ImportOutcome): Promise<void> {
  await database.inWorkspace(workspaceId, async (tx) => {
    await sql`DELETE FROM import_problems WHERE workspace_id = ${workspaceId} AND run_id = ${runId}`.execute(tx);
    const columns = [
      problems.map((p) => p.file),
      problems.map((p) => p.line),
      problems.map((p) => p.column ?? null),
      problems.map((p) => p.value ?? null),
      problems.map((p) => p.reason),
      problems.map((p) => p.severity),
    ];
    await sql`INSERT INTO import_problems (workspace_id, run_id, file, line, column_name, value, reason, severity)
      SELECT ${workspaceId}, ${runId}, * FROM unnest(${columns[0]}::text[], ${columns[1]}::bigint[], ${columns[2]}::text[], ${columns[3]}::text[], ${columns[4]}::text[], ${columns[5]}::text[])`.execute(
      tx,
    );
    await sql`UPDATE import_runs SET status = 'uploaded', dry_run = true, result = ${JSON.stringify(result)}::jsonb, progress = '{}' WHERE workspace_id = ${workspaceId} AND id = ${runId} AND status IN ('staging', 'applying')`.execute(
      tx,
    );
    await announceChange(tx, workspaceId, 'importRun');
  });
}

/** Undoes a finished import in one transaction; another import of the workspace waits. */
export async function undoRun(
  database: Database,
  workspaceId: WorkspaceId,
  runId: string,
  memberId: string | null,
): Promise<Record<string, { removed: number; restored: number }> | undefined> {
  const client = await database.pool.connect();
  try {
    await client.query(`SELECT pg_advisory_lock(hashtextextended('accord.import ' || $1, 0))`, [workspaceId]);
    await client.query('BEGIN');
    await enterWorkspace(client, workspaceId);
    const { rows } = await client.query<{ status: string; number: number }>(
      'SELECT status, number FROM import_runs WHERE workspace_id = $1 AND id = $2 FOR UPDATE',
      [workspaceId, runId],
    );
    if (rows[0]?.status !== 'done') return undefined; // undone already
    const result = await undoRecords(client, workspaceId, runId);
    await client.query(
      `UPDATE import_runs SET status = 'undone', undone_at = now(), undone_by = $3, error = NULL WHERE workspace_id = $1 AND id = $2`,
      [workspaceId, runId, memberId],
    );
    await client.query(
      `INSERT INTO facts (workspace_id, recorded_at, id, kind, subject_kind, subject_id, occurred_at, member_id, body) VALUES ($1, clock_timestamp(), $2, 'import.undone', 'importRun', $3, now(), $4, $5)`,
      [workspaceId, newId(), runId, memberId, JSON.stringify(result)],
    );
    await client.query(`INSERT INTO lead_backlog (workspace_id, id, everything) VALUES ($1, $2, true)`, [workspaceId, newId()]);
    await client.query(
      `SELECT accord.enqueue('handoff:follow', json_build_object('workspaceId', $1::text), 'handoff:follow:' || $1::text, NULL, 5, 'handoff:follow:' || $1::text)`,
      [workspaceId],
    );
    for (const kind of ['importRun', 'account', 'contact', 'lead', 'deal', 'campaign', 'touch', 'revenue', 'cost'])
      await client.query(`SELECT pg_notify('accord_changes', $1)`, [JSON.stringify({ workspaceId, kind })]);
    await renewStatisticsAfter(client, workspaceId, tablesUndone(result));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    if (error instanceof Problem) {
      await database.inWorkspace(workspaceId, async (tx) => {
        await sql`UPDATE import_runs SET error = ${`It was not undone. ${error.message}`} WHERE workspace_id = ${workspaceId} AND id = ${runId}`.execute(
          tx,
        );
        await announceChange(tx, workspaceId, 'importRun');
      });
    }
    throw error;
  } finally {
    client.release(true);
  }
}
