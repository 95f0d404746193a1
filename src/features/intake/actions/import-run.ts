/**
 * One import, from opened tables to committed records: parse → stage → apply, in one transaction of one
 * connection. A dry run does the very same and rolls back. A kill at any moment leaves nothing behind.
 */

import { performance } from 'node:perf_hooks';
import type pg from 'pg';
import type { CompiledMapping } from '#connectors/mapping/compile.ts';
import { entryKinds, recordKinds } from '#features/records/contract.ts';
import { enterWorkspace, type Database, type WorkspaceId } from '#platform/db/database.ts';
import { renewStatisticsAfter } from '#platform/db/statistics.ts';
import { Problem as Refusal } from '#platform/errors.ts';
import { importKinds, type ImportKind, type LeftOut, type Problem, type UnmatchedValue } from '../contract.ts';
import { execute, noCounts, type ApplyContext, type KindCounts } from './apply-context.ts';
import { writeCosts } from './apply-costs.ts';
import { writeEntries } from './apply-entries.ts';
import { completePeople, loadPeople, writeMembers } from './apply-members.ts';
import { identify, writeRecords } from './apply-records.ts';
import { convertLeads } from './convert-leads.ts';
import { createMissing } from './create-missing.ts';
import { noteImportedJourneys } from './note-journeys.ts';
import { noteImportedLeads } from './note-leads.ts';
import { collectReferences, resolveReferences } from './references.ts';
import { isEntry, openStage, type Stage } from './stage-rows.ts';
import { tablesWritten } from './written-tables.ts';

export interface ImportOrder {
  readonly database: Database;
  readonly workspaceId: WorkspaceId;
  readonly runId: string;
  readonly memberId: string | null;
  readonly mapping: CompiledMapping;
  readonly dryRun: boolean;
  /** `done` of `total` in bytes while reading, in steps while writing. */
  onProgress?(phase: string, done: number, total: number): void;
}

export interface ImportResult {
  readonly kinds: Partial<Record<ImportKind, KindCounts>>;
  readonly rows: number;
  readonly errors: number;
  readonly warnings: number;
  /** Lines with an error, per table, for the error file. */
  readonly unmatched: readonly UnmatchedValue[];
  readonly setAside: readonly { table: string; reason: string }[];
  /** Rows that the mapping leaves out, such as sums below a table. */
  readonly leftOut: readonly LeftOut[];
  /** What a person should know of the whole, in sentences. */
  readonly notes: readonly string[];
  /** Leads that took their deal, win or loss from a deal that names them. */
  readonly converted: number;
  readonly seconds: { reading: number; writing: number };
}

export interface ImportOutcome {
  readonly result: ImportResult;
  /** The first problems, errors first; the rest are in import_problems after a real run. */
  readonly problems: readonly Problem[];
}

/** Problems of one run that are kept for people to read; all of them count. */
const mostProblems = 100_000;

export async function runImport(order: ImportOrder): Promise<ImportOutcome> {
  const client = await order.database.pool.connect();
  let ended = false;
  try {
    await lockWorkspace(client, order);
    await refuseFinished(client, order);
    await client.query('BEGIN');
    await enterWorkspace(client, order.workspaceId);
    await client.query(`SELECT set_config('work_mem', '192MB', true), set_config('hash_mem_multiplier', '2', true)`);
    const outcome = await importInside(client, order);
    if (order.dryRun) await client.query('ROLLBACK');
    else await finishRun(client, order, outcome);
    ended = true;
    return outcome;
  } finally {
    // Temporary tables, settings and the lock go with the connection.
    if (!ended) await client.query('ROLLBACK').catch(() => {});
    client.release(true);
  }
}

/** One import a workspace at a time, across all servers. */
async function lockWorkspace(client: pg.PoolClient, order: ImportOrder): Promise<void> {
  const lock = `SELECT pg_try_advisory_lock(hashtextextended('accord.import ' || $1, 0)) AS got`;
  for (let waited = 0; waited < 3_600; waited++) {
    const { rows } = await client.query<{ got: boolean }>(lock, [order.workspaceId]);
    if (rows[0]!.got) return;
    order.onProgress?.('waiting for another import of this workspace', 0, 1);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new Refusal('conflict', 'Another import of this workspace has been running for an hour; wait for it or stop its server.');
}

/** Another worker may have finished it while this one waited for the lock. */
async function refuseFinished(client: pg.PoolClient, order: ImportOrder): Promise<void> {
  await client.query('BEGIN');
  await enterWorkspace(client, order.workspaceId);
  const { rows } = await client.query<{ status: string }>('SELECT status FROM import_runs WHERE workspace_id = $1 AND id = $2', [
    order.workspaceId,
    order.runId,
  ]);
  await client.query('COMMIT');
  const status = rows[0]?.status;
  if (status === 'done' || status === 'undone' || status === undefined)
    throw new Refusal('conflict', `This import is ${status ?? 'gone'}: there is nothing left to run.`);
}

async function importInside(client: pg.PoolClient, order: ImportOrder): Promise<ImportOutcome> {
  await client.query(
    'CREATE TEMP TABLE import_trouble (file_no int, line bigint, n bigint, kind text, column_name text, value text, reason text, severity text)',
  );
  const started = performance.now();
  const stage = await openStage(client, order.mapping.mapping.phoneCountry ?? null);
  const rows = await readTables(client, order, stage);
  await stage.finish();
  const read = performance.now();
  const context = await contextOf(client, order, stage);
  const converted = await applyAll(context);
  await noteImportedLeads(context);
  await noteImportedJourneys(context);
  await registerCustomFields(context, order.mapping);
  await countUnreadable(context, order.mapping);
  const tables = order.mapping.tables.map(({ table }) => table.name);
  const { rows: sums } = await client.query<{ errors: bigint; warnings: bigint }>(
    `SELECT count(DISTINCT (file_no, line)) FILTER (WHERE severity = 'error') AS errors, count(*) FILTER (WHERE severity = 'warning') AS warnings FROM import_trouble`,
  );
  const { rows: trouble } = await client.query<{
    file_no: number;
    line: bigint;
    column_name: string | null;
    value: string | null;
    reason: string;
    severity: 'error' | 'warning';
  }>(
    `SELECT file_no, line, column_name, value, reason, severity FROM import_trouble ORDER BY severity = 'warning', file_no, line LIMIT ${mostProblems}`,
  );
  return {
    result: {
      kinds: context.counts,
      rows,
      errors: Number(sums[0]!.errors),
      warnings: Number(sums[0]!.warnings),
      unmatched: order.mapping.unmatched(),
      setAside: order.mapping.setAside,
      leftOut: order.mapping.leftOut(),
      notes: context.notes,
      converted,
      seconds: { reading: seconds(started, read), writing: seconds(read, performance.now()) },
    },
    problems: trouble.map((row) => ({
      file: tables[row.file_no] ?? '',
      line: Number(row.line),
      column: row.column_name ?? undefined,
      value: row.value ?? undefined,
      reason: row.reason,
      severity: row.severity,
    })),
  };
}

/** Rows that could not be read count as rejected of the kind their table holds. */
async function countUnreadable(context: ApplyContext, mapping: CompiledMapping): Promise<void> {
  const { rows } = await context.client.query<{ file_no: number; count: bigint }>(
    `SELECT file_no, count(DISTINCT line) FROM import_trouble WHERE kind IS NULL AND severity = 'error' GROUP BY file_no`,
  );
  for (const { file_no, count } of rows) {
    const kind = mapping.tables[file_no]?.kind;
    if (kind) (context.counts[kind] ??= noCounts()).rejected += Number(count);
  }
}

const seconds = (from: number, to: number): number => Math.round(to - from) / 1000;

async function readTables(client: pg.PoolClient, order: ImportOrder, stage: Stage): Promise<number> {
  const total = order.mapping.tables.reduce((sum, { table }) => sum + table.bytes, 0);
  let before = 0;
  let rows = 0;
  for (const [fileNo, compiled] of order.mapping.tables.entries()) {
    for await (const batch of compiled.read()) {
      rows += batch.rows;
      for (const record of batch.records) {
        const wait = stage.add(record, fileNo);
        if (wait) await wait;
      }
      if (batch.problems.length) await keepProblems(client, fileNo, batch.problems);
      order.onProgress?.(`reading ${compiled.table.name}`, before + batch.bytesRead, total);
    }
    before += compiled.table.bytes;
  }
  return rows;
}

async function keepProblems(client: pg.ClientBase, fileNo: number, problems: readonly Problem[]): Promise<void> {
  await client.query(
    `INSERT INTO import_trouble (file_no, line, column_name, value, reason, severity)
     SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[])`,
    [
      fileNo,
      problems.map(({ line }) => line),
      problems.map(({ column }) => column ?? null),
      problems.map(({ value }) => value?.replaceAll('\0', '\u2400') ?? null),
      problems.map(({ reason }) => reason),
      problems.map(({ severity }) => severity),
    ],
  );
}

async function contextOf(client: pg.PoolClient, order: ImportOrder, stage: Stage): Promise<ApplyContext> {
  const source = order.mapping.mapping.source;
  const { rows } = await client.query<{ kind: ImportKind }>(
    `SELECT kind FROM unnest($3::text[]) kind WHERE EXISTS (SELECT FROM external_ids WHERE workspace_id = $1 AND source = $2 AND external_ids.kind = kind.kind)`,
    [order.workspaceId, source, importKinds],
  );
  // Entries have no row in external_ids: an earlier import of the same source that made any is enough to look for them.
  const entries = await client.query(
    `SELECT FROM import_runs WHERE workspace_id = $1 AND source = $2 AND status IN ('done', 'undone') LIMIT 1`,
    [order.workspaceId, source],
  );
  const known = new Set<ImportKind>([...rows.map(({ kind }) => kind), ...(entries.rowCount ? entryKinds : [])]);
  return {
    client,
    database: order.database,
    workspaceId: order.workspaceId,
    source,
    runId: order.runId,
    memberId: order.memberId,
    stage,
    counts: {},
    known,
    notes: [],
    say: (phase) => order.onProgress?.(phase, 0, 1),
  };
}

/** People first, then every kind in the order in which they may refer to each other. */
async function applyAll(context: ApplyContext): Promise<number> {
  context.say('matching people');
  const people = await loadPeople(context);
  if (context.stage.counts.has('member')) await writeMembers(context, people);
  const membersWanted = await collectReferences(context, 'member');
  await completePeople(context, people, membersWanted);
  if (membersWanted) await resolveMembers(context, people.byExternalId);
  for (const kind of recordKinds) {
    const staged = context.stage.counts.has(kind);
    if (staged) {
      context.say(`matching ${kind} records`);
      await identify(context, kind);
    }
    const wanted = await collectReferences(context, kind);
    if (wanted && refersToItself(context, kind)) await resolveReferences(context, kind, false);
    if (staged) {
      context.say(`writing ${kind} records`);
      await writeRecords(context, kind);
    }
    if (wanted) await createMissing(context, kind);
    if (wanted) {
      if (refersToItself(context, kind)) await execute(context, `DROP TABLE ref_${kind}`);
      await resolveReferences(context, kind);
    }
  }
  for (const kind of entryKinds) {
    if (!context.stage.counts.has(kind)) continue;
    context.say(`writing ${kind} entries`);
    if (kind === 'cost') await writeCosts(context);
    else await writeEntries(context, kind);
  }
  if (!context.stage.counts.has('deal')) return 0;
  context.say('leads that became deals');
  return convertLeads(context);
}

const refersToItself = (context: ApplyContext, kind: ImportKind): boolean =>
  kind === 'lead' && context.stage.usedReferences.get('lead')?.has('r_previous_lead_id') === true;

async function resolveMembers(context: ApplyContext, byExternalId: ReadonlyMap<string, string>): Promise<void> {
  const { rows } = await execute<{ r: string; by: string; key: string }>(context, `SELECT r, by, key FROM want_member`);
  await execute(
    context,
    `CREATE TEMP TABLE ref_member AS SELECT w.r, coalesce(
      CASE w.by WHEN 'n' THEN (SELECT m.id FROM member_keys m WHERE m.name_key = w.key LIMIT 1) END,
      CASE w.by WHEN 'm' THEN (SELECT m.id FROM members m WHERE m.workspace_id = :ws AND m.email_key = w.key LIMIT 1) END) AS id FROM want_member w WHERE w.by <> 'e'`,
  );
  const named = rows.filter(({ by }) => by === 'e');
  await context.client.query('INSERT INTO ref_member SELECT * FROM unnest($1::text[], $2::uuid[])', [
    named.map(({ r }) => r),
    named.map(({ key }) => byExternalId.get(key) ?? null),
  ]);
}

async function registerCustomFields(context: ApplyContext, mapping: CompiledMapping): Promise<void> {
  const types: Record<string, string> = {
    text: 'text',
    number: 'number',
    boolean: 'boolean',
    day: 'day',
    instant: 'text',
    amount: 'number',
  };
  for (const entry of mapping.mapping.tables) {
    if ('setAside' in entry) continue;
    for (const record of [entry, ...entry.also]) {
      if (!context.stage.counts.has(record.kind) || isEntry(record.kind)) continue;
      for (const [key, source] of Object.entries(record.custom ?? {})) {
        const label = (source.column ?? key).slice(0, 200);
        await context.client.query(
          `INSERT INTO custom_fields (workspace_id, kind, key, label, type, run_id) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
          [context.workspaceId, record.kind, key, label, types[source.type ?? 'text'] ?? 'text', context.runId],
        );
      }
    }
  }
}

/** The result, the problems and the records become visible in one commit. */
async function finishRun(client: pg.PoolClient, order: ImportOrder, outcome: ImportOutcome): Promise<void> {
  const { workspaceId, runId } = order;
  await client.query('DELETE FROM import_problems WHERE workspace_id = $1 AND run_id = $2', [workspaceId, runId]);
  await client.query(
    `INSERT INTO import_problems (workspace_id, run_id, file, line, column_name, value, reason, severity)
     SELECT $1, $2, ($3::text[])[file_no + 1], line, column_name, value, reason, severity FROM import_trouble
     WHERE severity = 'error' OR (SELECT count(*) FROM import_trouble) <= ${mostProblems} ORDER BY file_no, line`,
    [workspaceId, runId, order.mapping.tables.map(({ table }) => table.name)],
  );
  await client.query(
    `UPDATE import_runs SET status = 'done', dry_run = false, result = $3, finished_at = now(), progress = '{}' WHERE workspace_id = $1 AND id = $2`,
    [workspaceId, runId, JSON.stringify(outcome.result)],
  );
  for (const kind of Object.keys(outcome.result.kinds))
    await client.query(`SELECT pg_notify('accord_changes', $1)`, [JSON.stringify({ workspaceId, kind })]);
  await client.query(`SELECT pg_notify('accord_changes', $1)`, [JSON.stringify({ workspaceId, kind: 'importRun' })]);
  await renewStatisticsAfter(client, workspaceId, tablesWritten(outcome.result.kinds));
  await client.query('COMMIT');
}
