/** Booking: an entry's amount in the workspace's currency, by the rate in force on its day, which is kept beside it. */

import { sql } from 'kysely';
import { convert } from '#engine/returns/convert.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { ledgerNow } from '../queries/ledger-now.ts';

export interface Booking {
  /** Decimal text; "1" for the workspace's own currency. */
  readonly rate: string;
  /** The day the rate is of; null for the workspace's own currency. */
  readonly rateOn: string | null;
  /** Minor units of the workspace's currency. */
  readonly booked: bigint;
}

/**
 * Keeps rates as they are until the transaction ends, so that no entry misses a rate recorded at the same moment. Take
 * it before entries in other currencies are written.
 */
export async function holdRates(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock_shared(hashtextextended('accord.rates ' || ${workspaceId}::text, 0))`.execute(tx);
}
/** Only recording a rate takes it. */
export async function takeRates(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('accord.rates ' || ${workspaceId}::text, 0))`.execute(tx);
}

/** @returns null while there is no rate for the day; hold the rates first */
export async function bookingOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  entry: { amount: bigint; currency: string; occurredOn: string },
  into: string,
): Promise<Booking | null> {
  if (entry.currency === into) return { rate: '1', rateOn: null, booked: entry.amount };
  const { rows } = await sql<{ rate: string; onDay: string }>`SELECT rate, on_day AS "onDay" FROM exchange_rates
    WHERE workspace_id = ${workspaceId}::uuid AND currency = ${entry.currency} AND into_currency = ${into} AND on_day <= ${entry.occurredOn}::date
    ORDER BY on_day DESC, recorded_at DESC, id DESC LIMIT 1`.execute(tx);
  const found = rows[0];
  return found ? { rate: found.rate, rateOn: found.onDay, booked: converted(entry, found.rate, into) } : null;
}

const most = 10n ** 17n;
/** Sums of entries must stay within 64 bits. @throws Problem bad-input */
function converted({ amount, currency }: { amount: bigint; currency: string }, rate: string, into: string): bigint {
  const booked = convert(amount, { from: currency, to: into, rate });
  if (booked < most && booked > -most) return booked;
  throw new Problem('bad-input', `${amount} minor units of ${currency} at a rate of ${rate} is more ${into} than a ledger holds.`);
}

/** So that one statement's arrays stay small. */
const atOnce = 20_000;

/**
 * Books the entries of open months that wait, whatever wrote them. Takes `holdRates`; entries of a reversal wait for the
 * rate of what they take back.
 * @param currencies only these; unsaid: all
 * @returns how many were booked
 */
export async function bookWaiting(tx: Tx, workspaceId: WorkspaceId, currencies?: readonly string[]): Promise<number> {
  await holdRates(tx, workspaceId);
  const { currency } = await ledgerNow(tx, workspaceId);
  const own = !currencies || currencies.includes(currency) ? await bookOwn(tx, workspaceId, currency) : 0;
  let foreign = 0;
  for (;;) {
    const waiting = await waitingWithRates(tx, workspaceId, currency, currencies);
    await bookThese(tx, workspaceId, currency, waiting);
    foreign += waiting.length;
    if (waiting.length < atOnce) return own + foreign;
  }
}

/** Not booked, or booked in a currency that the workspace had before; and its month is open. */
const waits = (workspaceId: WorkspaceId, currency: string) => sql`e.workspace_id = ${workspaceId}::uuid AND e.voided_by IS NULL
  AND e.booked_currency IS DISTINCT FROM ${currency}
  AND NOT EXISTS (SELECT FROM period_closings c WHERE c.workspace_id = ${workspaceId}::uuid AND c.reopened_at IS NULL AND c.month = date_trunc('month', e.occurred_on)::date)`;

async function bookOwn(tx: Tx, workspaceId: WorkspaceId, currency: string): Promise<number> {
  const { numAffectedRows } = await sql`UPDATE cost_entries e SET rate = 1, rate_on = NULL, booked = e.amount, booked_currency = ${currency}
    WHERE ${waits(workspaceId, currency)} AND e.currency = ${currency}`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

interface Waiting extends Omit<Booking, 'booked' | 'rateOn'> {
  readonly id: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly rateOn: string;
}

async function waitingWithRates(
  tx: Tx,
  workspaceId: WorkspaceId,
  into: string,
  currencies: readonly string[] | undefined,
): Promise<readonly Waiting[]> {
  const { rows } = await sql<Waiting>`SELECT e.id, e.amount, e.currency, r.rate, r.on_day AS "rateOn" FROM cost_entries e
    LEFT JOIN cost_entries o ON o.workspace_id = ${workspaceId}::uuid AND o.id = e.reverses_id
    CROSS JOIN LATERAL (SELECT x.rate, x.on_day FROM exchange_rates x WHERE x.workspace_id = ${workspaceId}::uuid AND x.currency = e.currency
      AND x.into_currency = ${into} AND x.on_day <= coalesce(o.occurred_on, e.occurred_on) ORDER BY x.on_day DESC, x.recorded_at DESC, x.id DESC LIMIT 1) r
    WHERE ${waits(workspaceId, into)} AND e.currency <> ${into} ${currencies ? sql`AND e.currency = ANY (${[...currencies]})` : sql``}
    LIMIT ${atOnce}`.execute(tx);
  return rows;
}

async function bookThese(tx: Tx, workspaceId: WorkspaceId, into: string, waiting: readonly Waiting[]): Promise<void> {
  if (waiting.length === 0) return;
  const booked = waiting.map((each) => converted(each, each.rate, into).toString());
  await sql`UPDATE cost_entries e SET rate = n.rate, rate_on = n.rate_on, booked = n.booked, booked_currency = ${into}
    FROM unnest(${waiting.map(({ id }) => id)}::uuid[], ${waiting.map(({ rate }) => rate)}::numeric[], ${waiting.map(({ rateOn }) => rateOn)}::date[],
      ${booked}::bigint[]) AS n (id, rate, rate_on, booked)
    WHERE e.workspace_id = ${workspaceId}::uuid AND e.id = n.id`.execute(tx);
}
