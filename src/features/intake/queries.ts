import { matchesTable } from '#connectors/mapping/match.ts';
import { sql } from 'kysely';
import type { Who } from '#platform/http/route.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Mapping, RecognisedTable, Recognition } from './contract.ts';
import type { ImportResult } from './actions/import-run.ts';
import type { RunStatus } from './actions/runs.ts';
import { seesCostsOf } from './policy.ts';

export interface ImportRun {
  id: string;
  number: number;
  status: RunStatus;
  dryRun: boolean;
  source: string;
  dialect: string | null;
  files: { name: string; bytes: number }[];
  recognition: Recognition | null;
  mapping: Mapping | null;
  progress: { phase?: string; done?: number; total?: number };
  result: ImportResult | null;
  error: string | null;
  /** Who brought it in; null: the command line. */
  memberId: string | null;
  memberName: string | null;
  createdAt: string;
  finishedAt: string | null;
  undoneAt: string | null;
}

const columns =
  sql.raw(`r.id, r.number, r.status, r.dry_run AS "dryRun", r.source, r.dialect, r.files, r.progress, r.result, r.error, r.member_id AS "memberId", m.name AS "memberName",
  r.created_at AS "createdAt", r.finished_at AS "finishedAt", r.undone_at AS "undoneAt"`);

/** Newest first; without recognition and mapping, which are large. */
export async function listRuns(tx: Tx, workspaceId: WorkspaceId, page: { limit: number; before: number | null }): Promise<ImportRun[]> {
  const { rows } =
    await sql<ImportRun>`SELECT ${columns}, NULL AS recognition, NULL AS mapping FROM import_runs r LEFT JOIN members m ON m.workspace_id = r.workspace_id AND m.id = r.member_id
    WHERE r.workspace_id = ${workspaceId} AND (${page.before}::int IS NULL OR r.number < ${page.before}) ORDER BY r.number DESC LIMIT ${page.limit}`.execute(
      tx,
    );
  return rows;
}

export async function getRun(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<ImportRun> {
  const { rows } =
    await sql<ImportRun>`SELECT ${columns}, r.recognition, r.mapping FROM import_runs r LEFT JOIN members m ON m.workspace_id = r.workspace_id AND m.id = r.member_id
    WHERE r.workspace_id = ${workspaceId} AND r.id = ${id}`.execute(tx);
  if (!rows[0]) throw notFound('import');
  return rows[0];
}

export interface StoredProblem {
  id: string;
  file: string;
  line: number;
  column: string | null;
  value: string | null;
  reason: string;
  severity: 'error' | 'warning';
}

/** Errors and warnings of a run in the order found; `after` is the id of the last one seen. */
export async function listProblems(
  tx: Tx,
  workspaceId: WorkspaceId,
  runId: string,
  page: { limit: number; after: string; severity?: 'error' | 'warning' | undefined; hidden?: HiddenTables },
): Promise<StoredProblem[]> {
  if (page.hidden === 'all') return [];
  const { rows } = await sql<
    StoredProblem & { line: bigint }
  >`SELECT id::text, file, line, column_name AS "column", value, reason, severity FROM import_problems
    WHERE workspace_id = ${workspaceId} AND run_id = ${runId} AND id > ${page.after}::bigint AND (${page.severity ?? null}::text IS NULL OR severity = ${page.severity ?? null}) AND file <> ALL(${[...(page.hidden ?? [])]}::text[])
    ORDER BY id LIMIT ${page.limit}`.execute(tx);
  return rows.map((row) => ({ ...row, line: Number(row.line) }));
}

/** Tables of whose rows somebody may see nothing; see `seesCostsOf`. */
export type HiddenTables = ReadonlySet<string> | 'all';

/** Which tables of an import hold costs and are hidden from somebody; those that nobody has named yet may. Where no tables are known, all are. */
export function hiddenTablesOf(run: ImportRun, who: Pick<Who, 'memberId' | 'role' | 'side'>): HiddenTables {
  if (seesCostsOf(who, run.memberId)) return new Set();
  const tables = run.recognition?.tables;
  if (tables === undefined) return run.result?.kinds.cost === undefined ? new Set() : 'all';
  return new Set(tables.filter((table) => mayHoldCosts(run.mapping, table)).map(({ table }) => table));
}

function mayHoldCosts(mapping: Mapping | null, { table, kind }: RecognisedTable): boolean {
  const entry = mapping?.tables.find(({ match }) => matchesTable(match, { name: table }));
  if (entry === undefined || 'setAside' in entry) return kind === 'cost' || kind === null;
  return [entry, ...(entry.also ?? [])].some((record) => record.kind === 'cost');
}

/** The run without what stands in the cells of hidden tables: examples of columns, values that are in no list. */
export function withoutHidden(run: ImportRun, hidden: HiddenTables): ImportRun {
  const hides = (table: string): boolean => hidden === 'all' || [...hidden].some((name) => name === table || matchesTable(table, { name }));
  if (hidden !== 'all' && hidden.size === 0) return run;
  const recognition = run.recognition && {
    ...run.recognition,
    tables: run.recognition.tables.map((table) =>
      hides(table.table) ? { ...table, columns: table.columns.map((column) => ({ ...column, examples: [] })) } : table,
    ),
    questions: run.recognition.questions.filter((question) => !hidesLine(question, hidden)),
    notes: run.recognition.notes.filter((note) => !hidesLine(note, hidden)),
  };
  const result = run.result && { ...run.result, unmatched: (run.result.unmatched ?? []).filter(({ table }) => !hides(table)) };
  return { ...run, recognition, result };
}

/** Questions and notes begin with the name of their table. */
const hidesLine = (line: string, hidden: HiddenTables): boolean =>
  hidden === 'all' || [...hidden].some((table) => line.startsWith(`${table}: `));

export interface SavedMapping {
  id: string;
  name: string;
  fingerprint: string;
  mapping: Mapping;
  createdAt: string;
}

export async function listMappings(tx: Tx, workspaceId: WorkspaceId): Promise<SavedMapping[]> {
  const { rows } =
    await sql<SavedMapping>`SELECT id, name, fingerprint, mapping, created_at AS "createdAt" FROM mappings WHERE workspace_id = ${workspaceId} ORDER BY name LIMIT 500`.execute(
      tx,
    );
  return rows;
}

/** The mapping last saved for files with these headers. */
export async function findMapping(tx: Tx, workspaceId: WorkspaceId, fingerprint: string): Promise<SavedMapping | undefined> {
  const { rows } =
    await sql<SavedMapping>`SELECT id, name, fingerprint, mapping, created_at AS "createdAt" FROM mappings WHERE workspace_id = ${workspaceId} AND fingerprint = ${fingerprint} ORDER BY created_at DESC LIMIT 1`.execute(
      tx,
    );
  return rows[0];
}

export async function getWorkspaceSettings(
  tx: Tx,
  workspaceId: WorkspaceId,
): Promise<{ id: WorkspaceId; timeZone: string; currency: string }> {
  const { rows } = await sql<{
    timeZone: string;
    currency: string;
  }>`SELECT time_zone AS "timeZone", currency FROM workspaces WHERE id = ${workspaceId}`.execute(tx);
  if (!rows[0]) throw notFound('workspace');
  return { id: workspaceId, ...rows[0] };
}
