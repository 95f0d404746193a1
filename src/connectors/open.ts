/** Opens whatever a person hands over: files, folders, zips and workbooks become tables. */

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileSource, readAll, type ByteSource } from './bytes.ts';
import { openCsv } from './csv/table.ts';
import { SourceRefused, type SourceTable } from './tables.ts';
import { openWorkbook } from './xlsx/workbook.ts';
import { listZip, zipFile, zipInMemory } from './zip/archive.ts';

export interface OpenOptions {
  /** Told of each file that is no table, and why. Without it such files are passed over in silence. */
  readonly onSkipped?: (path: string, reason: string) => void;
  /** What a file is called, where the name on disk is a random one. */
  readonly nameOf?: (path: string) => string | undefined;
}

const textEndings = /\.(csv|tsv|tab|txt)$/i;
const mostFiles = 2_000;
/** A zip inside a zip is read into memory. */
const mostInnerZipBytes = 256 << 20;

/**
 * The tables of the given files and folders, in the order given and by name within a folder or zip.
 * @throws SourceRefused for a file named by itself that can't be read; inside folders and zips such a file is
 * skipped when it is no table at all, and refused when it is one that is broken.
 */
export async function openSources(paths: readonly string[], options: OpenOptions = {}): Promise<SourceTable[]> {
  const tables: SourceTable[] = [];
  for (const path of paths) {
    const found = await stat(path).catch(() => null);
    if (found === null) throw new SourceRefused(path, 'there is no such file or folder');
    const files = found.isDirectory() ? await filesOf(path) : [path];
    for (const file of files) tables.push(...(await openFile(file, found.isDirectory(), options)));
  }
  return tables;
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  // Links are not followed: they can lead anywhere.
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map((entry) => join(entry.parentPath, entry.name));
  if (files.length > mostFiles) throw new SourceRefused(folder, `holds ${files.length} files; at most ${mostFiles} are read at once`);
  return files.sort();
}

async function openFile(path: string, inFolder: boolean, options: OpenOptions): Promise<SourceTable[]> {
  const onDisk = await fileSource(path);
  const source = { ...onDisk, name: options.nameOf?.(path) ?? onDisk.name };
  if (/\.zip$/i.test(source.name)) return openParts(await listZip(zipFile(path), source.bytes), 1, options);
  return openSource(source, inFolder, options);
}

/** @param depth how many zips we are inside of */
async function openParts(parts: readonly ByteSource[], depth: number, options: OpenOptions): Promise<SourceTable[]> {
  const tables: SourceTable[] = [];
  for (const part of [...parts].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    if (!/\.zip$/i.test(part.name)) tables.push(...(await openSource(part, true, options)));
    else if (depth > 1) throw new SourceRefused(part.path, 'is a zip inside a zip inside a zip; pack the files flat');
    else tables.push(...(await openInnerZip(part, options)));
  }
  return tables;
}

async function openInnerZip(part: ByteSource, options: OpenOptions): Promise<SourceTable[]> {
  const content = part.bytes > mostInnerZipBytes ? null : await readAll(part, mostInnerZipBytes);
  if (content === null) throw new SourceRefused(part.path, `is larger than ${mostInnerZipBytes >> 20} MB; pack the files flat`);
  return openParts(await listZip(zipInMemory(part.path, content), content.length), 2, options);
}

/** A single file that is no zip. */
async function openSource(source: ByteSource, maySkip: boolean, options: OpenOptions): Promise<SourceTable[]> {
  if (/\.xlsx$/i.test(source.name)) return openWorkbook(source);
  if (textEndings.test(source.name)) return openText(source, maySkip, options);
  const reason = /\.xls$/i.test(source.name)
    ? 'is an old Excel file; save it as .xlsx or CSV'
    : 'is no table; files ending in .csv, .tsv, .txt, .xlsx and .zip are read';
  if (!maySkip) throw new SourceRefused(source.path, reason);
  options.onSkipped?.(source.path, reason);
  return [];
}

async function openText(source: ByteSource, maySkip: boolean, options: OpenOptions): Promise<SourceTable[]> {
  try {
    return [await openCsv(source)];
  } catch (error) {
    if (!(error instanceof SourceRefused) || !maySkip || source.bytes > 0) throw error;
    options.onSkipped?.(source.path, 'the file is empty');
    return [];
  }
}
