import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { monthsBetween, monthsLater } from '../contract/months.ts';
import type { PayVisible } from '../contract/pay.ts';
import { closedMonths } from './ledger-now.ts';
import { allPay, visibleCosts } from './visible-costs.ts';

/** The month of the first entry that somebody sees, or of the first closing; null where there is neither. */
export async function firstMonth(tx: Tx, workspaceId: WorkspaceId, pay: PayVisible): Promise<string | null> {
  const { rows } = await sql<{ first: string | null }>`SELECT to_char(least(
      (SELECT min(c.occurred_on) FROM ${visibleCosts(workspaceId, pay)} c),
      (SELECT min(p.month) FROM period_closings p WHERE p.workspace_id = ${workspaceId}::uuid AND p.reopened_at IS NULL)), 'YYYY-MM') AS first`.execute(
    tx,
  );
  return rows[0]!.first;
}

/** Months before one, from the first entry on, that are open: they are closed first. */
export async function openMonthsBefore(tx: Tx, workspaceId: WorkspaceId, month: string): Promise<string[]> {
  const first = await firstMonth(tx, workspaceId, allPay);
  if (first === null) return [];
  const closed = await closedMonths(tx, workspaceId);
  return monthsBetween(first, monthsLater(month, -1)).filter((each) => !closed.has(each));
}
