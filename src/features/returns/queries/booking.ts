/** Amounts of deals and revenue in the workspace's currency, by the dated rate of their day. */

import type pg from 'pg';
import { convert, type DatedRate, rateOn } from '#engine/returns/convert.ts';
import { currencyDigits } from '#engine/values/currency.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import type { WorkspaceId } from '#platform/db/database.ts';

export interface RateBook {
  readonly currency: string;
  /**
   * An amount in the workspace's currency; null where there is no rate for its day. An amount without a currency is
   * taken to be in the workspace's.
   * @param day since 1970-01-01; null: the last there is
   */
  booked(amount: bigint, currency: string | null, day: number | null): bigint | null;
}

/** Reads the rates of the snapshot of its client. */
export async function readRateBook(client: pg.ClientBase, workspaceId: WorkspaceId, currency: string): Promise<RateBook> {
  const { rows } = await client.query<DatedRate & { currency: string }>(
    `SELECT DISTINCT ON (currency, on_day) currency, on_day AS day, rate::text FROM exchange_rates
     WHERE workspace_id = $1 AND into_currency = $2 ORDER BY currency, on_day, recorded_at DESC, id DESC`,
    [workspaceId, currency],
  );
  const byCurrency = Map.groupBy(rows, (row) => row.currency);
  const known = new Map<string, string | null>();
  const rateFor = (from: string, day: number | null): string | null => {
    const key = `${from} ${day}`;
    let rate = known.get(key);
    if (rate === undefined) {
      const rates = byCurrency.get(from) ?? [];
      rate = (day === null ? rates.at(-1) : rateOn(rates, dayText(day)).rate)?.rate ?? null;
      known.set(key, rate);
    }
    return rate;
  };
  return {
    currency,
    booked(amount, from, day) {
      if (from === null || from === currency) return amount;
      const rate = rateFor(from, day);
      return rate === null || currencyDigits(from) === null ? null : convert(amount, { from, to: currency, rate });
    },
  };
}

/** A text that changes with the rates, to stand in the stamp of columns that hold booked amounts. */
export const ratesStamp = `(SELECT count(*) || ' ' || coalesce(max(recorded_at)::text, '') FROM exchange_rates WHERE workspace_id = $1)`;
