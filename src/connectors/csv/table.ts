/** A CSV, TSV or text file as a table. */

import type { ByteSource } from '../bytes.ts';
import { aboveInWords, coveredBy, withCovered, type Covered } from '../preamble.ts';
import { decimalOfTable, profileColumns } from '../profile.ts';
import { fitRow, unstorable } from '../rows.ts';
import { SourceRefused, type Batch, type Progress, type RowProblem, type SourceRow, type SourceTable } from '../tables.ts';
import { decodedPieces, sniffEncoding, type Encoding } from './encoding.ts';
import { RecordSplitter } from './records.ts';
import { nameColumns } from './header.ts';
import { sniffLayout, type Layout } from './sniff.ts';

const sniffedLetters = 512 << 10;
const profiledRows = 2_000;
const sampledRows = 50;
const rowsInBatch = 5_000;

/** @throws SourceRefused for a file without any row */
export async function openCsv(source: ByteSource): Promise<SourceTable> {
  const encoding = await sniffEncoding(source);
  const { start, whole } = await startOf(source, encoding);
  if (start.trim() === '') throw new SourceRefused(source.path, 'the file is empty; a table has a row of column names and rows of values');
  const layout = sniffLayout(start, whole);
  const { rows } = splitterFor(layout).feed(start, whole);
  const from = layout.hasSeparatorLine ? 1 : 0;
  const above = rows.slice(from, from + layout.rowsAbove).map((row) => row.cells);
  const firstRow = rows[from + layout.rowsAbove];
  if (firstRow === undefined) throw new SourceRefused(source.path, 'its first row can’t be read; is a quote missing its partner?');
  const { header: own, notes } = nameColumns(firstRow.cells, layout.hasHeader);
  const covered = coveredBy(above, own);
  const header = covered === null ? own : [...own, ...covered.names];
  const body = rows.filter((row) => row.line > firstRow.line || !layout.hasHeader);
  const known = body.slice(0, profiledRows).map(({ cells }) => withCovered(cells, own.length, covered));
  const columns = profileColumns(header, known);
  const reading = { source, encoding, layout, header: own, covered, firstLine: firstRow.line };
  return {
    name: source.name,
    path: source.path,
    format: 'csv',
    encoding: encoding.name,
    delimiter: layout.delimiter,
    decimal: decimalOfTable(columns),
    hasHeader: layout.hasHeader,
    header,
    columns,
    sample: known.slice(0, sampledRows),
    bytes: source.bytes,
    notes: above.length === 0 ? notes : [aboveInWords(above), ...notes],
    readRows: (onProgress) => readRows(reading, onProgress),
  };
}

async function startOf(source: ByteSource, encoding: Encoding): Promise<{ start: string; whole: boolean }> {
  let start = '';
  for await (const { text } of decodedPieces(source, encoding)) {
    start += text;
    if (start.length >= sniffedLetters) return { start, whole: false };
  }
  return { start, whole: true };
}

interface Reading {
  readonly source: ByteSource;
  readonly encoding: Encoding;
  readonly layout: Layout;
  /** As the file has it. */
  readonly header: readonly string[];
  /** Columns that the lines above the header add to every row. */
  readonly covered: Covered | null;
  /** Line of the header, or of the first row where there is none. */
  readonly firstLine: number;
}

const splitterFor = (layout: Layout): RecordSplitter => new RecordSplitter(layout);

async function* readRows(reading: Reading, onProgress?: (progress: Progress) => void): AsyncGenerator<Batch> {
  const splitter = splitterFor(reading.layout);
  let rows = 0;
  let suspicious = false;
  for await (const { text, bytesRead } of piecesThenEnd(reading)) {
    const found = splitter.feed(text ?? '', text === null);
    // One look at the whole piece spares a look at every cell; a record may reach over into the next piece.
    const nowSuspicious = text?.includes('\0') === true || text?.includes('\ufffd') === true;
    const checked = checkRows(found, reading, suspicious || nowSuspicious);
    if (found.rows.length > 0) suspicious = nowSuspicious;
    else suspicious ||= nowSuspicious;
    for (const batch of batchesOf(checked, bytesRead)) {
      rows += batch.rows.length;
      yield batch;
    }
    onProgress?.({ bytesRead, bytes: reading.source.bytes, rows });
  }
}

/** The decoded pieces, then one null for the end. */
async function* piecesThenEnd(reading: Reading): AsyncGenerator<{ text: string | null; bytesRead: number }> {
  yield* decodedPieces(reading.source, reading.encoding);
  yield { text: null, bytesRead: reading.source.bytes };
}

interface Found {
  rows: SourceRow[];
  problems: RowProblem[];
}

function checkRows(found: Found, reading: Reading, suspicious: boolean): Found {
  const { header, firstLine, layout, covered } = reading;
  const problems = found.problems.filter((problem) => problem.line >= firstLine);
  const rows: SourceRow[] = [];
  for (const row of found.rows) {
    if (row.line < firstLine || (row.line === firstLine && layout.hasHeader)) continue;
    const fitted = fitRow(row, header);
    if (fitted === null) continue;
    const problem = 'reason' in fitted ? fitted : suspicious ? unstorable(fitted, header) : null;
    if (problem !== null) problems.push(problem);
    else
      rows.push(
        covered === null
          ? (fitted as SourceRow)
          : { line: row.line, cells: withCovered((fitted as SourceRow).cells, header.length, covered) },
      );
  }
  return { rows, problems };
}

function* batchesOf({ rows, problems }: Found, bytesRead: number): Generator<Batch> {
  if (rows.length <= rowsInBatch) {
    if (rows.length > 0 || problems.length > 0) yield { rows, problems, bytesRead };
    return;
  }
  for (let at = 0; at < rows.length; at += rowsInBatch) {
    yield { rows: rows.slice(at, at + rowsInBatch), problems: at === 0 ? problems : [], bytesRead };
  }
}
