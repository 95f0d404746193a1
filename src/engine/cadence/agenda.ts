/** The agenda that writes itself: what is open comes first, then what costs most, and the meeting ends with a win. */

export const itemKinds = [
  'action',
  'breach',
  'pace',
  'speed',
  'rejections',
  'contested',
  'cost',
  'goal',
  'feedback',
  'theme',
  'campaign',
  'proposal',
  'change',
  'win',
  'own',
] as const;
export type ItemKind = (typeof itemKinds)[number];

/** Something the data offers to talk about. */
export interface Candidate {
  readonly kind: ItemKind;
  /** The same for the same matter in every refresh, so that what people did with it is kept. */
  readonly key: string;
  /** What it costs to leave it as it is, minor units of the workspace's currency; null where nobody can say. */
  readonly stake: bigint | null;
  /** How grave it is among its kind, 0 to 1. */
  readonly weight: number;
  /** Days past due, of what has a day. */
  readonly daysLate: number;
  readonly minutes: number;
}

/** What people did with an item: it outlives a refresh. */
export interface Arrangement {
  readonly key: string;
  /** Place somebody gave it, from 0; null where it stays where the data put it. */
  readonly place: number | null;
  readonly dropped: boolean;
  readonly minutes: number | null;
}

export interface Planned<C extends Candidate> {
  readonly candidate: C;
  readonly minutes: number;
  /** Beyond the time there is. */
  readonly ifTime: boolean;
}

/** Minutes kept at the end for the win and the round-up. */
const closingMinutes = 3;

/**
 * Puts candidates in order: unfinished actions (the latest first), the cause that the cost of misalignment names first,
 * then by what is at stake and, where nobody can say, by kind and weight; wins last. What somebody placed stands where they put it; dropped ones are left out. Items that
 * no longer fit into the meeting are marked, not lost.
 */
export function arrange<C extends Candidate>(
  candidates: readonly C[],
  arrangements: readonly Arrangement[],
  meetingMinutes: number,
): Planned<C>[] {
  const said = new Map(arrangements.map((each) => [each.key, each]));
  const kept = candidates.filter(({ key }) => !said.get(key)?.dropped).toSorted(inOrder);
  const placed = placeThem(kept, said);
  let used = 0;
  return placed.map((candidate) => {
    const minutes = said.get(candidate.key)?.minutes ?? candidate.minutes;
    used += minutes;
    return { candidate, minutes, ifTime: used > meetingMinutes - closingMinutes && candidate.kind !== 'win' };
  });
}

/** Those with a place of their own take it; the others fill up in their order. */
function placeThem<C extends Candidate>(sorted: readonly C[], said: ReadonlyMap<string, Arrangement>): C[] {
  const fixed = sorted
    .filter(({ key }) => (said.get(key)?.place ?? null) !== null)
    .toSorted((one, other) => said.get(one.key)!.place! - said.get(other.key)!.place!);
  const free = sorted.filter((candidate) => !fixed.includes(candidate));
  const placed: C[] = [];
  for (const candidate of fixed) {
    while (placed.length < said.get(candidate.key)!.place! && free.length > 0) placed.push(free.shift()!);
    placed.push(candidate);
  }
  return [...placed, ...free];
}

/** Kinds in the order they are looked at where no stake decides. */
const rank = new Map<ItemKind, number>(itemKinds.map((kind, place) => [kind, place]));
/** What the cost of misalignment names first is the illness: whatever else costs more is a symptom of it, or smaller news. */
const group = ({ kind }: Candidate): number => (kind === 'action' ? 0 : kind === 'cost' ? 1 : kind === 'win' ? 3 : 2);

function inOrder(one: Candidate, other: Candidate): number {
  return (
    group(one) - group(other) ||
    (one.kind === 'action' ? other.daysLate - one.daysLate : byStake(one, other)) ||
    rank.get(one.kind)! - rank.get(other.kind)! ||
    other.weight - one.weight ||
    (one.key < other.key ? -1 : 1)
  );
}

/** What costs more comes first; what nobody can price comes after all that costs something. */
function byStake(one: Candidate, other: Candidate): number {
  const [a, b] = [one.stake ?? 0n, other.stake ?? 0n];
  return a === b ? 0 : a > b ? -1 : 1;
}
