/** The sheets of an Excel workbook as tables. A workbook is a zip of XML, so it is checked as a zip first. */

import readWorkbook from 'read-excel-file/node';
import { readAll, type ByteSource } from '../bytes.ts';
import { looksLikeHeader, nameColumns } from '../csv/header.ts';
import { aboveInWords, coveredBy, rowsAbove, withCovered, type Covered } from '../preamble.ts';
import { decimalOfTable, profileColumns } from '../profile.ts';
import { fitRow, unstorable } from '../rows.ts';
import { SourceRefused, type Batch, type Progress, type RowProblem, type SourceRow, type SourceTable } from '../tables.ts';
import { listZip, zipInMemory } from '../zip/archive.ts';

/** A workbook is held in memory whole (Excel's own limit is a million rows a sheet); more belongs into CSV. */
const mostPackedBytes = 100 << 20;
const mostBytes = 400 << 20;
const rowsInBatch = 5_000;
const sniffedRows = 100;

/** @throws SourceRefused for a workbook that is too large, broken, or holds document types or entities */
export async function openWorkbook(source: ByteSource): Promise<SourceTable[]> {
  const content = await readAll(source, mostPackedBytes);
  if (content === null) throw new SourceRefused(source.path, `is larger than ${mostPackedBytes >> 20} MB; save its sheets as CSV`);
  await checkParts(source.path, content);
  const sheets = await readWorkbook(content).catch((error: unknown) => {
    throw new SourceRefused(
      source.path,
      `can’t be read as an Excel workbook (${error instanceof Error ? error.message : String(error)}); save it anew as .xlsx or CSV`,
    );
  });
  return sheets
    .map(({ sheet, data }) => ({ sheet, cells: data as unknown as readonly (readonly unknown[])[] }))
    .filter(({ cells }) => cells.some((row) => row.some((cell) => cell !== null)))
    .map(({ sheet, cells }) => sheetTable(source, sheet, cells));
}

async function checkParts(path: string, content: Buffer): Promise<void> {
  const parts = await listZip(zipInMemory(path, content), content.length);
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  if (bytes > mostBytes) throw new SourceRefused(path, `would unpack to ${bytes >> 20} MB; save its sheets as CSV`);
  for (const part of parts) {
    if (/\.(xml|rels)$/i.test(part.name) && (await holdsDeclaration(part)))
      throw new SourceRefused(path, `declares a document type or an entity in ${part.name}, which no workbook needs; save it anew`);
  }
}

async function holdsDeclaration(part: ByteSource): Promise<boolean> {
  let tail = '';
  for await (const chunk of part.read()) {
    const text = tail + chunk.toString('latin1');
    if (/<!(DOCTYPE|ENTITY)/i.test(text)) return true;
    tail = text.slice(-16);
  }
  return false;
}

function sheetTable(source: ByteSource, sheet: string, sheetRows: readonly (readonly unknown[])[]): SourceTable {
  const rows: SourceRow[] = sheetRows.map((cells, at) => ({ line: at + 1, cells: cells.map(cellText) }));
  const from = rows.filter((row) => row.cells.some((cell) => cell !== ''));
  const above = from.slice(0, rowsAbove(from.slice(0, sniffedRows).map(({ cells }) => trimmed(cells)))).map(({ cells }) => cells);
  const first = from[above.length] ?? { line: 1, cells: [] };
  const names = above.length > 0 ? trimmed(first.cells) : first.cells;
  const hasHeader = looksLikeHeader([names]);
  const named = nameColumns(names, hasHeader);
  const covered = coveredBy(above, named.header);
  const header = covered === null ? named.header : [...named.header, ...covered.names];
  const body = rows.filter((row) => row.line > first.line || (!hasHeader && row.line === first.line));
  const known = body.slice(0, 2_000).map(({ cells }) => withCovered(cells, named.header.length, covered));
  const columns = profileColumns(header, known);
  return {
    name: `${source.name}/${sheet}`,
    path: `${source.path}!${sheet}`,
    format: 'xlsx',
    encoding: 'UTF-8',
    delimiter: '',
    // Numbers come as numbers, so there is nothing to tell apart.
    decimal: decimalOfTable(columns) ?? '.',
    hasHeader,
    header,
    columns: columns.map((column) => ({ ...column, decimal: column.decimal ?? '.' })),
    sample: known.slice(0, 50),
    bytes: source.bytes,
    notes: [...(above.length > 0 ? [aboveInWords(above)] : []), ...named.notes, ...lostZeros(named.header, sheetRows)],
    readRows: (onProgress) => readRows(body, { header: named.header, covered }, source.bytes, onProgress),
  };
}

/** A sheet's rows are all as wide as its widest: what is blank to the right says nothing. */
const trimmed = (cells: readonly string[]): readonly string[] => cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);

/** A number as the shortest text that gives it back; a date without a time as a day. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (!(cell instanceof Date)) return String(cell);
  if (Number.isNaN(cell.getTime())) return '';
  const text = cell.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ');
}

const mayHaveLeadingZeros = /\b(id|no|nr|number|code|zip|postal|postcode|plz|phone|telefon|mobile|account)\b/i;

function lostZeros(header: readonly string[], rows: readonly (readonly unknown[])[]): string[] {
  const touched = header.filter((name, at) => mayHaveLeadingZeros.test(name) && rows.some((row) => typeof row[at] === 'number'));
  if (touched.length === 0) return [];
  return [
    `${touched.map((name) => `“${name}”`).join(', ')} ${touched.length === 1 ? 'holds' : 'hold'} numbers: leading zeros, if there were any, are already lost in the workbook; export as CSV or format the column as text to keep them`,
  ];
}

async function* readRows(
  body: readonly SourceRow[],
  { header, covered }: { header: readonly string[]; covered: Covered | null },
  bytes: number,
  onProgress?: (progress: Progress) => void,
): AsyncGenerator<Batch> {
  let read = 0;
  for (let at = 0; at < body.length; at += rowsInBatch) {
    const rows: SourceRow[] = [];
    const problems: RowProblem[] = [];
    for (const row of body.slice(at, at + rowsInBatch)) {
      const fitted = fitRow(row, header);
      if (fitted === null) continue;
      const problem = 'reason' in fitted ? fitted : unstorable(fitted, header);
      if (problem !== null) problems.push(problem);
      else rows.push({ line: row.line, cells: withCovered((fitted as SourceRow).cells, header.length, covered) });
    }
    read += rows.length;
    const bytesRead = Math.round((bytes * Math.min(body.length, at + rowsInBatch)) / body.length);
    yield { rows, problems, bytesRead };
    onProgress?.({ bytesRead, bytes, rows: read });
  }
}
