/** Takes an uploaded file in: its size while it arrives, then what it is by its content. Nothing of it is unpacked. */

import { createHash } from 'node:crypto';
import { listZip, zipInMemory } from '#connectors/zip/archive.ts';
import { SourceRefused } from '#connectors/tables.ts';
import { fileTypeOf, type FileType, isZip } from '#engine/campaigns/file-type.ts';
import { Refused } from '#engine/values/outcome.ts';
import { storedName } from '#features/intake/actions/stored-files.ts';
import { Problem } from '#platform/errors.ts';
import { mostFileBytes } from '../contract/library.ts';

export interface ReceivedFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly hash: Buffer;
  readonly type: FileType;
}

export interface Incoming {
  readonly filename: string;
  readonly file: AsyncIterable<Buffer>;
}

/** Files rest in memory until they are whole: so many at a time, 80 MB. */
const mostAtOnce = 4;
let receiving = 0;

/** @throws Problem too-large, unsupported-file, unavailable when several arrive at once, bad-input for none or more than one */
export async function receiveFile(incoming: AsyncIterable<Incoming>): Promise<ReceivedFile> {
  if (receiving >= mostAtOnce)
    throw new Problem('unavailable', 'Several files are arriving at once. Try again in a moment.', { extra: { retryAfter: 5 } });
  receiving++;
  try {
    return await readOne(incoming);
  } finally {
    receiving--;
  }
}

async function readOne(incoming: AsyncIterable<Incoming>): Promise<ReceivedFile> {
  let received: { name: string; bytes: Buffer } | null = null;
  for await (const { filename, file } of incoming) {
    if (received) throw new Problem('bad-input', 'One file a version: send them one after another.');
    received = { name: storedName(filename), bytes: await readWhole(file) };
  }
  if (!received) throw new Problem('bad-input', 'No file came with the request: send one as multipart/form-data.');
  const { name, bytes } = received;
  if (bytes.length === 0) throw new Problem('unsupported-file', `${name} is empty.`);
  return { name, bytes, hash: createHash('sha256').update(bytes).digest(), type: await typeOf(name, bytes) };
}

async function readWhole(file: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of file) {
    size += piece.length;
    if (size > mostFileBytes)
      throw new Problem('too-large', 'A file may have 20 MB at the most. Put larger ones where they can be linked to.');
    pieces.push(piece);
  }
  return Buffer.concat(pieces, size);
}

async function typeOf(name: string, bytes: Buffer): Promise<FileType> {
  const type = fileTypeOf(bytes, name, isZip(bytes) ? await namesInZip(name, bytes) : null);
  if (type instanceof Refused) throw new Problem('unsupported-file', `${name} ${type.reason}.`);
  return type;
}

/** Only the list of what is in it is read; a bomb, an encrypted or a broken one is refused by it. */
async function namesInZip(name: string, bytes: Buffer): Promise<string[]> {
  try {
    const entries = await listZip(zipInMemory(name, bytes), bytes.length);
    return entries.map(({ path }) => path.slice(name.length + 1));
  } catch (error) {
    throw error instanceof SourceRefused ? new Problem('unsupported-file', error.message) : error;
  }
}
