/** One text against another, word by word: what stayed, what went, what came. */
export interface Piece {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

/** Beyond so many words the two are shown whole, one after the other. */
const mostWords = 1_500;

/** Longest common subsequence of words; neighbouring words of a kind are one piece. */
export function wordChanges(before: string, after: string): Piece[] {
  const [old, now] = [before.split(/\s+/).filter(Boolean), after.split(/\s+/).filter(Boolean)];
  if (old.length > mostWords || now.length > mostWords) return joined([piece('gone', before), piece('new', after)]);
  const common = commonLengths(old, now);
  const pieces: Piece[] = [];
  let [at, to] = [0, 0];
  while (at < old.length || to < now.length) {
    const [gone, come] = [old[at], now[to]];
    if (gone !== undefined && gone === come) {
      pieces.push(piece('same', gone));
      at += 1;
      to += 1;
    } else if (come === undefined || (gone !== undefined && lengthAt(common, at + 1, to) >= lengthAt(common, at, to + 1))) {
      pieces.push(piece('gone', gone ?? ''));
      at += 1;
    } else {
      pieces.push(piece('new', come));
      to += 1;
    }
  }
  return joined(pieces);
}

const piece = (kind: Piece['kind'], text: string): Piece => ({ kind, text });
const lengthAt = (common: readonly Uint16Array[], at: number, to: number): number => common[at]?.[to] ?? 0;

/** At [i][j]: how many words the rests from i and from j have in common, in order. */
function commonLengths(old: readonly string[], now: readonly string[]): Uint16Array[] {
  const rows = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
  for (let at = old.length - 1; at >= 0; at -= 1)
    for (let to = now.length - 1; to >= 0; to -= 1)
      rows[at]![to] = old[at] === now[to] ? rows[at + 1]![to + 1]! + 1 : Math.max(rows[at + 1]![to]!, rows[at]![to + 1]!);
  return rows;
}

function joined(pieces: readonly Piece[]): Piece[] {
  const all: Piece[] = [];
  for (const each of pieces) {
    const last = all.at(-1);
    if (last?.kind === each.kind) all[all.length - 1] = piece(last.kind, `${last.text} ${each.text}`);
    else if (each.text) all.push(each);
  }
  return all;
}
