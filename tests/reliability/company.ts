/** A workspace into which tests bring files, the way the worker and the command line do, and what stands in it afterwards. */

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { checkMapping } from '#connectors/mapping/check.ts';
import { openSources } from '#connectors/open.ts';
import { recognise } from '#connectors/recognise/recognise.ts';
import { importFiles } from '#features/intake/actions/import-files.ts';
import type { ImportOutcome } from '#features/intake/actions/import-run.ts';
import { receiveFiles } from '#features/intake/actions/receive.ts';
import { createRun, failRun, setMapping, startRun } from '#features/intake/actions/runs.ts';
import type { Mapping, MappingInput } from '#features/intake/contract.ts';
import { runStored, undoRun } from '#features/intake/jobs.ts';
import { getRun, listProblems, type ImportRun, type StoredProblem } from '#features/intake/queries.ts';
import { tableOf } from '#features/records/contract.ts';
import { verifyWorkspace } from '#features/records/queries/verify.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { testDatabase, type TestDatabase } from '#tests/support/database.ts';
import { makeMonths } from '#tests/support/test-server.ts';

/** File name to content. */
export type Files = Record<string, string | Buffer>;

export interface ImportOptions {
  mapping?: MappingInput;
  /** Namespace of the ids, where files are recognised. */
  source?: string;
  dryRun?: boolean;
}

export type Imported = ImportOutcome & { id: string; number: number };
export type Uploaded = ImportRun & { problems: StoredProblem[] };

export interface Company {
  readonly database: Database;
  readonly ownerUrl: string;
  readonly workspaceId: WorkspaceId;
  /** Mara, who brings the files in. */
  readonly memberId: string;
  inside<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** As the command line does: files that lie somewhere, or given as text. */
  import(files: Files | readonly string[], options?: ImportOptions): Promise<Imported>;
  /** As the browser and the worker do: upload, run; answers with the run as it stands and its problems. */
  upload(files: Files, options?: ImportOptions): Promise<Uploaded>;
  /** As the queue does when it tries a run again. */
  runAgain(id: string): Promise<void>;
  undo(id: string): Promise<unknown>;
  /** Rows of plain SQL in this workspace; `:ws` is its id. */
  rows<Row = Record<string, unknown>>(statement: string): Promise<Row[]>;
  /** The first column of the first row, as a text. */
  value(statement: string): Promise<string | null>;
  /** What `accord verify` finds, as sentences. */
  differences(): Promise<string[]>;
  /** Everything there is, one line a row, named by the sources' ids, so that two workspaces can be compared. */
  state(): Promise<string[]>;
  /** Changes rows behind the product's back, as the owner of the tables. */
  damage(statement: string): Promise<number>;
}

/** Companies on one database of their own. */
export async function openCompanies(options: { poolSize?: number } = {}): Promise<{
  testing: TestDatabase;
  make(settings?: { timeZone?: string; currency?: string; database?: Database }): Promise<Company>;
  close(): Promise<void>;
}> {
  const testing = await testDatabase(options);
  await makeMonths(testing.database);
  return { testing, make: (settings) => makeCompany(testing, settings), close: () => testing.close() };
}

async function makeCompany(
  testing: TestDatabase,
  { timeZone = 'UTC', currency = 'EUR', database = testing.database }: { timeZone?: string; currency?: string; database?: Database } = {},
): Promise<Company> {
  const workspaceId = newId() as WorkspaceId;
  const memberId = newId();
  const workspace = { id: workspaceId, timeZone, currency };
  await database.atGate('system', (tx) =>
    sql`INSERT INTO workspaces (id, name, slug, time_zone, currency) VALUES (${workspaceId}, 'Northwind', ${workspaceId}, ${timeZone}, ${currency})`.execute(
      tx,
    ),
  );
  const inside: Company['inside'] = (work) => database.inWorkspace(workspaceId, work);
  await inside((tx) =>
    sql`INSERT INTO members (workspace_id, id, name, side, role) VALUES (${workspaceId}, ${memberId}, 'Mara', 'marketing', 'owner')`.execute(
      tx,
    ),
  );
  const rows = async <Row>(statement: string): Promise<Row[]> =>
    (await inside((tx) => sql.raw<Row>(statement.replaceAll(':ws', `'${workspaceId}'::uuid`)).execute(tx))).rows;

  return {
    database,
    ownerUrl: testing.ownerUrl,
    workspaceId,
    memberId,
    inside,
    rows,
    async value(statement) {
      const [row] = await rows<Record<string, unknown>>(statement);
      const value = row === undefined ? null : Object.values(row)[0];
      return value === null || value === undefined ? null : String(value);
    },
    import: (files, options = {}) =>
      withPaths(files, async (paths) => {
        const tables = await openSources(paths);
        const mapping = mappingOf(options, () => recognise(tables).mapping);
        const run = await inside((tx) =>
          createRun(tx, workspaceId, {
            source: mapping.source,
            dialect: null,
            files: tables.map(({ name, bytes }) => ({ name, bytes })),
            memberId: null,
            status: 'staging',
          }),
        );
        try {
          return {
            ...run,
            ...(await importFiles({
              database,
              workspace,
              runId: run.id,
              memberId: null,
              tables,
              mapping,
              dryRun: options.dryRun ?? false,
            })),
          };
        } catch (error) {
          await failRun(database, workspaceId, run.id, (error as Error).message);
          throw error;
        }
      }),
    async upload(files, options = {}) {
      const { id } = await receiveFiles(database, workspaceId, memberId, incoming(files));
      const run = await inside((tx) => getRun(tx, workspaceId, id));
      if (options.mapping || options.source)
        await inside((tx) =>
          setMapping(
            tx,
            workspaceId,
            id,
            mappingOf(options, () => run.mapping!),
          ),
        );
      await inside((tx) => startRun(tx, workspaceId, id, options.dryRun ? 'dryRun' : 'run', memberId));
      await runStored(database, workspaceId, id, memberId, options.dryRun ?? false);
      return inside(async (tx) => ({
        ...(await getRun(tx, workspaceId, id)),
        problems: await listProblems(tx, workspaceId, id, { limit: 100_000, after: '0' }),
      }));
    },
    runAgain: (id) => runStored(database, workspaceId, id, memberId, false),
    undo: (id) => undoRun(database, workspaceId, id, memberId),
    async differences() {
      const { differences } = await verifyWorkspace(database, workspaceId);
      return differences.map(
        ({ kind, field, what, state, facts }) =>
          `${kind}${field ? ` ${field}` : ''} ${what}${state !== null || facts !== null ? `: table ${state ?? 'nothing'}, facts ${facts ?? 'nothing'}` : ''}`,
      );
    },
    state: () => stateOf(rows),
    async damage(statement) {
      const client = new pg.Client({ connectionString: testing.ownerUrl });
      await client.connect();
      try {
        await client.query(`SELECT set_config('app.workspace', $1, false), set_config('search_path', 'accord', false)`, [workspaceId]);
        return (await client.query(statement.replaceAll(':ws', `'${workspaceId}'::uuid`))).rowCount ?? 0;
      } finally {
        await client.end();
      }
    },
  };
}

function mappingOf({ mapping, source }: ImportOptions, recognised: () => Mapping): Mapping {
  if (!mapping) return source ? { ...recognised(), source } : recognised();
  const checked = checkMapping(mapping);
  if (!checked.ok) throw new Error(JSON.stringify(checked));
  return checked.mapping;
}

async function withPaths<T>(files: Files | readonly string[], work: (paths: string[]) => Promise<T>): Promise<T> {
  if (Array.isArray(files)) return work([...(files as readonly string[])]);
  const folder = await mkdtemp(join(tmpdir(), 'accord-company-'));
  try {
    const paths: string[] = [];
    for (const [at, [name, content]] of Object.entries(files).entries()) {
      await mkdir(join(folder, String(at)));
      paths.push(join(folder, String(at), name));
      await writeFile(paths.at(-1)!, content);
    }
    return await work(paths);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function* incoming(files: Files): AsyncGenerator<{ name: string; stream: AsyncIterable<Buffer> }> {
  for (const [name, content] of Object.entries(files)) {
    yield {
      name,
      stream: (async function* () {
        yield Buffer.from(content as string);
      })(),
    };
  }
}

const notCompared = new Set(['workspace_id', 'recorded_at', 'changed_xid', 'run_id', 'created_at']);
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

async function stateOf(rows: Company['rows']): Promise<string[]> {
  const names = new Map<string, string>();
  for (const { id, name } of await rows<{ id: string; name: string }>(
    `SELECT id, 'member ' || name AS name FROM members WHERE workspace_id = :ws UNION ALL SELECT id, 'team ' || name FROM teams WHERE workspace_id = :ws`,
  ))
    names.set(id, name);
  for (const { record_id, name } of await rows<{ record_id: string; name: string }>(
    `SELECT record_id, string_agg(kind || ' ' || source || ':' || external_id, ' = ' ORDER BY source, external_id) AS name FROM external_ids WHERE workspace_id = :ws AND kind <> 'member' GROUP BY 1`,
  ))
    names.set(record_id, name);
  const lines: string[] = [];
  const say = (table: string, row: Record<string, unknown>) => {
    const parts = Object.entries(row).filter(([column, value]) => value !== null && !notCompared.has(column));
    lines.push(
      `${table} ${parts.map(([column, value]) => `${column}=${typeof value === 'string' && uuid.test(value) ? (names.get(value) ?? 'unnamed') : typeof value === 'object' ? JSON.stringify(value) : String(value)}`).join(' ')}`,
    );
  };
  for (const table of ['members', 'teams', 'team_members', 'custom_fields', 'external_ids'])
    for (const row of await rows(`SELECT * FROM ${table} WHERE workspace_id = :ws`)) say(table, row);
  for (const table of Object.values(tableOf)) {
    const alive = ['touches', 'revenue_entries', 'deal_stages', 'cost_entries'].includes(table) ? 'AND voided_by IS NULL' : '';
    for (const row of await rows(`SELECT * FROM ${table} WHERE workspace_id = :ws ${alive}`))
      say(table, alive ? { ...row, id: null } : row);
  }
  return lines.sort();
}

/** A CSV text out of rows. */
export const csv = (...rows: readonly (readonly (string | number | null)[])[]): string =>
  rows
    .map(
      (row) =>
        `${row.map((cell) => (/[",\n]/.test(String(cell ?? '')) ? `"${String(cell).replaceAll('"', '""')}"` : (cell ?? ''))).join(',')}\n`,
    )
    .join('');
