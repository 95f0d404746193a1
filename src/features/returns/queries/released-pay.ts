/** What those who may not see pay get of it: sums of a side and a quarter that tell nobody's own. */

import { sql } from 'kysely';
import { releasablePay } from '#engine/returns/pay-privacy.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { type CostSide, type CostSummary, costSides, payCategories } from '../contract/ledger.ts';
import { firstDayOf, lastDayOf, monthsOfQuarter } from '../contract/months.ts';
import type { PayVisible } from '../contract/pay.ts';
import { closedMonths } from './ledger-now.ts';
import { allPay, visibleCosts } from './visible-costs.ts';

interface Quarter {
  readonly side: CostSide;
  readonly quarter: string;
  readonly amount: bigint;
  /** People behind it at least; null where some of it doesn't say. */
  readonly people: number | null;
}

/**
 * Of each side whose pay is hidden, quarter by quarter. A quarter is released when its months are closed: a sum that
 * still grows would tell each entry by what it grows.
 * @param asked first and last day; a quarter counts that the period holds wholly
 */
export async function releasedPay(
  tx: Tx,
  workspaceId: WorkspaceId,
  pay: PayVisible,
  asked: { start?: string | undefined; end?: string | undefined },
): Promise<CostSummary['releasedPay']> {
  const hidden = costSides.filter((side) => !pay[side]);
  if (hidden.length === 0) return [];
  const closed = await closedMonths(tx, workspaceId);
  const quarters = await payQuarters(tx, workspaceId);
  const isClosed = ({ quarter }: Quarter): boolean => monthsOfQuarter(quarter).every((month) => closed.has(month));
  return hidden.flatMap((side) => {
    const own = quarters.filter((each) => each.side === side);
    return [...decided(own.filter(isClosed)), ...own.filter((each) => !isClosed(each)).map(notClosed)]
      .filter(({ quarter }) => isWithin(quarter, asked))
      .sort((a, b) => (a.quarter < b.quarter ? -1 : 1));
  });
}

type Released = CostSummary['releasedPay'][number];

function decided(quarters: readonly Quarter[]): Released[] {
  const people = new Map(quarters.map((each) => [each.quarter, each.people]));
  return releasablePay(quarters).map(({ quarter, amount, reason }) => ({
    quarter,
    side: quarters[0]!.side,
    amount: amount?.toString() ?? null,
    people: amount === null ? null : people.get(quarter)!,
    whyNot: reason,
  }));
}
const notClosed = ({ quarter, side }: Quarter): Released => ({
  ...{ quarter, side, amount: null, people: null },
  whyNot: 'withheld: not all of its months are closed',
});

function isWithin(quarter: string, { start, end }: { start?: string | undefined; end?: string | undefined }): boolean {
  const months = monthsOfQuarter(quarter);
  return (start === undefined || start <= firstDayOf(months[0]!)) && (end === undefined || lastDayOf(months[2]!) <= end);
}

/**
 * Entries of one team in one month and category may well be the same people's, base pay and extra pay: they count as
 * the greatest of them. So may those of another category. What is left is fewer people than there are, or as many.
 */
async function payQuarters(tx: Tx, workspaceId: WorkspaceId): Promise<Quarter[]> {
  const { rows } = await sql<{ side: CostSide; quarter: string; amount: string; people: bigint | null }>`
    WITH pay AS (SELECT c.*, to_char(c.occurred_on, 'YYYY-"Q"Q') AS quarter, to_char(c.occurred_on, 'YYYY-MM') AS month,
        c.reversed_by IS NULL AND c.reverses_id IS NULL AS live
      FROM ${visibleCosts(workspaceId, allPay)} c WHERE c.category = ANY (${[...payCategories]}) AND c.booked IS NOT NULL),
    teams AS (SELECT side, quarter, month, category, greatest(max(people), count(DISTINCT member_id)) AS people
      FROM pay WHERE live GROUP BY side, quarter, month, category, team_id, team),
    months AS (SELECT side, quarter, month, category, sum(people) AS people FROM teams GROUP BY 1, 2, 3, 4),
    least AS (SELECT side, quarter, max(people)::bigint AS people FROM months GROUP BY 1, 2)
    SELECT p.side, p.quarter, sum(p.booked)::text AS amount,
      CASE WHEN bool_or(p.live AND p.people IS NULL AND p.member_id IS NULL) THEN NULL ELSE coalesce(max(l.people), 0) END AS people
    FROM pay p LEFT JOIN least l USING (side, quarter) GROUP BY p.side, p.quarter`.execute(tx);
  return rows.map((row) => ({ ...row, amount: BigInt(row.amount), people: row.people === null ? null : Number(row.people) }));
}
