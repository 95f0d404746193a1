/** The life of an import as people see it: uploaded, tried, run, done, undone; what was killed is finished or told. */

import { sql } from 'kysely';
import type { Mapping } from '../contract.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem, notFound } from '#platform/errors.ts';
import { announceChange, recordFact } from '#platform/facts/facts.ts';
import { enqueue } from '#platform/jobs/jobs.ts';

export type RunStatus = 'uploaded' | 'staging' | 'staged' | 'applying' | 'done' | 'failed' | 'undone';

/** What may be done in which state; the screens read the same table. */
export const runCan: Record<'map' | 'dryRun' | 'run' | 'undo' | 'discard', readonly RunStatus[]> = {
  map: ['uploaded', 'failed'],
  dryRun: ['uploaded', 'failed'],
  run: ['uploaded', 'failed'],
  undo: ['done'],
  discard: ['uploaded', 'failed'],
};

export interface NewRun {
  source: string;
  dialect: string | null;
  files: { name: string; bytes: number }[];
  memberId: string | null;
  status?: RunStatus;
  worker?: string;
}

export async function createRun(tx: Tx, workspaceId: WorkspaceId, run: NewRun): Promise<{ id: string; number: number }> {
  const id = newId();
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('accord.importNumber ' || ${workspaceId}, 0))`.execute(tx);
  const { rows } = await sql<{ number: number }>`
    INSERT INTO import_runs (workspace_id, id, number, status, source, dialect, files, member_id, worker, heartbeat_at)
    SELECT ${workspaceId}, ${id}, coalesce(max(number), 0) + 1, ${run.status ?? 'uploaded'}, ${run.source}, ${run.dialect}, ${JSON.stringify(run.files)}::jsonb, ${run.memberId}, ${run.worker ?? null}, now()
    FROM import_runs WHERE workspace_id = ${workspaceId} RETURNING number`.execute(tx);
  await recordFact(tx, workspaceId, {
    kind: 'import.opened',
    subjectKind: 'importRun',
    subjectId: id,
    memberId: run.memberId,
    runId: null,
    body: { files: run.files },
  });
  return { id, number: rows[0]!.number };
}

/** Moves a run from a state in which that may be done to another; tells when it may not. */
export async function advanceRun(tx: Tx, workspaceId: WorkspaceId, id: string, verb: keyof typeof runCan, to: RunStatus): Promise<void> {
  const { numAffectedRows } =
    await sql`UPDATE import_runs SET status = ${to}, error = NULL, started_at = now(), heartbeat_at = now(), progress = '{}'
    WHERE workspace_id = ${workspaceId} AND id = ${id} AND status = ANY(${[...runCan[verb]]})`.execute(tx);
  if (numAffectedRows === 1n) return announceChange(tx, workspaceId, 'importRun');
  const { rows } = await sql<{
    status: string;
    number: number;
  }>`SELECT status, number FROM import_runs WHERE workspace_id = ${workspaceId} AND id = ${id}`.execute(tx);
  if (!rows[0]) throw notFound('import');
  throw new Problem(
    'conflict',
    `Import #${rows[0].number} is ${rows[0].status}; this can be done while it is ${runCan[verb].join(' or ')}.`,
  );
}

/** Puts a run, a dry run or an undo into the queue, in the same transaction as its new state. */
export async function startRun(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: string,
  verb: 'dryRun' | 'run' | 'undo',
  memberId: string | null,
): Promise<void> {
  if (verb === 'undo') {
    const { rows } = await sql<{
      status: RunStatus;
      number: number;
    }>`SELECT status, number FROM import_runs WHERE workspace_id = ${workspaceId} AND id = ${id} FOR UPDATE`.execute(tx);
    if (!rows[0]) throw notFound('import');
    if (!runCan.undo.includes(rows[0].status))
      throw new Problem('conflict', `Import #${rows[0].number} is ${rows[0].status}; only a finished import can be undone.`);
    await enqueue(tx, workspaceId, { name: 'import.undo', payload: { runId: id, memberId }, key: `import:${id}` });
    return;
  }
  await advanceRun(tx, workspaceId, id, verb, 'staging');
  await sql`UPDATE import_runs SET dry_run = ${verb === 'dryRun'} WHERE workspace_id = ${workspaceId} AND id = ${id}`.execute(tx);
  await enqueue(tx, workspaceId, { name: 'import.run', payload: { runId: id, memberId, dryRun: verb === 'dryRun' }, key: `import:${id}` });
}

export async function setMapping(tx: Tx, workspaceId: WorkspaceId, id: string, mapping: Mapping): Promise<void> {
  const { numAffectedRows } =
    await sql`UPDATE import_runs SET mapping = ${JSON.stringify(mapping)}::jsonb, source = ${mapping.source}, result = NULL
    WHERE workspace_id = ${workspaceId} AND id = ${id} AND status = ANY(${[...runCan.map]})`.execute(tx);
  if (numAffectedRows !== 1n) throw new Problem('conflict', 'The mapping can be changed only before the import has run.');
  await announceChange(tx, workspaceId, 'importRun');
}

export async function discardRun(tx: Tx, workspaceId: WorkspaceId, id: string, memberId: string): Promise<void> {
  const { numAffectedRows } =
    await sql`DELETE FROM import_runs WHERE workspace_id = ${workspaceId} AND id = ${id} AND status = ANY(${[...runCan.discard]})`.execute(
      tx,
    );
  if (numAffectedRows !== 1n)
    throw new Problem('conflict', 'Only an import that has not run can be discarded; a finished one can be undone.');
  await recordFact(tx, workspaceId, { kind: 'import.discarded', subjectKind: 'importRun', subjectId: id, memberId });
}

export async function failRun(database: Database, workspaceId: WorkspaceId, id: string, reason: string): Promise<void> {
  await database.inWorkspace(workspaceId, async (tx) => {
    await sql`UPDATE import_runs SET status = 'failed', error = ${reason}, finished_at = now(), progress = '{}'
      WHERE workspace_id = ${workspaceId} AND id = ${id} AND status IN ('uploaded', 'staging', 'staged', 'applying')`.execute(tx);
    await announceChange(tx, workspaceId, 'importRun');
  });
}

/** Tells others how far a run is and that its worker lives. */
export async function beat(
  database: Database,
  workspaceId: WorkspaceId,
  id: string,
  progress: { phase: string; done: number; total: number },
): Promise<void> {
  await database.inWorkspace(workspaceId, async (tx) => {
    await sql`UPDATE import_runs SET status = CASE WHEN status = 'staging' AND ${progress.total} = 1 THEN 'applying' ELSE status END, heartbeat_at = now(),
        progress = ${JSON.stringify(progress)}::jsonb || CASE WHEN progress ? 'tries' THEN jsonb_build_object('tries', progress->'tries') ELSE '{}' END
      WHERE workspace_id = ${workspaceId} AND id = ${id} AND status IN ('staging', 'applying')`.execute(tx);
    await announceChange(tx, workspaceId, 'importRun');
  });
}

/** Tells how far what stands beside the sample's records is, once these are in. */
export async function noteSamplePart(
  database: Database,
  workspaceId: WorkspaceId,
  id: string,
  progress: { phase: string; done: number; total: number },
): Promise<void> {
  await database.inWorkspace(workspaceId, async (tx) => {
    await sql`UPDATE import_runs SET progress = ${JSON.stringify(progress)}::jsonb
      WHERE workspace_id = ${workspaceId} AND id = ${id} AND status = 'done'`.execute(tx);
    await announceChange(tx, workspaceId, 'importRun');
  });
}

/** Tries of one run that may break off before it is given up: a file that ends the server must not end it for ever. */
const mostTries = 5;

/** Notes that a try broke off through no fault of the files. @returns whether it may be tried again */
export async function noteBrokenTry(tx: Tx, workspaceId: WorkspaceId, id: string, reason: string): Promise<boolean> {
  const { rows } = await sql<{ tries: number }>`UPDATE import_runs SET status = 'staging', heartbeat_at = now(),
      progress = jsonb_build_object('phase', 'interrupted; it will be tried again', 'tries', coalesce((progress->>'tries')::int, 0) + 1)
    WHERE workspace_id = ${workspaceId} AND id = ${id} AND status IN ('staging', 'applying') RETURNING (progress->>'tries')::int AS tries`.execute(
    tx,
  );
  if (rows[0] && rows[0].tries >= mostTries)
    await markFailed(tx, workspaceId, id, `It was tried ${mostTries} times and broke off each time; nothing of it was kept. ${reason}`);
  await announceChange(tx, workspaceId, 'importRun');
  return rows[0] !== undefined && rows[0].tries < mostTries;
}

const markFailed = (tx: Tx, workspaceId: WorkspaceId, id: string, reason: string) =>
  sql`UPDATE import_runs SET status = 'failed', error = ${reason}, finished_at = now(), progress = '{}' WHERE workspace_id = ${workspaceId} AND id = ${id}`.execute(
    tx,
  );

/** Seconds without a beat after which a run counts as killed. One that only seemed so finds its work done by whoever is first. */
const silence = 5;
/** Minutes without a part of a file after which an upload counts as broken off. */
const uploadSilence = 10;

/**
 * Looks for runs whose worker was killed. One whose files are here is run again from the start (nothing of
 * the first try was kept); one that read files of a command line is marked as failed, and says so.
 */
export async function recoverRuns(database: Database): Promise<number> {
  const { rows: workspaces } = await database.atGate('system', (tx) => sql<{ id: WorkspaceId }>`SELECT id FROM workspaces`.execute(tx));
  let recovered = 0;
  for (const { id: workspaceId } of workspaces) {
    recovered += await database.inWorkspace(workspaceId, async (tx) => {
      const { rows } = await sql<{
        id: string;
        member_id: string | null;
        dry_run: boolean;
        is_sample: boolean;
        is_upload: boolean;
        has_files: boolean;
      }>`
        SELECT id, member_id, dry_run, source = 'sample' AS is_sample, status = 'uploaded' AS is_upload, EXISTS (SELECT FROM import_file_parts p WHERE p.workspace_id = r.workspace_id AND p.run_id = r.id) AS has_files
        FROM import_runs r WHERE workspace_id = ${workspaceId} AND (status IN ('staging', 'applying') AND heartbeat_at < now() - make_interval(secs => ${silence})
            OR status = 'uploaded' AND files = '[]' AND heartbeat_at < now() - make_interval(mins => ${uploadSilence})) FOR UPDATE SKIP LOCKED`.execute(
        tx,
      );
      for (const run of rows) {
        if (run.is_upload) await markFailed(tx, workspaceId, run.id, 'The upload was broken off; send the files again.');
        else if (!run.has_files && !run.is_sample)
          await markFailed(
            tx,
            workspaceId,
            run.id,
            'It was stopped before it was finished; nothing of it was kept. Run the command again.',
          );
        else if (await noteBrokenTry(tx, workspaceId, run.id, 'Its server was stopped or ended each time: its log says more.')) {
          await enqueue(tx, workspaceId, {
            name: run.is_sample ? 'import.sample' : 'import.run',
            payload: { runId: run.id, memberId: run.member_id, dryRun: run.dry_run },
            key: `import:${run.id}`,
          });
        }
      }
      return rows.length;
    });
  }
  return recovered;
}
