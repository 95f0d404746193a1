/**
 * Which groups of respondents may be told, so that nothing about fewer than k people can be worked out from all that is
 * told together.
 *
 * The groups told so far cut everybody they hold into atoms: people who are in exactly the same ones. Whatever can be
 * worked out from sums over the groups (by adding, subtracting, solving) is a combination that weighs all people of an
 * atom alike. So as long as every atom has k people or more, nothing can be worked out about fewer than k. A group is
 * told only if it leaves all atoms that large: itself, what is left of every group around it, and what it shares with
 * every group across it (complementary and secondary suppression in one rule).
 */

/** Fewer than this, and one is not hidden among the others. */
export const fewestTold = 5;

export interface Told {
  /** In the order of the groups: whether it may be told. */
  readonly told: readonly boolean[];
  /** By respondent: which atom they are in; `outside` for those in no group that is told. */
  readonly atomOf: readonly number[];
}
export const outside = 0;

/**
 * @param people how many responded; they are numbered from 0
 * @param groups the respondents of each, the most important first: an earlier one is told rather than a later one
 */
export function tellable(people: number, groups: readonly (readonly number[])[], fewest = fewestTold): Told {
  let atomOf: readonly number[] = new Array<number>(people).fill(outside);
  const told = groups.map((group) => {
    const cut = cutBy(atomOf, group);
    const isTold = group.length >= fewest && isLargeEnough(cut, fewest);
    if (isTold) atomOf = cut;
    return isTold;
  });
  return { told, atomOf };
}

/** The atoms once this group is told too, numbered anew. */
function cutBy(atomOf: readonly number[], group: readonly number[]): number[] {
  const within = new Set(group);
  const numbers = new Map<string, number>();
  return atomOf.map((atom, person) => {
    if (atom === outside && !within.has(person)) return outside;
    const key = `${atom} ${within.has(person)}`;
    const known = numbers.get(key) ?? numbers.size + 1;
    numbers.set(key, known);
    return known;
  });
}

function isLargeEnough(atomOf: readonly number[], fewest: number): boolean {
  const sizes = new Map<number, number>();
  for (const atom of atomOf) if (atom !== outside) sizes.set(atom, (sizes.get(atom) ?? 0) + 1);
  return sizes.values().every((size) => size >= fewest);
}
