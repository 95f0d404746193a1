/** Closing a month, so that it takes no entries any more, and opening it again. */

import { sql } from 'kysely';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import { announceChange, recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import { firstDayOf, lastDayOf } from '../contract/months.ts';
import { keyMeasures, keyTargets } from '../contract/plans.ts';
import { whyNotClose } from '../policy.ts';
import { type ClosedMonth, entriesHash, sealedEntries, sealedTotals } from '../queries/entries-hash.ts';
import { keysInForce, readKeyVersions } from '../queries/key-versions.ts';
import { ledgerNow } from '../queries/ledger-now.ts';
import { measureMonths, type MonthMeasures, weightsOf } from '../queries/month-weights.ts';
import { openMonthsBefore } from '../queries/open-months.ts';
import { bookWaiting, holdRates } from './book.ts';
import { takeMonth } from './hold-open.ts';
import { oneAtATime, postAllDue } from './recurring.ts';

/** What shared costs of the month would be spread by: counted before the transaction, which reads no columns. */
export const measuresForClosing = (database: Database, workspaceId: WorkspaceId, month: string): Promise<MonthMeasures> =>
  measureMonths(
    database,
    workspaceId,
    keyMeasures.flatMap((by) => (by === 'leads' || by === 'value' ? keyTargets.map((onto) => ({ by, onto })) : [])),
    [month],
  );

/**
 * Closes a month: posts what falls due in it, books what waits, and keeps totals, number and hash of its entries, and
 * the weights its shared costs are spread by.
 * @throws Problem forbidden (who may not see all of it), conflict (closed already, not over, an earlier one open,
 *   entries without a rate)
 */
export async function closePeriod(tx: Tx, who: Who, month: string, measures: MonthMeasures): Promise<void> {
  refuseOthers(who);
  await holdPeriods(tx, who.workspaceId);
  await oneAtATime(tx, who.workspaceId);
  await holdRates(tx, who.workspaceId);
  const { currency, today } = await ledgerNow(tx, who.workspaceId);
  await refuseUnclosable(tx, who.workspaceId, month, today);
  await postAllDue(tx, who.workspaceId, lastDayOf(month));
  await bookWaiting(tx, who.workspaceId);
  await takeMonth(tx, who.workspaceId, month); // last: whoever holds an entry and waits for the month must not be waited for
  const entries = await sealedEntries(tx, who.workspaceId, month);
  refuseUnbooked(entries.filter((entry) => entry.booked === null || entry.bookedCurrency !== currency));
  const keys = keysInForce(await readKeyVersions(tx, who.workspaceId), month).map(({ keyId, number, name, content }) => ({
    ...{ keyId, number, name, content },
    weights: [...weightsOf(content, month, measures)].map(([target, weight]) => [target, String(weight)] as const),
  }));
  const closed: ClosedMonth = { currency, totals: sealedTotals(entries), entries: entries.length, hash: entriesHash(entries), keys };
  const id = newId();
  await sql`INSERT INTO period_closings (workspace_id, id, month, closed_at, closed_by, closed)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${firstDayOf(month)}::date, clock_timestamp(), ${who.memberId}::uuid, ${JSON.stringify(closed)}::jsonb)`.execute(
    tx,
  );
  await tell(tx, who, 'period.closed', id, { month, hash: closed.hash });
}

/** Opens a closed month again, for a reason; what it was closed with stays on record. @throws Problem forbidden, conflict (it is open) */
export async function reopenPeriod(tx: Tx, who: Who, month: string, reason: string): Promise<void> {
  refuseOthers(who);
  await holdPeriods(tx, who.workspaceId);
  await takeMonth(tx, who.workspaceId, month);
  const { rows } = await sql<{ id: string }>`UPDATE period_closings
    SET reopened_at = clock_timestamp(), reopened_by = ${who.memberId}::uuid, reopened_because = ${reason}
    WHERE workspace_id = ${who.workspaceId}::uuid AND month = ${firstDayOf(month)}::date AND reopened_at IS NULL RETURNING id`.execute(tx);
  if (!rows[0]) throw new Problem('conflict', `${month} is open.`);
  await tell(tx, who, 'period.reopened', rows[0].id, { month, reason });
}

/** One at a time, so that months are closed in order. */
async function holdPeriods(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('accord.periods ' || ${workspaceId}::text, 0))`.execute(tx);
}

function refuseOthers(who: Who): void {
  const whyNot = whyNotClose(who);
  if (whyNot) throw new Problem('forbidden', whyNot);
}

async function refuseUnclosable(tx: Tx, workspaceId: WorkspaceId, month: string, today: string): Promise<void> {
  const { rows } =
    await sql`SELECT 1 FROM period_closings WHERE workspace_id = ${workspaceId}::uuid AND month = ${firstDayOf(month)}::date AND reopened_at IS NULL`.execute(
      tx,
    );
  if (rows.length > 0) throw new Problem('conflict', `${month} is closed already.`);
  if (lastDayOf(month) >= today)
    throw new Problem('conflict', `${month} is not over: it can be closed from the day after ${lastDayOf(month)} on.`);
  const [earliest, ...others] = await openMonthsBefore(tx, workspaceId, month);
  if (earliest !== undefined)
    throw new Problem(
      'conflict',
      `Months are closed in order. Close ${earliest} first${others.length > 0 ? `, then ${others.length} more before ${month}` : ''}.`,
      {
        extra: { month: earliest },
      },
    );
}

function refuseUnbooked(waiting: readonly { currency: string; occurredOn: string }[]): void {
  if (waiting.length === 0) return;
  const currencies = [...new Set(waiting.map(({ currency }) => currency))].sort();
  const first = waiting.map(({ occurredOn }) => occurredOn).sort()[0];
  throw new Problem(
    'conflict',
    `${waiting.length} ${waiting.length === 1 ? 'entry waits' : 'entries wait'} for a rate of ${currencies.join(', ')}. Record one for ${first} or an earlier day.`,
    { extra: { currencies } },
  );
}

async function tell(tx: Tx, who: Who, kind: string, id: string, body: Record<string, unknown>): Promise<void> {
  await recordFact(tx, who.workspaceId, { kind, subjectKind: 'period', subjectId: id, memberId: who.memberId, body });
  await announceChange(tx, who.workspaceId, 'cost');
}
