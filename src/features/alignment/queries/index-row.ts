/** What one record counts for in a component of the index: numbers are sums of these, and lists show them. */

import type { IndexOf } from '#engine/alignment/index/component.ts';
import type { Tx } from '#platform/db/database.ts';
import type { IndexQuestion } from './index-question.ts';

export interface IndexRow {
  /** A UUID, no two of one day the same. */
  readonly key: string;
  /** Of the record it is, or is about. */
  readonly id: string;
  readonly kind: IndexOf;
  /** Null: looked up by kind and id. */
  readonly name: string | null;
  /** Days since 1970-01-01. */
  readonly day: number;
  /** What of it is met and due now. */
  readonly count: number;
  readonly of: number;
  /** What can still be met within the days ahead, and how much of that is not due yet. */
  readonly open: number;
  readonly openOf: number;
  /** Epoch milliseconds; null where nothing says. */
  readonly dueAt: number | null;
  /** Whose move it is; null: a side's, or nobody's in particular. */
  readonly memberId: string | null;
  readonly why: string;
  /** The asker may not see it. */
  readonly isHidden?: boolean;
}

/** Rows of a component. Without rows it is not measured. */
export type IndexSource = (tx: Tx, question: IndexQuestion) => Promise<Iterable<IndexRow>>;

/** What has a moment by which it is to be done. Epoch milliseconds. */
export interface Timed {
  readonly key: string;
  readonly id: string;
  readonly name: string | null;
  readonly at: number;
  readonly doneAt: number | null;
  readonly dueAt: number;
  readonly memberId: string | null;
}

/** Done by its moment: met. Done later, or not and the moment is past: missed. Neither: open, once the moment is within the days ahead. */
export function timedRow({ ground, asOf, ahead }: IndexQuestion, kind: IndexOf, row: Timed, done: string): IndexRow {
  const doneAt = row.doneAt !== null && row.doneAt <= asOf ? row.doneAt : null;
  const isDue = doneAt !== null || row.dueAt <= asOf;
  const isMet = doneAt !== null && doneAt <= row.dueAt;
  const isOpen = !isDue && row.dueAt <= ahead;
  const { key, id, name, memberId, dueAt } = row;
  return {
    ...{ key, id, kind, name, memberId, dueAt, day: ground.dayOf(row.at) },
    ...{ count: isMet ? 1 : 0, of: isDue ? 1 : 0, open: isOpen ? 1 : 0, openOf: isOpen ? 1 : 0 },
    why: isMet
      ? `${done} in time.`
      : doneAt !== null
        ? `${done}, but too late.`
        : isDue
          ? `Not ${done.toLowerCase()} in time.`
          : `Not ${done.toLowerCase()} yet.`,
  };
}
