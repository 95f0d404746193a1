/**
 * The order of what waits for one person: overdue before due within a day before all else; then by what hangs on it;
 * then by its due moment. One table for screens and docs.
 */

/** What hangs on it, the most first. */
export const stakeTable = {
  agreement: 'Both sides’ work rests on it.',
  pay: 'Somebody is paid by it.',
  customer: 'A customer, or who could become one, waits.',
  colleague: 'Somebody of the other side can’t go on without it.',
  goal: 'A goal both sides own is off its pace.',
  reading: 'Nobody waits; it is worth knowing.',
} as const;
export type Stake = keyof typeof stakeTable;
const stakes = Object.keys(stakeTable);

export interface Waiting {
  readonly key: string;
  readonly stake: Stake;
  /** Instant; null: no clock runs. */
  readonly dueAt: string | null;
}

export type Urgency = 'overdue' | 'today' | 'later';
const urgencies: readonly Urgency[] = ['overdue', 'today', 'later'];
const dayMs = 86_400_000;

/** How pressing it is at `now` (milliseconds since 1970). What has no clock is never pressing. */
export function urgencyOf({ dueAt }: Pick<Waiting, 'dueAt'>, now: number): Urgency {
  const left = dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(dueAt) - now;
  return left < 0 ? 'overdue' : left <= dayMs ? 'today' : 'later';
}

/** The same things in the order in which to do them. The same things come in the same order, however they were asked for. */
export function inOrder<Item extends Waiting>(items: readonly Item[], now: number): Item[] {
  return items.toSorted(
    (one, other) =>
      urgencies.indexOf(urgencyOf(one, now)) - urgencies.indexOf(urgencyOf(other, now)) ||
      stakes.indexOf(one.stake) - stakes.indexOf(other.stake) ||
      dueMs(one) - dueMs(other) ||
      (one.key < other.key ? -1 : one.key > other.key ? 1 : 0),
  );
}

/** A far moment in place of infinity, so that two without a clock are equal. */
const dueMs = ({ dueAt }: Waiting): number => (dueAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(dueAt));
