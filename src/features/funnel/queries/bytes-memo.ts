/** Remembers the code of a text by its bytes, so that a text met a million times is decoded once. */
export interface BytesMemo {
  /** The code of `bytes[start, end)`. */
  codeOf(bytes: Uint8Array, start: number, end: number): number;
}

/** @param make the code of bytes that have not been met */
export function makeBytesMemo(make: (bytes: Uint8Array, start: number, end: number) => number): BytesMemo {
  let slots = new Int32Array(1024);
  const known: { bytes: Uint8Array; hash: number; code: number }[] = [];

  const put = (index: number) => {
    const mask = slots.length - 1;
    let slot = known[index]!.hash & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = index + 1;
  };
  const learn = (bytes: Uint8Array, start: number, end: number, hash: number): number => {
    const code = make(bytes, start, end);
    known.push({ bytes: bytes.slice(start, end), hash, code });
    if (known.length * 2 > slots.length) {
      slots = new Int32Array(slots.length * 2);
      for (let index = 0; index < known.length; index++) put(index);
    } else put(known.length - 1);
    return code;
  };
  return {
    codeOf(bytes, start, end) {
      const hash = hashOf(bytes, start, end);
      const mask = slots.length - 1;
      for (let slot = hash & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
        const entry = known[slots[slot]! - 1]!;
        if (entry.hash === hash && sameBytes(entry.bytes, bytes, start, end)) return entry.code;
      }
      return learn(bytes, start, end, hash);
    },
  };
}

/** FNV-1a. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return hash ^ (hash >>> 15);
}

function sameBytes(one: Uint8Array, other: Uint8Array, start: number, end: number): boolean {
  if (one.length !== end - start) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[start + at]) return false;
  return true;
}
