/**
 * Keeps a month open while something is written into it: writing shares the month's lock, closing takes it alone. The
 * table's own triggers do the same for whoever forgets, but what they refuse can't say what would be fine.
 */

import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { firstDayOf, monthOf } from '../contract/months.ts';
import { closedMonths, firstOpenDay } from '../queries/ledger-now.ts';

/** @throws Problem conflict for a closed month, with `month` and `firstOpenDay` */
export async function holdOpen(tx: Tx, workspaceId: WorkspaceId, day: string): Promise<void> {
  await shareMonth(tx, workspaceId, monthOf(day));
  const closed = await closedMonths(tx, workspaceId);
  if (closed.has(monthOf(day))) throw closedMonth(monthOf(day), firstOpenDay(closed, day));
}

/** The day itself, or the first open one after it; its month stays open until the transaction ends. */
export async function holdFirstOpenDay(tx: Tx, workspaceId: WorkspaceId, from: string): Promise<string> {
  for (let day = from; ; ) {
    await shareMonth(tx, workspaceId, monthOf(day));
    const open = firstOpenDay(await closedMonths(tx, workspaceId), from);
    if (monthOf(open) === monthOf(day)) return open;
    day = open;
  }
}

/** Only closing and reopening take it; waits for those that write into the month, and keeps others waiting. */
export async function takeMonth(tx: Tx, workspaceId: WorkspaceId, month: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(accord.month_lock(${workspaceId}::uuid, ${firstDayOf(month)}::date))`.execute(tx);
}

async function shareMonth(tx: Tx, workspaceId: WorkspaceId, month: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock_shared(accord.month_lock(${workspaceId}::uuid, ${firstDayOf(month)}::date))`.execute(tx);
}

const closedMonth = (month: string, openDay: string): Problem =>
  new Problem('conflict', `${month} is closed and takes no entries. The first open day is ${openDay}.`, {
    fields: [{ at: 'occurredOn', reason: `from ${openDay} on` }],
    extra: { month, firstOpenDay: openDay },
  });

/** What the table's triggers raise. */
const closedCode = 'AC001';

/**
 * The refusal of the table's own triggers as one that people can read, for writers of many rows.
 * @param closed the months closed before the writing began
 * @returns undefined for any other error
 */
export function closedMonthProblem(error: unknown, closed: ReadonlySet<string>): Problem | undefined {
  if (!(error instanceof Error) || (error as { code?: unknown }).code !== closedCode) return undefined;
  const month = /\d{4}-\d\d/.exec(error.message)?.[0];
  if (month === undefined) return new Problem('conflict', 'A month of these entries is closed: what counts in it stays as it was closed.');
  return closedMonth(month, firstOpenDay(new Set([...closed, month]), firstDayOf(month)));
}
