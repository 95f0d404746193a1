/** `accord verify` of the ledger: what was booked, what was taken back, what was closed, each held against the entries. */

import { sql } from 'kysely';
import { convert } from '#engine/returns/convert.ts';
import type { Check, Difference, Verification } from '#features/records/queries/verify.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { monthOf } from '../contract/months.ts';
import { type ClosedMonth, entriesHash, sealedEntries, sealedTotals } from './entries-hash.ts';

const mostListed = 1_000;

export const verifyLedger: Check = (database, workspaceId, say) =>
  database.inWorkspace(
    workspaceId,
    async (tx) => {
      const result: Verification = { checked: {}, differences: [], total: 0 };
      const found = (rows: readonly Difference[]): void => {
        result.total += rows.length;
        result.differences.push(...rows.slice(0, mostListed - result.differences.length));
      };
      say('cost_entries: booked amounts against their rates');
      result.checked['cost'] = await compareBookings(tx, workspaceId, found);
      say('cost_entries: reversals against what they take back');
      found(await compareReversals(tx, workspaceId));
      say('period_closings: closed months against their entries');
      result.checked['period'] = await compareClosings(tx, workspaceId, found);
      return result;
    },
    { snapshot: true, statementTimeout: 0 },
  );

interface Booked {
  readonly id: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly booked: bigint;
  readonly bookedCurrency: string | null;
  readonly rate: string | null;
}
const rowsAtOnce = 10_000;

/** @returns how many entries there are */
async function compareBookings(tx: Tx, workspaceId: WorkspaceId, found: (rows: Difference[]) => void): Promise<number> {
  await sql`DECLARE booked_costs NO SCROLL CURSOR FOR SELECT id, amount, currency, booked, booked_currency AS "bookedCurrency", rate::text AS rate
    FROM cost_entries WHERE workspace_id = ${workspaceId}::uuid AND voided_by IS NULL`.execute(tx);
  let count = 0;
  for (;;) {
    const { rows } = await sql<Booked>`FETCH ${sql.lit(rowsAtOnce)} FROM booked_costs`.execute(tx);
    count += rows.length;
    found(rows.flatMap(misbooked));
    if (rows.length < rowsAtOnce) break;
  }
  await sql`CLOSE booked_costs`.execute(tx);
  return count;
}

function misbooked(entry: Booked): Difference[] {
  const { id, booked, bookedCurrency, rate } = entry;
  if (booked === null && rate === null && bookedCurrency === null) return [];
  const by = booked === null || bookedCurrency === null || rate === null ? null : converted(entry, bookedCurrency, rate);
  if (by === booked && booked !== null) return [];
  return [difference('cost', id, 'booked', text(booked), text(by), 'is not its amount at the rate beside it')];
}

function converted({ amount, currency }: Booked, into: string, rate: string): bigint | null {
  if (currency === into) return /^1(\.0+)?$/.test(rate) ? amount : null;
  try {
    return convert(amount, { from: currency, to: into, rate });
  } catch {
    return null; // a code or a rate that is none
  }
}

/** A reversal and what it takes back point at each other and come to nothing. */
async function compareReversals(tx: Tx, workspaceId: WorkspaceId): Promise<Difference[]> {
  const { rows } = await sql<{ id: string; field: string; state: string | null; facts: string | null }>`
    WITH live AS (SELECT * FROM cost_entries WHERE workspace_id = ${workspaceId}::uuid AND voided_by IS NULL)
    SELECT r.id, 'reversesId' AS field, r.reverses_id::text AS state, o.id::text AS facts FROM live r LEFT JOIN live o ON o.id = r.reverses_id
      WHERE r.reverses_id IS NOT NULL AND o.reversed_by IS DISTINCT FROM r.id
    UNION ALL SELECT o.id, 'reversedBy', o.reversed_by::text, r.id::text FROM live o LEFT JOIN live r ON r.id = o.reversed_by
      WHERE o.reversed_by IS NOT NULL AND r.reverses_id IS DISTINCT FROM o.id
    UNION ALL SELECT r.id, 'amount', concat_ws(' ', r.amount, r.currency, r.side, r.category, r.booked), concat_ws(' ', -o.amount, o.currency, o.side, o.category, -o.booked)
      FROM live r JOIN live o ON o.id = r.reverses_id
      WHERE (r.amount, r.currency, r.side, r.category, r.booked, r.rate) IS DISTINCT FROM (-o.amount, o.currency, o.side, o.category, -o.booked, o.rate)
    UNION ALL SELECT r.id, 'occurredOn', r.occurred_on::text, o.occurred_on::text FROM live r JOIN live o ON o.id = r.reverses_id WHERE r.occurred_on < o.occurred_on
    LIMIT ${mostListed}`.execute(tx);
  return rows.map(({ id, field, state, facts }) => difference('cost', id, field, state, facts, 'does not take back what it names'));
}

/** @returns how many months are closed */
async function compareClosings(tx: Tx, workspaceId: WorkspaceId, found: (rows: Difference[]) => void): Promise<number> {
  const { rows } = await sql<{ id: string; month: string; closed: ClosedMonth }>`SELECT id, month, closed FROM period_closings
    WHERE workspace_id = ${workspaceId}::uuid AND reopened_at IS NULL ORDER BY month`.execute(tx);
  for (const { id, month, closed } of rows) {
    const entries = await sealedEntries(tx, workspaceId, monthOf(month));
    const now: Pick<ClosedMonth, 'hash' | 'totals' | 'entries'> = {
      hash: entriesHash(entries),
      totals: sealedTotals(entries),
      entries: entries.length,
    };
    const said = (what: 'hash' | 'totals' | 'entries'): [string, string] => [told(closed[what]), told(now[what])];
    for (const field of ['entries', 'totals', 'hash'] as const) {
      const [state, facts] = said(field);
      if (state !== facts) found([difference('period', id, field, state, facts, `${monthOf(month)} is not what it was closed with`)]);
    }
  }
  return rows.length;
}

/** Totals as one text, whatever order a JSON column gives their keys. */
function told(value: ClosedMonth['hash' | 'totals' | 'entries'] | undefined): string {
  if (value === undefined) return 'nothing';
  if (typeof value !== 'object') return String(value);
  return value.map(({ side, category, amount, entries }) => `${side} ${category} ${amount} (${entries})`).join(', ');
}

const text = (value: bigint | null): string | null => (value === null ? null : String(value));
const difference = (kind: string, id: string, field: string, state: string | null, facts: string | null, what: string): Difference => ({
  ...{ kind, id, field, state, facts, what },
});
