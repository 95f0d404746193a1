/** Files to read from at any place; what can only be read in one go (a pipe) is kept in memory. */

import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';

export interface Source {
  readonly path: string;
  readonly size: number;
  /** Null: read from the file itself. Shared memory, so that threads can read it too. */
  readonly bytes: Uint8Array | null;
}

/** @throws the file system's error (ENOENT, EACCES, EISDIR) */
export function findSource(path: string): Source {
  const file = openSync(path, 'r');
  try {
    const stat = fstatSync(file);
    if (stat.isFile()) return { path, size: stat.size, bytes: null };
    const read = readFileSync(file);
    const bytes = new Uint8Array(new SharedArrayBuffer(read.length));
    bytes.set(read);
    return { path, size: bytes.length, bytes };
  } finally {
    closeSync(file);
  }
}

export interface OpenSource {
  /** Reads up to `into.length` bytes from `position`; fewer only at the end. */
  read(position: number, into: Uint8Array): number;
  close(): void;
}

export function openSource({ path, bytes }: Source): OpenSource {
  if (bytes !== null) return { read: (position, into) => copyFrom(bytes, position, into), close: () => {} };
  const file = openSync(path, 'r');
  return { read: (position, into) => readFully(file, position, into), close: () => closeSync(file) };
}

function copyFrom(bytes: Uint8Array, position: number, into: Uint8Array): number {
  const part = bytes.subarray(position, position + into.length);
  into.set(part);
  return part.length;
}

function readFully(file: number, position: number, into: Uint8Array): number {
  let read = 0;
  while (read < into.length) {
    const more = readSync(file, into, read, into.length - read, position + read);
    if (more === 0) break;
    read += more;
  }
  return read;
}
