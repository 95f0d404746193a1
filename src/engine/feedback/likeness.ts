/** How alike two pieces of feedback are: by words, the rarer the more they count, and by what they name alike. */

export interface Comparable {
  /** Words that carry meaning, each once. */
  readonly words: ReadonlySet<string>;
  readonly tags: readonly string[];
  readonly clauses: readonly string[];
}

/** A shared tag or clause counts as much as this share of the words. */
const sharedName = 0.2;

/**
 * Σ weight of shared words ÷ Σ weight of all words of both (weighted Jaccard), and 0.2 each for a shared tag and a
 * shared clause. From 0 to 1.4.
 * @param weightOf of a word: the rarer, the greater
 */
export function likeness(one: Comparable, other: Comparable, weightOf: (word: string) => number): number {
  let shared = 0;
  let all = 0;
  for (const word of one.words) {
    const weight = weightOf(word);
    all += weight;
    if (other.words.has(word)) shared += weight;
  }
  for (const word of other.words) if (!one.words.has(word)) all += weightOf(word);
  const share = (mine: readonly string[], theirs: readonly string[]): number =>
    mine.some((each) => theirs.includes(each)) ? sharedName : 0;
  return (all === 0 ? 0 : shared / all) + share(one.tags, other.tags) + share(one.clauses, other.clauses);
}

/** ln((1 + n) ÷ (1 + how many hold it)) + 1: inverse document frequency, smoothed. */
export function rarity(all: readonly Iterable<string>[]): (word: string) => number {
  const counts = new Map<string, number>();
  for (const words of all) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return (word) => Math.log((1 + all.length) / (1 + (counts.get(word) ?? 0))) + 1;
}

/**
 * The words that carry meaning, as they are compared and as they were written first: small letters, no accents, no
 * filler, without the commonest endings, so that `Follow-ups` and `followed up` meet in `follow`.
 */
export function meaningfulWords(text: string): Map<string, string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  const found = new Map<string, string>();
  for (const word of words) {
    const plain = word.normalize('NFKD').replace(/\p{M}/gu, '');
    if (!filler.has(plain) && !found.has(stem(plain))) found.set(stem(plain), word);
  }
  return found;
}

function stem(word: string): string {
  for (const [ending, instead] of endings)
    if (word.endsWith(ending) && word.length - ending.length + instead.length >= 3)
      return word.slice(0, word.length - ending.length) + instead;
  return word;
}
const endings: readonly (readonly [string, string])[] = [
  ['ies', 'y'],
  ['ings', ''],
  ['ing', ''],
  ['edly', ''],
  ['ed', ''],
  ['ely', ''],
  ['ly', ''],
  ['sses', 'ss'],
  ['ss', 'ss'],
  ['s', ''],
];

const filler = new Set(
  `about after again all also and any are because been before being but came can could did does doing done down each few for from get got had has
  have having her here him his how into its just made make many more most much must nobody not nothing now off once one only other our out over own said same say
  she should some such than that the their them then there these they this those through too two under until very was way were what when where
  which while who why will with would you your`.split(/\s+/),
);
