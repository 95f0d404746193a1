/** Costs that come again: rent of a tool, a retainer, salaries. What falls due becomes an entry like any other. */

import { sql } from 'kysely';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { announceChange, recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { NewRecurring } from '../contract/ledger.ts';
import { monthOf } from '../contract/months.ts';
import { closedMonths, ledgerNow, type LedgerNow } from '../queries/ledger-now.ts';
import { daysOf, visibleRecurring } from '../queries/recurring-days.ts';
import { refuseHiddenPay, refuseStrangeDay, refuseUnknown } from './check-cost.ts';
import { bookWaiting, holdRates } from './book.ts';
import { holdOpen } from './hold-open.ts';
import { type EntryGiven, writeEntries } from './write-entries.ts';

/**
 * Records a recurring cost and posts at once what is due by today.
 * @throws as `postCost`; conflict when its first day lies in a closed month
 */
export async function addRecurring(tx: Tx, who: Who, given: NewRecurring): Promise<{ id: string; posted: number }> {
  refuseHiddenPay(who, given);
  const now = await ledgerNow(tx, who.workspaceId);
  refuseStrangeDay(given.startsOn, now.today, 'startsOn');
  await refuseUnknown(tx, who.workspaceId, [given]);
  await oneAtATime(tx, who.workspaceId);
  await holdRates(tx, who.workspaceId);
  await holdOpen(tx, who.workspaceId, given.startsOn);
  const { every, startsOn, endsOn, ...told } = given;
  const id = newId();
  const content = { ...told, currency: told.currency ?? now.currency };
  await sql`INSERT INTO recurring_costs (workspace_id, id, every, starts_on, ends_on, content, recorded_by)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${every}, ${startsOn}::date, ${endsOn}::date, ${JSON.stringify(content)}::jsonb, ${who.memberId}::uuid)`.execute(
    tx,
  );
  await recordFact(tx, who.workspaceId, { kind: 'recurring.added', subjectKind: 'recurringCost', subjectId: id, memberId: who.memberId });
  return { id, posted: await postDue(tx, who.workspaceId, now, now.today, id) };
}

/** What was posted stands; what would fall due from today on doesn't come any more. @throws Problem not-found, conflict (ended already) */
export async function endRecurring(tx: Tx, who: Who, id: string): Promise<void> {
  await oneAtATime(tx, who.workspaceId);
  const now = await ledgerNow(tx, who.workspaceId);
  const { rows } = await sql<{ ended: boolean }>`SELECT r.ended_at IS NOT NULL AS ended FROM recurring_costs r
    WHERE r.workspace_id = ${who.workspaceId}::uuid AND r.id = ${id}::uuid AND ${visibleRecurring(who)}`.execute(tx);
  if (!rows[0]) throw notFound('recurring cost');
  if (rows[0].ended) throw new Problem('conflict', 'It was ended already.');
  await holdRates(tx, who.workspaceId);
  await postDue(tx, who.workspaceId, now, Temporal.PlainDate.from(now.today).subtract({ days: 1 }).toString(), id);
  await sql`UPDATE recurring_costs SET ended_at = clock_timestamp(), ended_by = ${who.memberId}::uuid WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(
    tx,
  );
  await recordFact(tx, who.workspaceId, { kind: 'recurring.ended', subjectKind: 'recurringCost', subjectId: id, memberId: who.memberId });
}

/**
 * The job: in every workspace what fell due is posted, and what waits for a rate that came while it was written is
 * booked. One in which something fails doesn't keep the others waiting.
 */
export async function recurringCosts(database: Database): Promise<void> {
  const { rows } = await database.atGate('system', (tx) => sql<{ id: WorkspaceId }>`SELECT id FROM workspaces ORDER BY id`.execute(tx));
  const failures: unknown[] = [];
  for (const { id } of rows) await database.inWorkspace(id, (tx) => keepUp(tx, id)).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, `The ledgers of ${failures.length} workspaces could not be kept up.`);
}

async function keepUp(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await postAllDue(tx, workspaceId);
  if ((await bookWaiting(tx, workspaceId)) > 0) await announceChange(tx, workspaceId, 'cost');
}

/**
 * Posts what is due by a day, or by today. Nothing is posted twice: not by two workers, not after a reversal.
 * @param until `YYYY-MM-DD`
 * @returns how many entries
 */
export async function postAllDue(tx: Tx, workspaceId: WorkspaceId, until?: string): Promise<number> {
  const { rows } = await sql`SELECT 1 FROM recurring_costs WHERE workspace_id = ${workspaceId}::uuid AND ended_at IS NULL LIMIT 1`.execute(
    tx,
  );
  if (rows.length === 0) return 0;
  await oneAtATime(tx, workspaceId);
  await holdRates(tx, workspaceId);
  const now = await ledgerNow(tx, workspaceId);
  return postDue(tx, workspaceId, now, until !== undefined && until < now.today ? until : now.today);
}

export async function oneAtATime(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('accord.recurring ' || ${workspaceId}::text, 0))`.execute(tx);
}

interface RecurringRow {
  readonly id: string;
  readonly every: NewRecurring['every'];
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly content: Omit<EntryGiven, 'occurredOn'>;
  readonly recordedBy: string | null;
  readonly posted: readonly string[];
}

/** @param until the last day @param only one of them; unsaid: all that were not ended */
async function postDue(tx: Tx, workspaceId: WorkspaceId, now: LedgerNow, until: string, only?: string): Promise<number> {
  const { rows } =
    await sql<RecurringRow>`SELECT r.id, r.every, r.starts_on AS "startsOn", r.ends_on AS "endsOn", r.content, r.recorded_by AS "recordedBy",
      ARRAY(SELECT e.occurred_on::text FROM cost_entries e WHERE e.workspace_id = ${workspaceId}::uuid AND e.recurring_id = r.id AND e.reverses_id IS NULL) AS posted
    FROM recurring_costs r WHERE r.workspace_id = ${workspaceId}::uuid AND r.ended_at IS NULL AND r.starts_on <= ${until}::date
      ${only === undefined ? sql`` : sql`AND r.id = ${only}::uuid`} ORDER BY r.recorded_at, r.id`.execute(tx);
  let count = 0;
  for (const row of rows) count += await postRow(tx, workspaceId, now, row, until);
  return count;
}

async function postRow(tx: Tx, workspaceId: WorkspaceId, now: LedgerNow, row: RecurringRow, until: string): Promise<number> {
  const to = row.endsOn !== null && row.endsOn < until ? row.endsOn : until;
  const days = daysOf(row, to).filter((day) => !row.posted.includes(day));
  // Closing posts what is due before it closes: what is missing in a closed month was not due then.
  const closed = days.length > 0 ? await closedMonths(tx, workspaceId) : new Set<string>();
  const open = days.filter((day) => !closed.has(monthOf(day)));
  for (const day of open) await holdOpen(tx, workspaceId, day);
  if (open.length > 0)
    await writeEntries(
      tx,
      workspaceId,
      now.currency,
      open.map((occurredOn) => ({ ...row.content, occurredOn })),
      { memberId: row.recordedBy, recurringId: row.id },
    );
  return open.length;
}
