/** Remembers the code of a text by its bytes, so that a text met a million times is decoded once. */
export interface BytesMemo {
  /** The code of the view's bytes from start up to end. */
  codeOf(view: DataView, start: number, end: number): number;
}

/** @param make the code of bytes that have not been met */
export function makeBytesMemo(make: (bytes: DataView) => number): BytesMemo {
  let slots = new Int32Array(1024);
  const known: { bytes: DataView; hash: number; code: number }[] = [];

  const put = (index: number) => {
    const mask = slots.length - 1;
    let slot = known[index]!.hash & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = index + 1;
  };
  const learn = (view: DataView, start: number, end: number, hash: number): number => {
    const bytes = new DataView(view.buffer.slice(view.byteOffset + start, view.byteOffset + end));
    const code = make(bytes);
    known.push({ bytes, hash, code });
    if (known.length * 2 > slots.length) {
      slots = new Int32Array(slots.length * 2);
      for (let index = 0; index < known.length; index++) put(index);
    } else put(known.length - 1);
    return code;
  };
  return {
    codeOf(view, start, end) {
      const hash = hashOf(view, start, end);
      const mask = slots.length - 1;
      for (let slot = hash & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
        const entry = known[slots[slot]! - 1]!;
        if (entry.hash === hash && sameBytes(entry.bytes, view, start, end)) return entry.code;
      }
      return learn(view, start, end, hash);
    },
  };
}

/** Four bytes at a time, each stirred in as in FNV-1a. */
function hashOf(view: DataView, start: number, end: number): number {
  let hash = end - start;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; at < end; at++) hash = Math.imul(hash ^ view.getUint8(at), 0x01000193);
  return hash ^ (hash >>> 13);
}

function sameBytes(known: DataView, view: DataView, start: number, end: number): boolean {
  const length = end - start;
  if (known.byteLength !== length) return false;
  let at = 0;
  for (; at + 4 <= length; at += 4) if (known.getInt32(at) !== view.getInt32(start + at)) return false;
  for (; at < length; at++) if (known.getUint8(at) !== view.getUint8(start + at)) return false;
  return true;
}
