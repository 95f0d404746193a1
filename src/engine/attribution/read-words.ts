/** Bytes as 32-bit words, the first byte lowest, and their hash. */

const step = -0x61c8_864f; // 2^32 ÷ the golden ratio

/**
 * Copies bytes to words, zeros up to the next word, and hashes them.
 * @returns their hash, which tells bytes of different length apart even where only zeros differ
 */
export function copyBytes(view: DataView, from: number, to: number, into: Int32Array, at: number): number {
  let hash = 0;
  let word = at;
  let p = from;
  for (; p + 4 <= to; p += 4, word++) {
    const four = view.getInt32(p, true);
    into[word] = four;
    hash = addToHash(hash, four);
  }
  if (p < to) {
    const rest = view.getInt32(p, true) & ((1 << ((to - p) << 3)) - 1);
    into[word] = rest;
    hash = addToHash(hash, rest);
  }
  return finishHash(hash, to - from);
}

export function addToHash(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, step);
  return mixed ^ (mixed >>> 15);
}

/** Spreads what differs over all bits, the length too; no two inputs have the same result. */
export function finishHash(words: number, length: number): number {
  const hash = words ^ length;
  const half = Math.imul(hash ^ (hash >>> 16), -0x7a14_3595);
  return half ^ (half >>> 13);
}

/** The lowest bit of each byte below `-` (comma, quote, blank, line end …) is in here, up to the first such byte exactly; 0: none is. */
export const bytesBelowDash = (word: number): number => (word - 0x2d2d_2d2d) & ~word & -0x7f7f_7f80;

/** In how many bits of the word the bytes before the first below `-` are. @param below of the word, not 0 */
export const bitsBefore = (below: number): number => (31 - Math.clz32(below & -below)) & 24;
