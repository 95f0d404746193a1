/** The files inside a zip, opened one by one and never unpacked to disk. Bombs and odd names are refused before unpacking. */

import type { Readable } from 'node:stream';
import { fromBufferPromise, openPromise, type Entry, type ZipFile } from 'yauzl';
import type { ByteSource } from '../bytes.ts';
import { SourceRefused } from '../tables.ts';

/** Text compresses some 5 to 30 times; logs of equal lines 100. Beyond that it's a bomb. Small files may be odd. */
const mostRatio = 200;
const ratioCountsFrom = 20 << 20;
const mostEntries = 2_000;
const mostBytes = 50 * 2 ** 30;

/** A zip on disk or, inside another, in memory. */
export interface ZipPlace {
  readonly path: string;
  open(): Promise<ZipFile>;
}

const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: false } as const;

export const zipFile = (path: string): ZipPlace => ({ path, open: () => openPromise(path, options) });
export const zipInMemory = (path: string, content: Buffer): ZipPlace => ({ path, open: () => fromBufferPromise(content, options) });

/**
 * Its files, without folders and what systems leave behind. Checked as a whole first.
 * @throws SourceRefused for what is no zip, is encrypted, holds names that leave the folder, or grows too much
 */
export async function listZip(place: ZipPlace, packedBytes: number): Promise<ByteSource[]> {
  const entries = await entriesOf(place);
  checkSizes(place.path, entries, packedBytes);
  return entries.filter((entry) => !isLeftover(entry.fileName)).map((entry) => entrySource(place, entry));
}

async function entriesOf(place: ZipPlace): Promise<Entry[]> {
  const entries: Entry[] = [];
  const zip = await place.open().catch((error: unknown) => refuse(place.path, error));
  try {
    if (zip.entryCount > mostEntries) throw new SourceRefused(place.path, `holds ${zip.entryCount} files; at most ${mostEntries} are read`);
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith('/')) entries.push(entry);
    }
    return entries;
  } catch (error) {
    return refuse(place.path, error);
  } finally {
    zip.close();
  }
}

function refuse(path: string, error: unknown): never {
  if (error instanceof SourceRefused) throw error;
  const message = error instanceof Error ? error.message : String(error);
  if (/invalid (characters in fileName|relative path)|absolute path/.test(message))
    throw new SourceRefused(path, `holds a file whose name leads out of the archive (${message}); pack the files anew without folders`);
  throw new SourceRefused(path, `can’t be read as a zip (${message}); pack the files anew`);
}

function checkSizes(path: string, entries: readonly Entry[], packedBytes: number): void {
  const unpacked = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  if (entries.some((entry) => entry.isEncrypted())) throw new SourceRefused(path, 'is encrypted; pack the files without a password');
  if (unpacked > mostBytes)
    throw new SourceRefused(path, `would unpack to ${Math.round(unpacked / 2 ** 30)} GB; at most ${mostBytes / 2 ** 30} GB are read`);
  if (unpacked > ratioCountsFrom && unpacked > packedBytes * mostRatio) {
    throw new SourceRefused(
      path,
      `would grow ${Math.round(unpacked / Math.max(1, packedBytes))} times when unpacked (at most ${mostRatio}); it looks like a zip bomb`,
    );
  }
}

const isLeftover = (name: string): boolean => name.startsWith('__MACOSX/') || (name.split('/').at(-1) ?? '').startsWith('.');

function entrySource(place: ZipPlace, entry: Entry): ByteSource {
  return {
    name: entry.fileName.split('/').at(-1) ?? entry.fileName,
    path: `${place.path}!${entry.fileName}`,
    bytes: entry.uncompressedSize,
    read: () => readEntry(place, entry),
  };
}

/** yauzl ends the stream with an error when more bytes come out than the directory says, so a lying size is no way in. */
async function* readEntry(place: ZipPlace, entry: Entry): AsyncGenerator<Buffer> {
  const zip = await place.open();
  try {
    const stream: Readable = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    refuse(`${place.path}!${entry.fileName}`, error);
  } finally {
    zip.close();
  }
}
