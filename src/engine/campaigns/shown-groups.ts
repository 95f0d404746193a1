/**
 * Of which groups of people sums may be shown: none smaller than `least`, and none whose sum would give away a smaller
 * one by taking it from the whole.
 */

export const leastPeople = 3;

export interface PeopleGroup {
  readonly id: string;
  readonly people: ReadonlySet<string>;
}

/**
 * @param all everybody the whole is about
 * @returns `shown` groups in the order given, and the people in none of them; `rest` is empty or large enough as well
 */
export function shownGroups<G extends PeopleGroup>(all: ReadonlySet<string>, groups: readonly G[]): { shown: G[]; rest: Set<string> } {
  if (all.size < leastPeople) return { shown: [], rest: new Set() };
  const shown = groups.filter(({ people }) => people.size >= leastPeople);
  for (;;) {
    const rest = restOf(all, shown);
    if (rest.size === 0 || rest.size >= leastPeople) {
      const telling = overlapping(shown);
      if (telling === null) return { shown, rest };
      shown.splice(shown.indexOf(telling), 1);
      continue;
    }
    // Too few are left over: without the smallest group there are enough.
    shown.splice(shown.indexOf(smallest(shown)), 1);
  }
}

const restOf = (all: ReadonlySet<string>, shown: readonly PeopleGroup[]): Set<string> =>
  new Set([...all].filter((person) => !shown.some(({ people }) => people.has(person))));

const smallest = <G extends PeopleGroup>(groups: readonly G[]): G =>
  groups.reduce((one, other) => (other.people.size < one.people.size ? other : one));

/** A group that differs from another by one or two people: the difference of both sums would be about them. */
function overlapping<G extends PeopleGroup>(groups: readonly G[]): G | null {
  for (const [at, one] of groups.entries())
    for (const other of groups.slice(at + 1)) {
      const both = [...one.people].filter((person) => other.people.has(person)).length;
      if (both === 0) continue;
      const apart = [one.people.size - both, other.people.size - both];
      if (apart.some((count) => count > 0 && count < leastPeople)) return one.people.size <= other.people.size ? one : other;
    }
  return null;
}
