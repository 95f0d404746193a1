/** Counts of what fell due, as the database answers them, and how they add up. */

import type { AttainmentCounts } from '#features/agreement/contract.ts';
import type { Sql } from './attainment-sources.ts';
import { sql } from 'kysely';

export const outcomes = ['compliant', 'late', 'missed', 'excused', 'open'] as const;
export type Outcome = (typeof outcomes)[number];

/** Of one clause and one group. */
export type Tally = Record<Outcome, number> & { readonly clause: string; readonly group: string | null };

/** Which rows are which; each row is exactly one. */
export type OutcomeSql = Readonly<Record<Outcome, Sql>>;

/** `count(*) FILTER …` a column. */
export const countColumns = (is: OutcomeSql): Sql =>
  sql.join(outcomes.map((outcome) => sql`count(*) FILTER (WHERE ${is[outcome]}) AS ${sql.ref(outcome)}`));

export type CountedRow = Record<Outcome, bigint> & { clause: string; grp: string | null };

export const tallyOf = (row: CountedRow, groupOf: (value: string | null) => string | null): Tally => ({
  clause: row.clause,
  group: groupOf(row.grp),
  compliant: Number(row.compliant),
  late: Number(row.late),
  missed: Number(row.missed),
  excused: Number(row.excused),
  open: Number(row.open),
});

/** `attainment = compliant ÷ due`; what is excused or not due yet stands apart. */
export function addUp(tallies: Iterable<Readonly<Record<Outcome, number>>>): AttainmentCounts {
  const sum = { compliant: 0, late: 0, missed: 0, excused: 0, open: 0 };
  for (const tally of tallies) for (const outcome of outcomes) sum[outcome] += tally[outcome];
  const due = sum.compliant + sum.late + sum.missed;
  return { due, ...sum, attainment: due === 0 ? null : sum.compliant / due };
}
