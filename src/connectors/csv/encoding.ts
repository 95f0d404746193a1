/** Which encoding a text file has, and decoding it piece by piece. */

import { isUtf8 } from 'node:buffer';
import { StringDecoder } from 'node:string_decoder';
import { analyse } from 'chardet';
import iconv from 'iconv-lite';
import type { ByteSource } from '../bytes.ts';

export interface Encoding {
  /** As `iconv-lite` and people call it: UTF-8, UTF-16LE, windows-1252… */
  readonly name: string;
  /** Bytes of the byte order mark at the start. */
  readonly markBytes: number;
}

export interface Decoder {
  decode(chunk: Buffer): string;
  end(): string;
}

/** Beyond this only the start is checked to be UTF-8; rows with broken characters are then refused one by one. */
const checkedBytes = 512 << 20;
const guessedBytes = 64 << 10;

/**
 * Byte order mark, then where NULs stand (UTF-16 without a mark), then strict UTF-8 over the whole file (the one
 * "é" of a Windows file can stand in its last line), then a guess, then windows-1252.
 */
export async function sniffEncoding(source: ByteSource): Promise<Encoding> {
  let head: Buffer | null = null;
  let tail: Buffer = Buffer.alloc(0);
  let seen = 0;
  for await (const chunk of source.read()) {
    if (head === null) {
      head = chunk;
      const told = byMark(chunk) ?? byNulParity(chunk);
      if (told !== null) return told;
    }
    seen += chunk.length;
    const piece = tail.length > 0 ? Buffer.concat([tail, chunk]) : chunk;
    const whole = piece.length - incompleteTail(piece);
    if (!isUtf8(piece.subarray(0, whole))) return { name: guess(piece), markBytes: 0 };
    tail = piece.subarray(whole);
    if (seen > checkedBytes) return { name: 'UTF-8', markBytes: 0 };
  }
  return { name: tail.length === 0 ? 'UTF-8' : guess(tail), markBytes: 0 };
}

function byMark(head: Buffer): Encoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { name: 'UTF-8', markBytes: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { name: 'UTF-16LE', markBytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { name: 'UTF-16BE', markBytes: 2 };
  return null;
}

/** Latin text in UTF-16 has a NUL in nearly every other byte. */
function byNulParity(head: Buffer): Encoding | null {
  const length = Math.min(head.length, guessedBytes) & ~1;
  const nuls = [0, 0];
  for (let at = 0; at < length; at++) if (head[at] === 0) nuls[at & 1] = (nuls[at & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = nuls;
  if (odd > length * 0.2 && odd > even * 4) return { name: 'UTF-16LE', markBytes: 0 };
  if (even > length * 0.2 && even > odd * 4) return { name: 'UTF-16BE', markBytes: 0 };
  return null;
}

/** How many bytes at the end begin a character of UTF-8 that goes on in the next chunk. */
function incompleteTail(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

/** Encodings that chardet names and that western text in windows-1252 is often taken for by mistake. */
const unlikely = new Set([
  'UTF-8',
  'ISO-8859-1',
  'ISO-8859-2',
  'ISO-8859-9',
  'windows-1252',
  'windows-1250',
  'windows-1254',
  'UTF-32LE',
  'UTF-32BE',
  'ASCII',
]);

function guess(bytes: Buffer): string {
  const firstForeign = bytes.findIndex((byte) => byte >= 0x80);
  const from = Math.max(0, firstForeign - 1000);
  const [best] = analyse(bytes.subarray(from, from + guessedBytes));
  if (best === undefined || best.confidence < 20 || !iconv.encodingExists(best.name)) return 'windows-1252';
  if (best.name === 'ISO-8859-2' || best.name === 'windows-1250') return best.confidence >= 60 ? 'windows-1250' : 'windows-1252';
  return unlikely.has(best.name) ? 'windows-1252' : best.name;
}

/** UTF-8 goes through Node's own decoder, which is some five times as fast as iconv-lite's. */
export function decoderOf(encoding: Encoding): Decoder {
  if (encoding.name === 'UTF-8') {
    const decoder = new StringDecoder('utf8');
    return { decode: (chunk) => decoder.write(chunk), end: () => decoder.end() };
  }
  if (encoding.name.startsWith('UTF-16')) {
    const decoder = new TextDecoder(encoding.name.toLowerCase(), { ignoreBOM: true });
    return { decode: (chunk) => decoder.decode(chunk, { stream: true }), end: () => decoder.decode() };
  }
  const decoder = iconv.getDecoder(encoding.name);
  return { decode: (chunk) => decoder.write(chunk), end: () => decoder.end() ?? '' };
}

/** The decoded text in pieces, without the byte order mark. */
export async function* decodedPieces(source: ByteSource, encoding: Encoding): AsyncGenerator<{ text: string; bytesRead: number }> {
  const decoder = decoderOf(encoding);
  let bytesRead = 0;
  let skip = encoding.markBytes;
  for await (const chunk of source.read()) {
    bytesRead += chunk.length;
    const text = decoder.decode(skip > 0 ? chunk.subarray(skip) : chunk);
    skip = Math.max(0, skip - chunk.length);
    if (text !== '') yield { text, bytesRead };
  }
  const rest = decoder.end();
  if (rest !== '') yield { text: rest, bytesRead };
}
