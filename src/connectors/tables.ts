/** What every file format is turned into: a table that can be read again and again, row by row. */

import type { ColumnProfile } from '#features/intake/contract.ts';

export type TableFormat = 'csv' | 'xlsx';

/** One record of a file. `line` is the 1-based physical line (in a sheet: row) where it begins. */
export interface SourceRow {
  readonly line: number;
  readonly cells: string[];
}

/** A record that can't be read as it stands. `text` is its raw start, so that it can be handed back. */
export interface RowProblem {
  readonly line: number;
  readonly column?: string;
  readonly value?: string;
  readonly reason: string;
  /** The cells as far as they could be told, for the error file. */
  readonly cells?: readonly string[];
}

export interface Batch {
  readonly rows: readonly SourceRow[];
  readonly problems: readonly RowProblem[];
  /** Bytes of the file read so far (uncompressed for a file inside a zip). */
  readonly bytesRead: number;
}

export interface Progress {
  readonly bytesRead: number;
  readonly bytes: number;
  readonly rows: number;
}

export interface SourceTable {
  /** File name without folder, or `Workbook.xlsx/Sheet`. Mappings match this. */
  readonly name: string;
  /** Where it lies; parts inside a zip follow after `!`. */
  readonly path: string;
  readonly format: TableFormat;
  readonly encoding: string;
  readonly delimiter: string;
  /** The decimal sign most of its numeric columns show; null when none shows it. */
  readonly decimal: '.' | ',' | null;
  /** False: the first row was taken for data and the columns are called "Column 1", "Column 2"… */
  readonly hasHeader: boolean;
  readonly header: readonly string[];
  readonly columns: readonly ColumnProfile[];
  /** The first rows, at most 50. */
  readonly sample: readonly (readonly string[])[];
  /** Size in bytes (uncompressed for a file inside a zip). */
  readonly bytes: number;
  /** What a person should know, e.g. a header that stands twice. */
  readonly notes: readonly string[];
  /** Reads from the start, in constant memory, as fast as the reader takes batches. May be called again. */
  readRows(onProgress?: (progress: Progress) => void): AsyncIterable<Batch>;
}

/** A file that is refused as a whole, with the reason in plain words. */
export class SourceRefused extends Error {
  readonly path: string;
  constructor(path: string, reason: string) {
    super(`${path}: ${reason}`);
    this.name = 'SourceRefused';
    this.path = path;
  }
}
