/** What questions about proposals and content rest on: the day, the currency and its rates, working days. */

import { sql } from 'kysely';
import { convert, type DatedRate, rateOn } from '#engine/returns/convert.ts';
import { currencyDigits } from '#engine/values/currency.ts';
import type { WorkingTime } from '#engine/calendar/working-time.ts';
import { loadCalendars, workingTimes } from '#features/agreement/queries/calendars.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

export interface Ground {
  readonly currency: string;
  readonly timeZone: string;
  /** `YYYY-MM-DD` in the workspace's zone. */
  readonly today: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

export async function groundOf(tx: Tx, workspaceId: WorkspaceId): Promise<Ground> {
  const now = Date.now();
  const { rows } = await sql<{ currency: string; timeZone: string }>`SELECT currency, time_zone AS "timeZone"
    FROM workspaces WHERE id = ${workspaceId}::uuid`.execute(tx);
  const { currency, timeZone } = rows[0]!;
  return { currency, timeZone, today: dayIn(timeZone, now), now };
}

/** The day of a moment in a zone. @param atMs epoch milliseconds */
export const dayIn = (timeZone: string, atMs: number): string =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(atMs)).toZonedDateTimeISO(timeZone).toPlainDate().toString();

/** The company's own working days, nobody's leave taken off. */
export async function workingDaysOf(tx: Tx, workspaceId: WorkspaceId): Promise<WorkingTime> {
  return workingTimes(await loadCalendars(tx, workspaceId, [])).default;
}

export interface Amount {
  readonly amount: bigint | null;
  readonly currency: string | null;
  /** The day that decides the rate; null: the latest there is. */
  readonly day: string | null;
}

/**
 * Amounts in the workspace's currency, as returns books them: by the rate of the day a deal was closed, of an open one
 * by the last. One without a currency is taken to be in the workspace's.
 */
export type Booked = (amount: Amount) => bigint | null;

export async function bookedIn(tx: Tx, workspaceId: WorkspaceId, into: string): Promise<Booked> {
  const { rows } = await sql<DatedRate & { currency: string }>`
    SELECT DISTINCT ON (currency, on_day) currency, on_day AS day, rate::text AS rate FROM exchange_rates
    WHERE workspace_id = ${workspaceId}::uuid AND into_currency = ${into} ORDER BY currency, on_day, recorded_at DESC, id DESC`.execute(tx);
  const byCurrency = Map.groupBy(rows, ({ currency }) => currency);
  return ({ amount, currency, day }) => {
    if (amount === null || currency === null || currency === into) return amount;
    const rates = byCurrency.get(currency) ?? [];
    const rate = day === null ? rates.at(-1)?.rate : rateOn(rates, day).rate?.rate;
    return rate === undefined || currencyDigits(currency) === null ? null : convert(amount, { from: currency, to: into, rate });
  };
}
