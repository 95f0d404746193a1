/** Revenue entries of a period, and their sum. */

import { sql } from 'kysely';
import { readId } from '#engine/funnel/ids.ts';
import { namesOf } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { FigureRecordsQuery, RecordsAnswer } from '../contract/figures.ts';
import { makeExactSums } from './exact-sums.ts';
import type { Days, Ground } from './figure-scope.ts';
import { makePager } from './page.ts';
import { counts } from './revenue-columns.ts';

type Visit = (row: number, signed: number) => void;

function visitBilled({ revenue: { revenue, books } }: Ground, { start, end }: Days, visit: Visit): void {
  const { on } = revenue.numbers;
  for (let row = 0; row < revenue.count; row++)
    if (on[row]! >= start && on[row]! <= end && counts(revenue, row)) visit(row, books.signed[row]!);
}

export function sumBilled(ground: Ground, days: Days): { count: number; amount: bigint } {
  let count = 0;
  const sums = makeExactSums(1);
  visitBilled(ground, days, (_row, signed) => {
    count++;
    sums.add(0, signed);
  });
  return { count, amount: sums.of(0) };
}

/** Newest first. @throws Problem bad-input for a cursor that was made up */
export async function listBilled(ground: Ground, days: Days, { limit, cursor }: FigureRecordsQuery): Promise<RecordsAnswer> {
  const { revenue } = ground.revenue;
  const pager = makePager<number>(limit, cursor);
  const sums = makeExactSums(1);
  visitBilled(ground, days, (row, signed) => {
    sums.add(0, signed);
    pager.offer(revenue.numbers.on[row]!, () => readId(revenue.ids, row), signed);
  });
  const { shown, total, next } = pager.page();
  const booked = new Map(shown.map(({ id, kept }) => [id, String(kept)]));
  const items = await ground.database.inWorkspace(ground.workspaceId, (tx) => readEntries(tx, ground.workspaceId, booked));
  return { of: 'revenue', items, next, total, sum: { amount: String(sums.of(0)), currency: ground.currency } };
}

interface EntryRow {
  readonly id: string;
  readonly accountId: string;
  readonly dealId: string | null;
  readonly amount: bigint;
}

async function readEntries(tx: Tx, workspaceId: WorkspaceId, booked: ReadonlyMap<string, string>): Promise<RecordsAnswer['items']> {
  const ids = [...booked.keys()];
  const { rows } =
    await sql<EntryRow>`SELECT id, occurred_on AS "occurredOn", kind, amount, currency, account_id AS "accountId", deal_id AS "dealId",
      product, description FROM revenue_entries WHERE workspace_id = ${workspaceId}::uuid AND id = ANY (${ids}::uuid[])`.execute(tx);
  const names = await namesOf(tx, workspaceId, {
    account: rows.map((row) => row.accountId),
    deal: rows.flatMap((row) => row.dealId ?? []),
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    const { accountId, dealId, ...entry } = row;
    const [account, deal] = [names.get(`account ${accountId}`) ?? null, dealId === null ? null : (names.get(`deal ${dealId}`) ?? null)];
    return [{ ...entry, amount: String(entry.amount), booked: booked.get(id)!, account, deal }];
  });
}
