/** Counts of what fell due, as the database answers them, and how they add up. */

import { sql } from 'kysely';
import type { AttainmentCounts } from '#features/agreement/contract.ts';
import { type AttainmentBy, type Stretch, stretchNumber } from './attainment-groups.ts';
import { type AttainmentScope, isoOf } from './attainment-scope.ts';
import type { Sql } from './attainment-sources.ts';

export const outcomes = ['compliant', 'late', 'missed', 'excused', 'open'] as const;
export type Outcome = (typeof outcomes)[number];

/** Counts of one clause, one group and one month, within the period asked about or before it. */
export type Tally = Record<Outcome, number> & {
  readonly clause: string;
  readonly group: string | null;
  readonly month: string;
  readonly inPeriod: boolean;
};

/** What is counted in one pass: the groups of the period, and the months of its trend, which begin earlier. */
export interface TallyAsk {
  readonly by: AttainmentBy;
  /** For groups that are stretches of time. */
  readonly stretches: readonly Stretch[];
  /** Of the trend, in their order. */
  readonly months: readonly Stretch[];
  /** First moment of the trend, and the first one after the period. Milliseconds. */
  readonly from: number;
  readonly until: number;
}

/** So many with one outcome. */
export interface CountedRow {
  readonly clause: string;
  readonly grp: string | null;
  readonly month: number;
  readonly inPeriod: boolean;
  readonly outcome: Outcome;
  readonly count: bigint;
}

/** Columns `month` and `inPeriod` of what is counted by a moment. */
export const timeColumns = (at: Sql, { months }: TallyAsk, scope: AttainmentScope): Sql =>
  sql`${stretchNumber(at, months)} AS month, ${at} >= ${isoOf(scope.from)}::timestamptz AS "inPeriod"`;

export const tallyOf = (row: CountedRow, { months }: TallyAsk, groupOf: (value: string | null) => string | null): Tally => ({
  clause: row.clause,
  group: groupOf(row.grp),
  month: months[row.month - 1]!.label,
  inPeriod: row.inPeriod,
  ...noOutcome,
  [row.outcome]: Number(row.count),
});

const noOutcome: Readonly<Record<Outcome, number>> = { compliant: 0, late: 0, missed: 0, excused: 0, open: 0 };

/** `attainment = compliant ÷ due`; what is excused or not due yet stands apart. */
export function addUp(tallies: Iterable<Readonly<Record<Outcome, number>>>): AttainmentCounts {
  const sum = { ...noOutcome };
  for (const tally of tallies) for (const outcome of outcomes) sum[outcome] += tally[outcome];
  const due = sum.compliant + sum.late + sum.missed;
  return { due, ...sum, attainment: due === 0 ? null : sum.compliant / due };
}
