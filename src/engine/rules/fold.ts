/**
 * Upper and lower case made one, letter by letter, the same on every machine. PostgreSQL's `lower` depends on the
 * locale of its database, so the database is only asked to fold ASCII and, by name, the capitals of the letters
 * that are looked for: see `capitalsOf`.
 */

const ascii = /^[\0-\x7f]*$/;

/** Folded code point by code point: a letter whose small form is several letters (`İ`) stays as it is. */
export function folded(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  let result = '';
  for (const letter of text) result += foldedLetter(letter);
  return result;
}

function foldedLetter(letter: string): string {
  const small = letter.toLowerCase();
  return isOne(small) && small.toLowerCase() === small ? small : letter;
}

const isOne = (text: string): boolean => text.length === 1 || (text.length === 2 && text.codePointAt(0)! > 0xffff);

/**
 * Every letter beyond ASCII's capitals that folds into one of a folded text, each beside what it folds into. A text
 * whose ASCII is folded and in which these are replaced contains the folded one exactly when, wholly folded, it would:
 * other letters match none of it either way.
 */
export function capitalsOf(foldedText: string): { from: string; to: string } {
  let [from, to] = ['', ''];
  for (const letter of new Set(foldedText)) {
    for (const capital of capitals().get(letter) ?? []) {
      from += capital;
      to += letter;
    }
  }
  return { from, to };
}

let bySmall: Map<string, string[]> | undefined;

/** All of Unicode's, beyond ASCII: 1,400 letters, found once (30 ms). */
function capitals(): Map<string, string[]> {
  if (bySmall) return bySmall;
  bySmall = new Map();
  for (let code = 0x80; code < 0x1_f000; code++) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const letter = String.fromCodePoint(code);
    const small = foldedLetter(letter);
    if (small !== letter) bySmall.set(small, [...(bySmall.get(small) ?? []), letter]);
  }
  return bySmall;
}
