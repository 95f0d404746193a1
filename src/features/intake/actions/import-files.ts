/** From files to records: what the command line and the worker both call. */

import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { compileMapping, type CompiledMapping } from '#connectors/mapping/compile.ts';
import { SourceRefused, type SourceTable } from '#connectors/tables.ts';
import { csvLine } from '#engine/csv/write.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import type { Mapping } from '../contract.ts';
import { runImport, type ImportOutcome } from './import-run.ts';
import { beat } from './runs.ts';

export interface FileImport {
  readonly database: Database;
  readonly workspace: { id: WorkspaceId; timeZone: string; currency: string };
  readonly runId: string;
  readonly memberId: string | null;
  readonly tables: readonly SourceTable[];
  readonly mapping: Mapping;
  readonly dryRun: boolean;
  onProgress?(phase: string, done: number, total: number): void;
}

/** Milliseconds between two signs of life. */
const beatEvery = 1_000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0001-\u0008\u000e-\u001f\ufffd]/;
/** How pictures and documents begin whose first line is no more than that. */
const signatures = /^([^\w\s]PNG$|GIF8[79]a|ÿØÿ|%PDF-|\{\\rtf)/;

/** @throws SourceRefused for a picture or program that is named like a text: its first row holds what no name of a column does */
export function refuseNoText(tables: readonly SourceTable[]): void {
  for (const { path, format, header } of tables)
    if (format === 'csv' && (signatures.test(header[0] ?? '') || header.some((name) => controls.test(name))))
      throw new SourceRefused(path, 'is no text, whatever its name says; export the table as CSV and send that');
}

/** Compiles the mapping for the tables and runs it, beating so that others see it lives. */
export async function importFiles(order: FileImport): Promise<ImportOutcome & { compiled: CompiledMapping }> {
  const { database, workspace, runId } = order;
  refuseNoText(order.tables);
  const compiled = await compileMapping(order.mapping, order.tables, { timeZone: workspace.timeZone, currency: workspace.currency });
  let last = { phase: 'opening files', done: 0, total: 1 };
  let beating = Promise.resolve();
  const timer = setInterval(() => {
    beating = beating.then(() => beat(database, workspace.id, runId, last)).catch(() => {}); // a missed beat is no failure
  }, beatEvery);
  try {
    const outcome = await runImport({
      database,
      workspaceId: workspace.id,
      runId,
      memberId: order.memberId,
      mapping: compiled,
      dryRun: order.dryRun,
      onProgress: (phase, done, total) => {
        last = { phase, done, total };
        order.onProgress?.(phase, done, total);
      },
    });
    return { ...outcome, compiled };
  } finally {
    clearInterval(timer);
    await beating;
  }
}

/**
 * The rejected rows of one table with their original columns, the line and the reason: to mend and import
 * again. Reads the table once more, so that nothing has to be kept.
 */
export async function* rejectedRows(
  compiled: CompiledMapping,
  tableName: string,
  reasons: ReadonlyMap<number, string>,
): AsyncGenerator<string> {
  const found = compiled.tables.find(({ table }) => table.name === tableName);
  if (!found) return;
  yield csvLine([...found.table.header, 'Line', 'Reason']);
  const width = found.table.header.length;
  const line = (cells: readonly string[], at: number, reason: string) =>
    csvLine([
      ...Array.from({ length: width }, (_, index) => cells[index] ?? ''),
      at,
      cells.length > width ? `${reason} (beyond the last column: ${cells.slice(width).join(' | ').slice(0, 500)})` : reason,
    ]);
  for await (const batch of found.table.readRows()) {
    for (const problem of batch.problems) yield line(problem.cells ?? [problem.value ?? ''], problem.line, problem.reason);
    for (const row of batch.rows) {
      const reason = reasons.get(row.line);
      if (reason !== undefined) yield line(row.cells, row.line, reason);
    }
  }
}

/** Writes one error file per table beside each other; returns their paths. */
export async function writeErrorFiles(
  compiled: CompiledMapping,
  problems: ImportOutcome['problems'],
  nameOf: (table: string) => string,
): Promise<string[]> {
  const written: string[] = [];
  for (const [table, reasons] of reasonsByTable(problems)) {
    const path = nameOf(table);
    const out = createWriteStream(path);
    for await (const line of rejectedRows(compiled, table, reasons)) if (!out.write(line)) await once(out, 'drain');
    out.end();
    await once(out, 'finish');
    written.push(path);
  }
  return written;
}

export function reasonsByTable(
  problems: readonly { file: string; line: number; column?: string | null | undefined; reason: string; severity: string }[],
): Map<string, Map<number, string>> {
  const tables = new Map<string, Map<number, string>>();
  for (const { file, line, column, reason, severity } of problems) {
    if (severity !== 'error') continue;
    const lines = tables.get(file) ?? new Map<number, string>();
    const text = column ? `${column}: ${reason}` : reason;
    lines.set(line, lines.has(line) ? `${lines.get(line)}; ${text}` : text);
    tables.set(file, lines);
  }
  return tables;
}
