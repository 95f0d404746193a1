import { sql } from 'kysely';
import { convert, type DatedRate, rateOn } from '#engine/returns/convert.ts';
import { currencyDigits } from '#engine/values/currency.ts';
import { decimalFraction, fraction, inverse, timesFraction } from '#engine/values/fraction.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

/** Amounts of the product in a plan's currency, by the rates of the ledger as they were known by the cut-off. */
export interface PlanMoney {
  readonly currency: string;
  /** Null where a rate is missing: noted, so that whoever looks is told. @param from null: the workspace's */
  inPlan(amount: bigint, from: string | null, day: string): bigint | null;
  /** Amounts that could not be brought into the plan's currency, by their own. */
  readonly without: ReadonlyMap<string, number>;
}

export async function readPlanMoney(
  tx: Tx,
  workspaceId: WorkspaceId,
  asked: { currency: string; workspaceCurrency: string; cutOff: string },
): Promise<PlanMoney> {
  const { currency, workspaceCurrency } = asked;
  const { rows } = await sql<
    DatedRate & { currency: string }
  >`SELECT DISTINCT ON (currency, on_day) currency, on_day AS day, rate::text FROM exchange_rates
    WHERE workspace_id = ${workspaceId}::uuid AND into_currency = ${workspaceCurrency} AND recorded_at <= ${asked.cutOff}::timestamptz
    ORDER BY currency, on_day, recorded_at DESC, id DESC`.execute(tx);
  const rates = Map.groupBy(rows, (row) => row.currency);
  const without = new Map<string, number>();
  const rateFor = (from: string, day: string): string | null =>
    from === workspaceCurrency ? '1' : (rateOn(rates.get(from) ?? [], day).rate?.rate ?? null);
  return {
    currency,
    without,
    inPlan(amount, from, day) {
      const own = from ?? workspaceCurrency;
      if (own === currency) return amount;
      const [there, back] = [rateFor(own, day), rateFor(currency, day)];
      if (there !== null && back !== null && currencyDigits(own) !== null) return across(amount, { from: own, to: currency, there, back });
      without.set(own, (without.get(own) ?? 0) + 1);
      return null;
    },
  };
}

/** Through the workspace's currency, rounded once. */
function across(amount: bigint, { from, to, there, back }: { from: string; to: string; there: string; back: string }): bigint {
  if (back === '1') return convert(amount, { from, to, rate: there });
  const units = (currency: string): bigint => 10n ** BigInt(currencyDigits(currency) ?? 2);
  return timesFraction(amount, decimalFraction(there), inverse(decimalFraction(back)), fraction(units(to), units(from)));
}
