/** What recurs: feedback to one side about one kind of thing that says alike. */

import { type Comparable, likeness, meaningfulWords, rarity } from './likeness.ts';

export interface Grouped {
  readonly id: string;
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly toSide: string;
  readonly subjectKind: string;
  readonly tags: readonly string[];
  readonly clauses: readonly string[];
  readonly text: string;
}

/** What people said of two of them. */
export interface Link {
  readonly oneId: string;
  readonly otherId: string;
  readonly together: boolean;
}

export interface Theme<G extends Grouped = Grouped> {
  /** Earliest first. */
  readonly items: readonly G[];
  /** Given in the last `recentDays`. */
  readonly recent: number;
  readonly recurs: boolean;
  /** Words that at least half of them hold, as they were written first; the rarest first. */
  readonly words: readonly string[];
}

/** Joins a theme when it is that much alike to its feedback, on the mean. */
const alikeEnough = 0.22;
export const recurring = { fewest: 3, days: 30 };
const mostWords = 6;

/**
 * In the order in which they were given each joins the theme it is most alike to on the mean, else begins one. What
 * people said goes before: two said to belong together end in one theme, two said not to never meet by likeness.
 * @param today days since 1970-01-01
 */
export function themesOf<G extends Grouped>(items: readonly G[], links: readonly Link[], today: number): Theme<G>[] {
  const compared = new Map(items.map((item) => [item.id, comparable(item)]));
  const weightOf = rarity([...compared.values()].map(({ words }) => words));
  const like = (one: G, other: G): number => likeness(compared.get(one.id)!, compared.get(other.id)!, weightOf);
  const apart = pairs(links.filter(({ together }) => !together));
  const themes: G[][] = [];
  for (const item of [...items].sort(earlierFirst)) {
    const nearest = nearestTheme(themes, item, like, apart);
    if (nearest) nearest.push(item);
    else themes.push([item]);
  }
  return joined(themes, links)
    .map((theme) => shown(theme.sort(earlierFirst), { compared, weightOf, today }))
    .sort(
      (one, other) => other.recent - one.recent || other.items.length - one.items.length || earlierFirst(one.items[0]!, other.items[0]!),
    );
}

/** Beside what is compared the words as they were written. */
type Read = Comparable & { readonly written: ReadonlyMap<string, string> };

function comparable({ tags, clauses, text }: Grouped): Read {
  const written = meaningfulWords(text);
  return { written, words: new Set(written.keys()), tags: tags.map((tag) => tag.toLowerCase()), clauses };
}

const earlierFirst = (one: Grouped, other: Grouped): number => one.day - other.day || (one.id < other.id ? -1 : 1);

const pairs = (links: readonly Link[]): Set<string> =>
  new Set(links.flatMap(({ oneId, otherId }) => [`${oneId} ${otherId}`, `${otherId} ${oneId}`]));

function nearestTheme<G extends Grouped>(
  themes: readonly G[][],
  item: G,
  like: (one: G, other: G) => number,
  apart: ReadonlySet<string>,
): G[] | undefined {
  let best: { theme: G[]; mean: number } | undefined;
  for (const theme of themes) {
    const [first] = theme;
    if (first!.toSide !== item.toSide || first!.subjectKind !== item.subjectKind) continue;
    if (theme.some(({ id }) => apart.has(`${id} ${item.id}`))) continue;
    const mean = theme.reduce((sum, each) => sum + like(each, item), 0) / theme.length;
    if (mean >= alikeEnough && mean > (best?.mean ?? 0)) best = { theme, mean };
  }
  return best?.theme;
}

/** Themes that people joined; across kinds of things too, but never across sides: another side has something else to do. */
function joined<G extends Grouped>(themes: readonly G[][], links: readonly Link[]): G[][] {
  const themeOf = new Map(themes.flatMap((theme) => theme.map(({ id }) => [id, theme] as const)));
  for (const { oneId, otherId, together } of links) {
    const [one, other] = [themeOf.get(oneId), themeOf.get(otherId)];
    if (!together || !one || !other || one === other || one[0]!.toSide !== other[0]!.toSide) continue;
    one.push(...other);
    for (const { id } of other) themeOf.set(id, one);
  }
  return [...new Set(themeOf.values())];
}

interface Ground {
  readonly compared: ReadonlyMap<string, Read>;
  readonly weightOf: (word: string) => number;
  readonly today: number;
}

function shown<G extends Grouped>(items: readonly G[], { compared, weightOf, today }: Ground): Theme<G> {
  const recent = items.filter(({ day }) => day > today - recurring.days).length;
  const counts = new Map<string, number>();
  for (const { id } of items) for (const word of compared.get(id)!.words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const common = [...counts].filter(([, count]) => count >= 2 && count * 2 >= items.length).map(([word]) => word);
  const writtenOf = (word: string): string =>
    items.map(({ id }) => compared.get(id)!.written.get(word)).find((form) => form !== undefined) ?? word;
  return {
    items,
    recent,
    recurs: recent >= recurring.fewest,
    words: common
      .sort((one, other) => weightOf(other) - weightOf(one) || (one < other ? -1 : 1))
      .slice(0, mostWords)
      .map(writtenOf),
  };
}
