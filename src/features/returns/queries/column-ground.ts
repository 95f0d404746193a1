/** What the columns of deals and of revenue are read under alike: zone, currency, rates, merged accounts and campaigns. */

import type pg from 'pg';
import type { WorkspaceId } from '#platform/db/database.ts';
import { ratesStamp, type RateBook, readRateBook } from './booking.ts';

export interface ColumnGround {
  readonly timeZone: string;
  readonly currency: string;
  readonly rates: RateBook;
  /** By id of a merged account, the one it goes by now. */
  readonly accounts: ReadonlyMap<string, string>;
}

export async function readColumnGround(client: pg.ClientBase, workspaceId: WorkspaceId): Promise<ColumnGround> {
  const { rows } = await client.query<{ timeZone: string; currency: string }>(
    'SELECT time_zone AS "timeZone", currency FROM workspaces WHERE id = $1',
    [workspaceId],
  );
  if (!rows[0]) throw new Error(`There is no workspace ${workspaceId}.`);
  const { timeZone, currency } = rows[0];
  return {
    timeZone,
    currency,
    rates: await readRateBook(client, workspaceId, currency),
    accounts: await mergedAccounts(client, workspaceId),
  };
}

async function mergedAccounts(client: pg.ClientBase, workspaceId: WorkspaceId): Promise<Map<string, string>> {
  const { rows } = await client.query<{ id: string; into: string }>(
    'SELECT id, merged_into AS "into" FROM accounts WHERE workspace_id = $1 AND merged_into IS NOT NULL',
    [workspaceId],
  );
  const into = new Map(rows.map((row) => [row.id, row.into]));
  return new Map(rows.map((row) => [row.id, survivorOf(into, row.into)]));
}

export function survivorOf(into: ReadonlyMap<string, string>, id: string): string {
  let survivor = id;
  for (let steps = 0; into.has(survivor) && steps < into.size; steps++) survivor = into.get(survivor)!;
  return survivor;
}

/** Undone imports delete rows; merges and rates change what every row says. */
export async function groundStamp(client: pg.ClientBase, workspaceId: WorkspaceId): Promise<string> {
  const { rows } = await client.query<{ stamp: string }>(
    `SELECT concat_ws(' ', w.time_zone, w.currency, ${ratesStamp},
      (SELECT count(*) || ' ' || coalesce(max(changed_xid::text::numeric)::text, '') FROM accounts WHERE workspace_id = $1 AND merged_into IS NOT NULL),
      (SELECT count(*) || ' ' || coalesce(max(undone_at)::text, '') FROM import_runs WHERE workspace_id = $1 AND (status = 'undone' OR undone_at IS NOT NULL))) AS stamp
     FROM workspaces w WHERE w.id = $1`,
    [workspaceId],
  );
  if (!rows[0]) throw new Error(`There is no workspace ${workspaceId}.`);
  return rows[0].stamp;
}
