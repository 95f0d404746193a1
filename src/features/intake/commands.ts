import { readFile, writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { sql } from 'kysely';
import { openSources } from '#connectors/open.ts';
import { recognise } from '#connectors/recognise/recognise.ts';
import type { SourceTable } from '#connectors/tables.ts';
import type { WorkspaceCommand, WorkspaceIo } from '#platform/cli/command.ts';
import { renewStatisticsNow } from '#platform/db/statistics.ts';
import { Problem } from '#platform/errors.ts';
import { importFiles, writeErrorFiles } from './actions/import-files.ts';
import type { ImportOutcome } from './actions/import-run.ts';
import { createRun, failRun } from './actions/runs.ts';
import { tablesUndone, tablesWritten } from './actions/written-tables.ts';
import { mappingSchema, type Mapping } from './contract.ts';
import { undoRun } from './jobs.ts';
import { listRuns } from './queries.ts';

export const importCommand: WorkspaceCommand = {
  name: 'import',
  summary: 'brings files in: CSV, TSV, XLSX, a folder or a zip of related files',
  needs: 'workspace',
  makesFirstWorkspace: true,
  positionals: 'FILES…',
  options: {
    mapping: { type: 'string', value: 'FILE', description: 'a mapping (docs/mapping.md); without it the files are recognised' },
    source: { type: 'string', value: 'NAME', description: 'namespace of the ids in the files, when there is no mapping that names it' },
    'dry-run': { type: 'boolean', description: 'tells what would happen and keeps nothing' },
    errors: {
      type: 'string',
      value: 'FOLDER',
      description: 'where the files with rejected rows are written (default: the current folder)',
    },
    'write-mapping': { type: 'string', value: 'FILE', description: 'writes the mapping that was used or recognised' },
  },
  async run({ values, positionals }, io) {
    if (positionals.length === 0) throw new Problem('bad-input', 'Name the files to import: accord import FILES… [--mapping map.json]');
    const skipped: { path: string; reason: string }[] = [];
    const tables = await openSources(
      positionals.map((path) => resolve(path)),
      { onSkipped: (path, reason) => void skipped.push({ path, reason }) },
    );
    const { mapping, questions, notes } = await mappingFor(
      tables,
      values.mapping as string | undefined,
      values.source as string | undefined,
    );
    if (typeof values['write-mapping'] === 'string') await writeFile(values['write-mapping'], `${JSON.stringify(mapping, null, 2)}\n`);
    const dryRun = values['dry-run'] === true;
    const run = await io.database.inWorkspace(io.workspaceId, (tx) =>
      createRun(tx, io.workspaceId, {
        source: mapping.source,
        dialect: null,
        files: tables.map(({ name, bytes }) => ({ name, bytes })),
        memberId: null,
        status: 'staging',
        worker: `command line, process ${process.pid}`,
      }),
    );
    const outcome = await importAndReport(io, run, tables, mapping, dryRun);
    const folder = typeof values.errors === 'string' ? values.errors : '.';
    const errorFiles = dryRun
      ? []
      : await writeErrorFiles(outcome.compiled, outcome.problems, (table) =>
          resolve(folder, `${basename(table).replace(/[^\p{L}\p{N}._-]/gu, '_')}.errors.csv`),
        );
    report(io, { run: dryRun ? null : run.number, dryRun, questions, notes, skipped, errorFiles, outcome });
    return outcome.result.errors > 0 ? 1 : 0;
  },
};

async function mappingFor(
  tables: readonly SourceTable[],
  file: string | undefined,
  source: string | undefined,
): Promise<{ mapping: Mapping; questions: readonly string[]; notes: readonly string[] }> {
  if (file === undefined) {
    const recognition = recognise(tables);
    const { questions, notes } = recognition;
    return { mapping: source ? { ...recognition.mapping, source } : recognition.mapping, questions, notes };
  }
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new Problem('bad-input', `The mapping can't be read: ${error.message}`);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Problem('bad-input', `${file} is no JSON: ${(error as Error).message}`);
  }
  const parsed = mappingSchema.safeParse(json);
  if (!parsed.success)
    throw new Problem(
      'bad-input',
      `${file}: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`,
    );
  return { mapping: parsed.data, questions: [], notes: [] };
}

async function importAndReport(
  io: WorkspaceIo,
  run: { id: string; number: number },
  tables: readonly SourceTable[],
  mapping: Mapping,
  dryRun: boolean,
) {
  try {
    const outcome = await importFiles({
      database: io.database,
      workspace: { id: io.workspaceId, timeZone: io.workspace.timeZone, currency: io.workspace.currency },
      runId: run.id,
      memberId: null,
      tables,
      mapping,
      dryRun,
      onProgress: (phase, done, total) => io.progress(total > 1 ? `${phase} ${Math.floor((100 * done) / Math.max(1, total))} %` : phase),
    });
    // No worker may be running to do it.
    if (!dryRun) await renewStatisticsNow(io.database, tablesWritten(outcome.result.kinds));
    io.progress('');
    // A dry run from the command line leaves no trace but what it printed.
    if (dryRun)
      await io.database.inWorkspace(io.workspaceId, (tx) =>
        sql`DELETE FROM import_runs WHERE workspace_id = ${io.workspaceId} AND id = ${run.id}`.execute(tx),
      );
    return outcome;
  } catch (error) {
    await failRun(io.database, io.workspaceId, run.id, (error as Error).message).catch(() => {});
    throw error;
  }
}

interface Report {
  run: number | null;
  dryRun: boolean;
  questions: readonly string[];
  /** Of how the files are read. */
  notes: readonly string[];
  skipped: readonly { path: string; reason: string }[];
  errorFiles: readonly string[];
  outcome: ImportOutcome;
}

function report(io: WorkspaceIo, { run, dryRun, questions, notes, skipped, errorFiles, outcome }: Report): void {
  const { result, problems } = outcome;
  if (io.json)
    return io.out(
      JSON.stringify({
        import: run,
        dryRun,
        ...result,
        notes: [...notes, ...result.notes],
        questions,
        skipped,
        errorFiles,
        problems: problems.slice(0, 1_000),
      }),
    );
  io.out(
    `${dryRun ? 'Dry run, nothing was kept' : `Import #${run}`}: ${result.rows} rows read in ${result.seconds.reading.toFixed(1)} s, written in ${result.seconds.writing.toFixed(1)} s.`,
  );
  const names = ['created', 'updated', 'unchanged', 'skipped', 'merged', 'rejected'] as const;
  io.out(['', ...names].map((name) => name.padStart(name === '' ? 16 : 10)).join(''));
  for (const [kind, counts] of Object.entries(result.kinds))
    io.out([kind.padStart(16), ...names.map((name) => String(counts[name]).padStart(10))].join(''));
  for (const { table, reason } of result.setAside) io.out(`left out ${table}: ${reason}`);
  for (const { table, because, rows } of result.leftOut) io.out(`left out ${rows} ${rows === 1 ? 'row' : 'rows'} of ${table}: ${because}`);
  for (const note of [...notes, ...result.notes]) io.out(`note: ${note}`);
  for (const { path, reason } of skipped) io.out(`passed over ${path}: ${reason}`);
  for (const { table, column, value, rows, suggestion } of result.unmatched)
    io.out(
      `${table}.${column}: “${value}” in ${rows} rows is in no list${suggestion ? `; to map it, add to "rules": ${JSON.stringify(suggestion)}` : ''}`,
    );
  for (const question of questions) io.out(`to decide: ${question}`);
  for (const problem of problems.slice(0, 20))
    io.out(`${problem.severity} ${problem.file}:${problem.line}${problem.column ? ` ${problem.column}` : ''}: ${problem.reason}`);
  const total = result.errors + result.warnings;
  if (total > 20) io.out(`… ${result.errors} rows with errors and ${result.warnings} warnings in all`);
  for (const file of errorFiles) io.out(`rejected rows to mend and import again: ${file}`);
}

export const importsCommand: WorkspaceCommand = {
  name: 'imports',
  summary: 'lists imports, or takes one back as a whole',
  needs: 'workspace',
  options: { undo: { type: 'string', value: 'NUMBER', description: 'undo the import with this number' } },
  async run({ values }, io) {
    const runs = await io.database.inWorkspace(io.workspaceId, (tx) => listRuns(tx, io.workspaceId, { limit: 1_000, before: null }));
    if (typeof values.undo === 'string') {
      const run = runs.find(({ number }) => String(number) === values.undo);
      if (!run) throw new Problem('not-found', `There is no import #${values.undo}.`);
      const result = await undoRun(io.database, io.workspaceId, run.id, null);
      if (result) await renewStatisticsNow(io.database, tablesUndone(result));
      io.out(
        io.json
          ? JSON.stringify({ undone: run.number, result: result ?? null })
          : result
            ? `Import #${run.number} is undone.`
            : `Import #${run.number} is ${run.status}: there was nothing to undo.`,
      );
      return result ? 0 : 1;
    }
    if (io.json) io.out(JSON.stringify({ imports: runs }));
    else
      for (const run of runs)
        io.out(
          `#${run.number} ${run.status} ${run.createdAt} ${run.source}: ${run.files.map(({ name }) => name).join(', ')}${run.error ? ` — ${run.error}` : ''}`,
        );
    return 0;
  },
};
