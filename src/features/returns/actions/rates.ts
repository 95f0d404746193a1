import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import { announceChange, recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { NewRate } from '../contract/ledger.ts';
import { payVisible } from '../contract/pay.ts';
import { ledgerNow } from '../queries/ledger-now.ts';
import { visibleCosts } from '../queries/visible-costs.ts';
import { bookWaiting, takeRates } from './book.ts';
import { refuseStrangeDay } from './check-cost.ts';
import { noteJourneysIn } from './note-currency.ts';

/**
 * Records a rate and books the entries that waited for it. What was booked before stays at the rate that stands beside it.
 * @returns how many were booked of those the asker may see
 * @throws Problem bad-input (the workspace's own currency, a strange day)
 */
export async function recordRate(tx: Tx, who: Who, given: NewRate): Promise<{ id: string; booked: number }> {
  await takeRates(tx, who.workspaceId);
  const { currency: into, today } = await ledgerNow(tx, who.workspaceId);
  if (given.currency === into)
    throw new Problem('bad-input', `${into} is the workspace's own currency: its rate is always 1.`, {
      fields: [{ at: 'currency', reason: 'another one than the workspace’s' }],
    });
  refuseStrangeDay(given.onDay, today, 'onDay');
  const id = newId();
  await sql`INSERT INTO exchange_rates (workspace_id, id, currency, into_currency, on_day, rate, source, recorded_at, recorded_by)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${given.currency}, ${into}, ${given.onDay}::date, ${given.rate}::numeric, ${given.source},
      clock_timestamp(), ${who.memberId}::uuid)`.execute(tx);
  await recordFact(tx, who.workspaceId, {
    ...{ kind: 'rate.recorded', subjectKind: 'exchangeRate', subjectId: id, memberId: who.memberId },
    body: { currency: given.currency, into, onDay: given.onDay, rate: given.rate },
  });
  const waited = await countWaiting(tx, who, given.currency);
  const booked = await bookWaiting(tx, who.workspaceId, [given.currency]);
  if (booked > 0) await announceChange(tx, who.workspaceId, 'cost');
  await noteJourneysIn(tx, who.workspaceId, given.currency);
  return { id, booked: waited - (await countWaiting(tx, who, given.currency)) };
}

async function countWaiting(tx: Tx, who: Who, currency: string): Promise<number> {
  const { rows } = await sql<{ count: bigint }>`SELECT count(*) FROM ${visibleCosts(who.workspaceId, payVisible(who))} c
    WHERE c.booked IS NULL AND c.currency = ${currency}`.execute(tx);
  return Number(rows[0]!.count);
}
