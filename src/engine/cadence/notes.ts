/** Notes that several people write at once: line by line, and nothing that somebody wrote is lost. */

export interface MergedNotes {
  readonly text: string;
  /** Where each line of one's own text stands in the merged one; of a line that the others took out, where it stood. */
  readonly lineOfMine: readonly number[];
}

/**
 * Puts together what two people made of the same text. What only one of them changed is taken; where both changed the same
 * lines, both stay: theirs first, then what is new in mine. So notes never conflict; at worst a line stands twice in
 * two wordings.
 */
export function mergeNotes(base: string, mine: string, theirs: string): MergedNotes {
  const [b, m, t] = [base, mine, theirs].map((text) => text.split('\n')) as [string[], string[], string[]];
  const [inMine, inTheirs] = [matches(b, m), matches(b, t)];
  const out: string[] = [];
  const lineOfMine: number[] = [];
  let from = { b: 0, m: 0, t: 0 };
  for (let at = 0; at <= b.length; at++) {
    const isEnd = at === b.length;
    const [mineAt, theirsAt] = isEnd ? [m.length, t.length] : [inMine[at]!, inTheirs[at]!];
    // A line that both kept parts what comes before it from what comes after.
    if (mineAt < 0 || theirsAt < 0) continue;
    const part = { base: b.slice(from.b, at), mine: m.slice(from.m, mineAt), theirs: t.slice(from.t, theirsAt) };
    takePart(part, out, lineOfMine);
    if (isEnd) break;
    lineOfMine.push(out.length);
    out.push(b[at]!);
    from = { b: at + 1, m: mineAt + 1, t: theirsAt + 1 };
  }
  return { text: out.join('\n'), lineOfMine: lineOfMine.map((at) => Math.max(0, Math.min(at, out.length - 1))) };
}

interface Part {
  readonly base: readonly string[];
  readonly mine: readonly string[];
  readonly theirs: readonly string[];
}

function takePart({ base, mine, theirs }: Part, out: string[], lineOfMine: number[]): void {
  const start = out.length;
  if (same(theirs, base)) {
    mine.forEach((_, at) => lineOfMine.push(start + at));
    out.push(...mine);
    return;
  }
  out.push(...theirs);
  for (const line of mine) {
    const place = theirs.indexOf(line);
    if (place >= 0) lineOfMine.push(start + place);
    else if (base.includes(line)) lineOfMine.push(out.length);
    else lineOfMine.push(out.push(line) - 1);
  }
}

const same = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((line, at) => line === other[at]);

/** For each line of `from`, the place of its like in `to`, or -1: a longest common subsequence. */
function matches(from: readonly string[], to: readonly string[]): number[] {
  const width = to.length + 1;
  const longest = new Uint32Array((from.length + 1) * width);
  for (let i = from.length - 1; i >= 0; i--)
    for (let j = to.length - 1; j >= 0; j--)
      longest[i * width + j] =
        from[i] === to[j] ? longest[(i + 1) * width + j + 1]! + 1 : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!);
  const places: number[] = from.map(() => -1);
  for (let i = 0, j = 0; i < from.length && j < to.length; ) {
    if (from[i] === to[j]) places[i++] = j++;
    else if (longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!) i++;
    else j++;
  }
  return places;
}
