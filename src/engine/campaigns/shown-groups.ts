/**
 * Of which groups of people sums may be shown: none about one or two people whom the asker doesn't see as persons
 * anyway, and none that would tell about one or two by taking it from the whole or from another group.
 */

export const leastPeople = 3;

export interface PeopleGroup {
  readonly people: ReadonlySet<string>;
}

export interface ShownGroups<G> {
  /** Whether the whole may be shown. */
  readonly whole: boolean;
  /** In the order given. */
  readonly groups: G[];
  /** The people in none of the groups shown: none, or enough of them; empty where the whole isn't shown. */
  readonly rest: Set<string>;
}

/** @param seen people whom the asker sees as persons: what is about them alone is always shown */
export function shownGroups<G extends PeopleGroup>(
  all: ReadonlySet<string>,
  groups: readonly G[],
  seen: ReadonlySet<string>,
): ShownGroups<G> {
  const unseen = (people: ReadonlySet<string>): string[] => [...people].filter((person) => all.has(person) && !seen.has(person));
  const whole = enough(unseen(all).length) && all.size > 0;
  const shown = groups.filter(({ people }) => people.size > 0 && enough(unseen(people).length));
  for (;;) {
    const rest = new Set([...all].filter((person) => !shown.some(({ people }) => people.has(person))));
    const telling = whole && !enough(unseen(rest).length) ? smallest(shown, unseen) : overlapping(shown, unseen);
    if (telling === null) return { whole, groups: shown, rest: whole ? rest : new Set() };
    shown.splice(shown.indexOf(telling), 1);
  }
}

const enough = (count: number): boolean => count === 0 || count >= leastPeople;
type Unseen = (people: ReadonlySet<string>) => string[];

/** Without it enough are left over. */
const smallest = <G extends PeopleGroup>(groups: readonly G[], unseen: Unseen): G | null =>
  groups
    .filter(({ people }) => unseen(people).length > 0)
    .reduce<G | null>((one, other) => (one === null || unseen(other.people).length < unseen(one.people).length ? other : one), null);

/** A group that differs from another by one or two: the difference of both sums would be about them. */
function overlapping<G extends PeopleGroup>(groups: readonly G[], unseen: Unseen): G | null {
  for (const [at, one] of groups.entries())
    for (const other of groups.slice(at + 1)) {
      const [ofOne, ofOther] = [new Set(unseen(one.people)), new Set(unseen(other.people))];
      const both = [...ofOne].filter((person) => ofOther.has(person)).length;
      if (both === 0) continue;
      if (!enough(both) || !enough(ofOne.size - both) || !enough(ofOther.size - both)) return ofOne.size <= ofOther.size ? one : other;
    }
  return null;
}
