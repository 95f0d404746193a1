import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { firstDayOf, monthOf, monthsLater } from '../contract/months.ts';

/** What every question about money rests on. */
export interface LedgerNow {
  readonly currency: string;
  readonly timeZone: string;
  /** Which day it is where the workspace is. */
  readonly today: string;
}

export async function ledgerNow(tx: Tx, workspaceId: WorkspaceId): Promise<LedgerNow> {
  const { rows } = await sql<LedgerNow>`SELECT currency, time_zone AS "timeZone", (now() AT TIME ZONE time_zone)::date AS today
    FROM workspaces WHERE id = ${workspaceId}::uuid`.execute(tx);
  return rows[0]!;
}

/** Months that take no entries. */
export async function closedMonths(tx: Tx, workspaceId: WorkspaceId): Promise<Set<string>> {
  const { rows } = await sql<{ month: string }>`SELECT to_char(month, 'YYYY-MM') AS month FROM period_closings
    WHERE workspace_id = ${workspaceId}::uuid AND reopened_at IS NULL`.execute(tx);
  return new Set(rows.map(({ month }) => month));
}

/** The day itself if its month is open, else the first day of the next month that is. */
export function firstOpenDay(closed: ReadonlySet<string>, day: string): string {
  let month = monthOf(day);
  if (!closed.has(month)) return day;
  while (closed.has(month)) month = monthsLater(month, 1);
  return firstDayOf(month);
}
